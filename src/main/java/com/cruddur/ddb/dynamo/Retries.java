package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.aws.RetrySettings;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.retries.AdaptiveRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * How requests to DynamoDB are repeated: the SDK's own rules, and a damaged answer, which it gives
 * up at, is asked for again.
 */
final class Retries {
  private static final int ATTEMPTS = 4;
  private static final Duration THROTTLED_FIRST = Duration.ofSeconds(1);
  private static final Duration THROTTLED_MOST = Duration.ofSeconds(20);
  private static final Set<String> THROTTLED =
      Set.of("ThrottlingError", "ProvisionedThroughputExceeded");
  private static final int BULK_ATTEMPTS = 15;
  private static final BackoffStrategy BULK_BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(2));
  private static final BackoffStrategy BULK_THROTTLING_BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(5));

  private Retries() {}

  /**
   * For somebody who waits. Throttled calls are repeated soon beside the time limit: else one would
   * end as a late one.
   *
   * @param said what environment and profile want
   * @param timeout how long one call takes at most, retries included
   */
  static RetryStrategy interactive(RetrySettings said, Duration timeout) {
    Duration share = timeout.dividedBy(30);
    Duration first = share.compareTo(THROTTLED_FIRST) < 0 ? share : THROTTLED_FIRST;
    BackoffStrategy throttled = BackoffStrategy.exponentialDelay(first, THROTTLED_MOST);
    int attempts = said.attempts() == 0 ? ATTEMPTS : said.attempts();
    return said.adaptive()
        ? of(AdaptiveRetryStrategy.builder(), attempts, throttled).build()
        : of(StandardRetryStrategy.builder(), attempts, throttled).build();
  }

  /** For long work, which goes on also when most of its requests fail. */
  static RetryStrategy bulk() {
    return of(StandardRetryStrategy.builder(), BULK_ATTEMPTS, BULK_THROTTLING_BACKOFF)
        .backoffStrategy(BULK_BACKOFF)
        .circuitBreakerEnabled(false)
        .build();
  }

  private static <B extends RetryStrategy.Builder<B, ?>> B of(
      B builder, int attempts, BackoffStrategy throttled) {
    return builder
        .maxAttempts(attempts)
        .throttlingBackoffStrategy(throttled)
        .retryOnExceptionOrCause(Crc32MismatchException.class)
        .retryOnException(Retries::isThrottledTransaction);
  }

  /** The SDK knows throttled requests, and not a transaction cancelled for nothing else. */
  private static boolean isThrottledTransaction(Throwable failure) {
    return failure instanceof TransactionCanceledException cancelled
        && cancelled.hasCancellationReasons()
        && cancelled.cancellationReasons().stream()
            .map(reason -> String.valueOf(reason.code()))
            .allMatch(code -> code.equals("None") || THROTTLED.contains(code));
  }
}
