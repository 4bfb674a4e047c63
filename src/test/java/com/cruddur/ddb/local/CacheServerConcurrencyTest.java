package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import momento.sdk.CacheClient;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import momento.sdk.responses.cache.dictionary.DictionaryFetchResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheServerConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 100;

  @RegisterExtension final CacheServerHarness harness = new CacheServerHarness();

  private CacheClient client;
  private String cache;

  @BeforeEach
  void open() {
    client = harness.client();
    cache = harness.newCache();
  }

  @Test
  void incrementsAreAllCounted() throws Exception {
    together(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertThat(await(client.increment(cache, "count", 1)))
                .isInstanceOf(IncrementResponse.Success.class);
          }
          return null;
        });

    assertThat(((GetResponse.Hit) await(client.get(cache, "count"))).valueString())
        .isEqualTo(Integer.toString(THREADS * ROUNDS));
  }

  @Test
  void setIfNotExistsHasOneWinner() throws Exception {
    for (int round = 0; round < 20; round++) {
      String key = "key-" + round;
      List<SetIfNotExistsResponse> responses =
          together(thread -> await(client.setIfNotExists(cache, key, "by-" + thread)));

      assertThat(responses)
          .hasOnlyElementsOfTypes(
              SetIfNotExistsResponse.Stored.class, SetIfNotExistsResponse.NotStored.class);
      assertThat(responses.stream().filter(SetIfNotExistsResponse.Stored.class::isInstance))
          .hasSize(1);
    }
  }

  @Test
  void fieldsOfOneDictionaryAreNotLost() throws Exception {
    together(
        thread -> {
          for (int i = 0; i < ROUNDS / 4; i++) {
            await(client.dictionarySetField(cache, "dictionary", thread + "-" + i, "value"));
            await(client.dictionaryIncrement(cache, "dictionary", "count", 1));
          }
          return null;
        });

    Map<String, String> fields =
        ((DictionaryFetchResponse.Hit) await(client.dictionaryFetch(cache, "dictionary")))
            .valueMap();
    assertThat(fields)
        .hasSize(THREADS * ROUNDS / 4 + 1)
        .containsEntry("count", Integer.toString(THREADS * ROUNDS / 4));
  }

  private interface Work<T> {
    T run(int thread) throws Exception;
  }

  /** Runs the work in all threads at once and answers what each made of it. */
  private static <T> List<T> together(Work<T> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    CountDownLatch ready = new CountDownLatch(THREADS);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        calls.add(
            () -> {
              ready.countDown();
              assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
              return work.run(thread);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> call : executor.invokeAll(calls, 30, TimeUnit.SECONDS)) {
        results.add(call.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
