package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.Backoff;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * How long a bulk request is tried again beyond the SDK's own retries, the same for reads and
 * writes: throttling and errors of the service pass; a connection that cannot be made, or an answer
 * that does not come, is not waited for as long: each such try takes minutes already.
 */
final class RetryPolicy {
  /** Of a request of which nothing gets done. */
  static final int TRIES = 100;

  private static final int TRIES_MUTE = 3;

  private RetryPolicy() {}

  /** The answer to a request, however often it must be sent. */
  static <T> T answer(Backoff backoff, Supplier<T> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (SdkException e) {
        throwUnlessPassing(e, attempt);
        backoff.pause(attempt);
      }
    }
  }

  /** The same, for a request that may take long. */
  static <T> T answer(
      Backoff backoff,
      CallTimeouts timeouts,
      Function<Consumer<AwsRequestOverrideConfiguration.Builder>, T> request) {
    CallTimeouts.Tries tries = timeouts.tries();
    for (int attempt = 1; ; attempt++) {
      try {
        return request.apply(tries.next());
      } catch (SdkException e) {
        tries.throwUnlessPassing(e, attempt);
        backoff.pause(attempt);
      }
    }
  }

  /** Throws what will not pass, and what did not in so many attempts. */
  static void throwUnlessPassing(SdkException e, int attempt) {
    boolean busy =
        e instanceof DynamoDbException d && (d.isThrottlingException() || d.statusCode() >= 500);
    boolean mute =
        e instanceof ApiCallTimeoutException
            || e instanceof ApiCallAttemptTimeoutException
            || e.getCause() instanceof IOException;
    if (!(busy && attempt < TRIES) && !(mute && attempt < TRIES_MUTE)) {
      throw e;
    }
  }
}
