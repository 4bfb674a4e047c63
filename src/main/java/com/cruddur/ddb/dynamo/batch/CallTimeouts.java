package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.batch.ScanPace.Told;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * How long a bulk request is waited for: a database goes on working at one that was given up, so
 * the SDK must not send it again by itself. What has not been answered is waited for twice as long
 * the next time; what is throttled, the SDK repeats within that time.
 */
final class CallTimeouts {
  /** How often a request is sent that is not answered. */
  static final int TRIES_MUTE = 6;

  private static final int LONGEST = 10;

  private final Duration once;

  CallTimeouts(DynamoDbClient client) {
    this.once =
        client
            .serviceClientConfiguration()
            .overrideConfiguration()
            .apiCallAttemptTimeout()
            .orElse(DynamoDbClients.TIMEOUT);
  }

  /**
   * The limits of a call.
   *
   * @param tries which one it is of those that were not answered, 1 for the first
   * @param told filled in when the call has ended
   */
  Consumer<AwsRequestOverrideConfiguration.Builder> of(int tries, Told told) {
    Duration time = once.multipliedBy(Math.min(LONGEST, 1L << (tries - 1)));
    return o ->
        o.apiCallTimeout(time)
            .apiCallAttemptTimeout(time)
            .putExecutionAttribute(ScanPace.TOLD, told);
  }

  /** The tries of one request. */
  final class Tries {
    private int mute = 1;
    private Told told;

    /** The limits of the next one. */
    Consumer<AwsRequestOverrideConfiguration.Builder> next() {
      told = new Told();
      return of(mute, told);
    }

    /** Throws what will not pass, and what did not in so many attempts. */
    void throwUnlessPassing(SdkException e, int attempt) {
      boolean again =
          isMute(e, told)
              ? mute++ < TRIES_MUTE
              : isThrottled(e, told) && attempt < RetryPolicy.TRIES;
      if (!again) {
        RetryPolicy.throwUnlessPassing(e, attempt);
      }
    }
  }

  Tries tries() {
    return new Tries();
  }

  /** No answer in time; a call whose attempts were refused in time has made several. */
  static boolean isMute(SdkException e, Told told) {
    return e instanceof ApiCallAttemptTimeoutException
        || (e instanceof ApiCallTimeoutException && told.attempts <= 1);
  }

  /**
   * The time was over while the call was refused again and again: it is not that nobody answers.
   */
  static boolean isThrottled(SdkException e, Told told) {
    return e instanceof ApiCallTimeoutException && told.attempts > 1;
  }
}
