package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.cruddur.ddb.local.CacheItem.Scalar;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredCacheTest {
  private static final Duration TTL = Duration.ofMinutes(1);

  private final StoredCache cache = new StoredCache(Ticker.systemTicker());

  @Test
  void fullCacheLosesItemsAndStaysWithinItsBound() {
    ByteString megabyte = ByteString.copyFrom(new byte[1024 * 1024]);
    int bound = (int) (CacheLimits.MAX_CACHE_BYTES / megabyte.size());

    IntStream.range(0, 3 * bound).forEach(i -> cache.put(key(i), new Scalar(megabyte), TTL));

    assertThat(IntStream.range(0, 3 * bound).filter(i -> cache.find(key(i)).isPresent()).count())
        .isBetween(bound / 2L, (long) bound);
  }

  @Test
  void stepThatThrowsChangesNothing() {
    cache.put(key(1), new Scalar(ByteString.copyFromUtf8("before")), TTL);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                cache.change(
                    key(1),
                    before -> {
                      throw new IllegalStateException("no");
                    }));

    assertThat(cache.find(key(1)).orElseThrow().scalar().toStringUtf8()).isEqualTo("before");
  }

  private static ByteString key(int number) {
    return ByteString.copyFromUtf8("key-" + number);
  }
}
