package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.Backoff;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Asks for the pages of a scan as fast as the database gives them well. An answer that is slow, or
 * does not come, makes later pages smaller and fewer at once, and is waited for longer the next
 * time: a database goes on working at a request that was given up, so to send the same again makes
 * it slower still. For the threads of one scan.
 */
final class ScanPace {
  /** Of a call that has ended: how long its last attempt took, if it was answered, and how many. */
  static final ExecutionAttribute<Told> TOLD = new ExecutionAttribute<>("DdbTold");

  /** Filled in by {@link CallWatch}, where there is one. */
  static final class Told {
    long nanos;
    int attempts;
  }

  private static final int START = 4;
  private static final int MOST = 64;
  private static final long SLOW_NANOS = 5_000_000_000L;
  private static final long FAST_NANOS = 1_000_000_000L;
  private static final int LEAST_ITEMS = 25;

  /** Without an answer to learn from, as many items as a page may well have. */
  private static final int USUAL_ITEMS = 4_000;

  /** Beyond it a page ends by its size, 1 MB. */
  private static final int UNLIMITED = 100_000;

  private final DynamoDbClient client;
  private final Backoff backoff;
  private final CallTimeouts timeouts;
  private final AimdLimiter limit = new AimdLimiter(START, MOST);
  private volatile boolean answered;
  private int items = UNLIMITED;
  private int lastItems = USUAL_ITEMS;

  ScanPace(DynamoDbClient client, Backoff backoff) {
    this.client = client;
    this.backoff = backoff;
    this.timeouts = new CallTimeouts(client);
  }

  /**
   * The answer to a request, however often it must be sent. What is wrong from the start is told at
   * once.
   */
  ScanResponse ask(ScanRequest request) {
    for (int attempt = 1, mute = 1; ; attempt++) {
      Told told = new Told();
      try {
        return once(request, mute, told);
      } catch (SdkException e) {
        if (CallTimeouts.isMute(e, told)) {
          if (mute++ >= CallTimeouts.TRIES_MUTE) {
            throw e;
          }
        } else if (answered) {
          if (!CallTimeouts.isThrottled(e, told) || attempt >= RetryPolicy.TRIES) {
            RetryPolicy.throwUnlessPassing(e, attempt);
          }
          limit.congested();
        } else {
          throw e;
        }
        backoff.pause(attempt);
      }
    }
  }

  private ScanResponse once(ScanRequest request, int tries, Told told) {
    limit.acquire();
    try {
      long start = System.nanoTime();
      ScanResponse answer =
          client.scan(
              sized(request).toBuilder().overrideConfiguration(timeouts.of(tries, told)).build());
      answered = true;
      learn(answer, told.nanos > 0 ? told.nanos : System.nanoTime() - start);
      return answer;
    } catch (SdkException e) {
      // Before another one is let go.
      if (CallTimeouts.isMute(e, told)) {
        tooMuch(4);
      }
      throw e;
    } finally {
      limit.release();
    }
  }

  private synchronized ScanRequest sized(ScanRequest request) {
    boolean smaller =
        items < UNLIMITED && (request.limit() == null || request.limit().intValue() > items);
    return smaller ? request.toBuilder().limit(items).build() : request;
  }

  private void learn(ScanResponse answer, long nanos) {
    if (nanos > SLOW_NANOS) {
      tooMuch(2);
      return;
    }
    limit.good();
    synchronized (this) {
      lastItems = Math.max(1, answer.scannedCount() == null ? 0 : answer.scannedCount());
      if (nanos < FAST_NANOS && items < UNLIMITED) {
        items *= 2;
      }
    }
  }

  private void tooMuch(int times) {
    limit.congested();
    synchronized (this) {
      int now = items == UNLIMITED ? Math.max(lastItems, LEAST_ITEMS) : items;
      items = Math.max(LEAST_ITEMS, now / times);
    }
  }
}
