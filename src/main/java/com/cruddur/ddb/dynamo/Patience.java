package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.Backoff;
import java.io.IOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * How long a bulk request is tried again beyond the SDK's own retries, the same for reads and
 * writes: throttling, errors of the service and answers that do not come in time pass; a connection
 * that cannot be made is not waited for as long.
 */
final class Patience {
  /** Of a request of which nothing gets done. */
  static final int TRIES = 100;

  private static final int TRIES_UNREACHABLE = 3;

  private Patience() {}

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

  /** Throws what will not pass, and what did not in so many attempts. */
  static void throwUnlessPassing(SdkException e, int attempt) {
    boolean busy =
        e instanceof ApiCallTimeoutException
            || e instanceof ApiCallAttemptTimeoutException
            || (e instanceof DynamoDbException d
                && (d.isThrottlingException() || d.statusCode() >= 500));
    boolean unreachable = e.getCause() instanceof IOException && attempt < TRIES_UNREACHABLE;
    if (!(busy && attempt < TRIES) && !unreachable) {
      throw e;
    }
  }
}
