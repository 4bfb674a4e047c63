package com.cruddur.ddb.cache;

import com.cruddur.ddb.cache.MomentoClients.TimeLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import momento.sdk.exceptions.SdkException;

/**
 * Waits for what the SDK answers. The SDK answers an error with an object that is both a response
 * and an exception; and it has a time limit of a minute of its own for calls on caches.
 */
final class MomentoResponses {
  private static final Duration STEP = Duration.ofMillis(100);

  /** Beyond the limit of the client, whose answer says more. */
  private static final Duration LONGEST = MomentoClients.CALL_LIMIT.plus(STEP);

  private final CacheErrors errors;
  private final TimeLimit timeLimit;
  private volatile boolean warm;

  MomentoResponses(CacheErrors errors, TimeLimit timeLimit) {
    this.errors = errors;
    this.timeLimit = timeLimit;
  }

  /**
   * The answer, when it is no error, of a call that is sent again at once while it may be answered
   * then. Only for calls that change nothing more when they are carried out twice.
   */
  <R> R awaitRepeatable(Supplier<CompletableFuture<R>> call, String cache) {
    return await(repeatable(call, timeLimit.retries()), cache);
  }

  private static <R> CompletableFuture<R> repeatable(
      Supplier<CompletableFuture<R>> call, int retries) {
    CompletableFuture<R> sent = call.get();
    return retries == 0
        ? sent
        : sent.thenCompose(
            answer ->
                CacheErrors.mayPass(answer)
                    ? repeatable(call, retries - 1)
                    : CompletableFuture.completedFuture(answer));
  }

  /** The answer, when it is no error. */
  <R> R await(CompletableFuture<R> call, String cache) {
    R answer = answer(call);
    check(answer, cache);
    return answer;
  }

  /** Throws the answer, when it is an error. */
  void check(Object answer, String cache) {
    if (answer instanceof SdkException e) {
      throw errors.of(e, cache);
    }
  }

  /** The answer, error or not. */
  <R> R answer(CompletableFuture<R> call) {
    try {
      R answer = get(call);
      warm = true;
      return answer;
    } catch (ExecutionException e) {
      throw errors.of(e.getCause(), null);
    } catch (TimeoutException e) {
      call.cancel(true);
      throw errors.of(e, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.of(e, null);
    }
  }

  /**
   * Waits for as long as timeLimit lasts. Loading gRPC for the first call is no waiting: on a busy
   * machine it alone takes longer. So until the first answer only the time counts in which this
   * process does nothing.
   */
  private <R> R get(CompletableFuture<R> call)
      throws ExecutionException, TimeoutException, InterruptedException {
    long start = System.nanoTime();
    long waitingSince = start;
    Duration worked = warm ? Duration.ZERO : processorTime();
    while (true) {
      try {
        return call.get(STEP.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        long now = System.nanoTime();
        if (!warm) {
          Duration before = worked;
          worked = processorTime();
          waitingSince = worked.equals(before) ? waitingSince : now;
        }
        if (now - waitingSince > timeLimit.limit().toNanos() || now - start > LONGEST.toNanos()) {
          throw e;
        }
      }
    }
  }

  /** Of this process, in steps of 10 ms on Linux; always zero where it cannot be told. */
  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What is made without waiting. */
  <R> R of(Supplier<R> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      throw errors.of(e, null);
    }
  }

  /** A hit's value, a miss, or the failure; of a call that may be sent twice. */
  <R, H extends R, V> CacheResult<V> lookup(
      Supplier<CompletableFuture<R>> call, String cache, Class<H> hit, Function<H, V> value) {
    try {
      R answer = awaitRepeatable(call, cache);
      return hit.isInstance(answer)
          ? new CacheResult.Hit<>(value.apply(hit.cast(answer)))
          : new CacheResult.Miss<>();
    } catch (CacheException e) {
      return new CacheResult.Failed<>(e);
    }
  }
}
