package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static com.cruddur.ddb.local.CacheServerHarness.errorCode;
import static com.cruddur.ddb.local.CacheServerHarness.naming;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._SetRequest;
import grpc.cache_client._UpdateTtlRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import momento.sdk.CacheClient;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.cache.ttl.DecreaseTtlResponse;
import momento.sdk.responses.cache.ttl.IncreaseTtlResponse;
import momento.sdk.responses.cache.ttl.ItemGetTtlResponse;
import momento.sdk.responses.cache.ttl.UpdateTtlResponse;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheServerTtlTest {
  @RegisterExtension static final CacheServerHarness harness = new CacheServerHarness();

  private final CacheClient client = harness.client();
  private final String cache = harness.newCache();

  @Test
  void itemLivesUntilItsTtlAndNoLonger() {
    set("key", Duration.ofSeconds(10));

    harness.advance(Duration.ofSeconds(10).minusMillis(1));
    assertThat(isThere("key")).isTrue();
    harness.advance(Duration.ofMillis(1));
    assertThat(isThere("key")).isFalse();
    assertThat(await(client.itemGetTtl(cache, "key"))).isInstanceOf(ItemGetTtlResponse.Miss.class);
    assertThat(
            naming(cache, ScsGrpc.newBlockingStub(harness.channel()))
                .keysExist(
                    _KeysExistRequest.newBuilder()
                        .addCacheKeys(ByteString.copyFromUtf8("key"))
                        .build())
                .getExistsList())
        .containsExactly(false);
  }

  @Test
  void itemExpiresByItselfOnTheRealClock() throws Exception {
    try (CacheServer server = CacheServer.start(0);
        CacheClient real = CacheServerHarness.clientOf(server.port(), "")) {
      await(real.createCache("real"));
      await(real.set("real", "long", "value", Duration.ofHours(1)));
      await(real.set("real", "short", "value", Duration.ofMillis(300)));

      while (!(await(real.get("real", "short")) instanceof GetResponse.Miss)) {
        Thread.sleep(20);
      }
      assertThat(await(real.get("real", "long"))).isInstanceOf(GetResponse.Hit.class);
    }
  }

  @Test
  void setStartsTheTtlAgain() {
    set("key", Duration.ofSeconds(10));
    harness.advance(Duration.ofSeconds(9));
    set("key", Duration.ofSeconds(10));

    assertThat(ttl("key")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void incrementStartsTheTtlAgain() {
    await(client.increment(cache, "count", 1, Duration.ofSeconds(10)));
    harness.advance(Duration.ofSeconds(9));
    await(client.increment(cache, "count", 1, Duration.ofSeconds(10)));

    assertThat(ttl("count")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void expiredItemCountsAsAbsent() {
    await(client.increment(cache, "count", 41, Duration.ofSeconds(1)));
    set("key", Duration.ofSeconds(1));
    harness.advance(Duration.ofSeconds(1));

    assertThat(await(client.setIfNotExists(cache, "key", "new")))
        .isInstanceOf(SetIfNotExistsResponse.Stored.class);
    await(client.increment(cache, "count", 1));
    assertThat(((GetResponse.Hit) await(client.get(cache, "count"))).valueString()).isEqualTo("1");
    assertThat(await(client.updateTtl(cache, "gone", Duration.ofSeconds(1))))
        .isInstanceOf(UpdateTtlResponse.Miss.class);
  }

  @Test
  void itemGetTtlTellsWhatIsLeft() {
    set("key", Duration.ofSeconds(10));
    harness.advance(Duration.ofMillis(2500));

    assertThat(ttl("key")).isEqualTo(Duration.ofMillis(7500));
  }

  @Test
  void updateTtlOverwritesInBothDirections() {
    set("key", Duration.ofSeconds(10));

    assertThat(await(client.updateTtl(cache, "key", Duration.ofSeconds(60))))
        .isInstanceOf(UpdateTtlResponse.Set.class);
    assertThat(ttl("key")).isEqualTo(Duration.ofSeconds(60));
    assertThat(await(client.updateTtl(cache, "key", Duration.ofSeconds(1))))
        .isInstanceOf(UpdateTtlResponse.Set.class);
    harness.advance(Duration.ofSeconds(1));
    assertThat(isThere("key")).isFalse();
  }

  @Test
  void increaseTtlOnlyIncreases() {
    set("key", Duration.ofSeconds(10));

    assertThat(await(client.increaseTtl(cache, "key", Duration.ofSeconds(10))))
        .isInstanceOf(IncreaseTtlResponse.NotSet.class);
    assertThat(await(client.increaseTtl(cache, "key", Duration.ofSeconds(9))))
        .isInstanceOf(IncreaseTtlResponse.NotSet.class);
    assertThat(ttl("key")).isEqualTo(Duration.ofSeconds(10));
    assertThat(await(client.increaseTtl(cache, "key", Duration.ofSeconds(11))))
        .isInstanceOf(IncreaseTtlResponse.Set.class);
    assertThat(ttl("key")).isEqualTo(Duration.ofSeconds(11));
    assertThat(await(client.increaseTtl(cache, "none", Duration.ofSeconds(11))))
        .isInstanceOf(IncreaseTtlResponse.Miss.class);
  }

  @Test
  void decreaseTtlOnlyDecreases() {
    set("key", Duration.ofSeconds(10));

    assertThat(await(client.decreaseTtl(cache, "key", Duration.ofSeconds(10))))
        .isInstanceOf(DecreaseTtlResponse.NotSet.class);
    assertThat(await(client.decreaseTtl(cache, "key", Duration.ofSeconds(11))))
        .isInstanceOf(DecreaseTtlResponse.NotSet.class);
    assertThat(ttl("key")).isEqualTo(Duration.ofSeconds(10));
    assertThat(await(client.decreaseTtl(cache, "key", Duration.ofSeconds(9))))
        .isInstanceOf(DecreaseTtlResponse.Set.class);
    assertThat(ttl("key")).isEqualTo(Duration.ofSeconds(9));
    assertThat(await(client.decreaseTtl(cache, "none", Duration.ofSeconds(9))))
        .isInstanceOf(DecreaseTtlResponse.Miss.class);
  }

  @Test
  void ttlOfADictionaryCanBeReadAndChanged() {
    await(client.dictionarySetField(cache, "dictionary", "field", "value"));

    assertThat(ttl("dictionary")).isEqualTo(CacheServerHarness.DEFAULT_TTL);
    await(client.updateTtl(cache, "dictionary", Duration.ofSeconds(5)));
    assertThat(ttl("dictionary")).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void longestTtlIsAYear() {
    assertThat(await(client.set(cache, "key", "value", CacheLimits.MAX_TTL)))
        .isInstanceOf(SetResponse.Success.class);
    assertThat(ttl("key")).isEqualTo(CacheLimits.MAX_TTL);
    assertThat(errorCode(client.set(cache, "key", "value", CacheLimits.MAX_TTL.plusMillis(1))))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
  }

  @Test
  void ttlOf0IsRefusedEverywhere() {
    set("key", Duration.ofSeconds(10));

    assertThat(errorCode(client.set(cache, "key", "new", Duration.ZERO)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.increment(cache, "count", 1, Duration.ZERO)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.setIfNotExists(cache, "new", "value", Duration.ZERO)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.updateTtl(cache, "key", Duration.ZERO)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(((GetResponse.Hit) await(client.get(cache, "key"))).valueString())
        .isEqualTo("value");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void unsignedTtlOutOfRangeIsInvalid(long milliseconds) {
    ScsGrpc.ScsBlockingStub stub = naming(cache, ScsGrpc.newBlockingStub(harness.channel()));

    Assertions.assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () -> stub.set(_SetRequest.newBuilder().setTtlMilliseconds(milliseconds).build()))
        .withMessageStartingWith("INVALID_ARGUMENT: TTL must be 1 to ");
  }

  @Test
  void updateTtlWithoutATtlIsInvalid() {
    ScsGrpc.ScsBlockingStub stub = naming(cache, ScsGrpc.newBlockingStub(harness.channel()));

    Assertions.assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> stub.updateTtl(_UpdateTtlRequest.getDefaultInstance()))
        .withMessageStartingWith("INVALID_ARGUMENT");
  }

  private void set(String key, Duration ttl) {
    assertThat(await(client.set(cache, key, "value", ttl))).isInstanceOf(SetResponse.Success.class);
  }

  private boolean isThere(String key) {
    return await(client.get(cache, key)) instanceof GetResponse.Hit;
  }

  private Duration ttl(String key) {
    return ((ItemGetTtlResponse.Hit) await(client.itemGetTtl(cache, key))).remainingTtl();
  }
}
