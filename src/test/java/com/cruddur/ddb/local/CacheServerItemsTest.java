package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static com.cruddur.ddb.local.CacheServerHarness.error;
import static com.cruddur.ddb.local.CacheServerHarness.errorCode;
import static com.cruddur.ddb.local.CacheServerHarness.naming;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._ItemGetTypeResponse;
import grpc.cache_client._KeysExistRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import momento.sdk.CacheClient;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.responses.cache.DeleteResponse;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.SetBatchResponse;
import momento.sdk.responses.cache.SetResponse;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheServerItemsTest {
  @RegisterExtension static final CacheServerHarness harness = new CacheServerHarness();

  private final CacheClient client = harness.client();
  private final String cache = harness.newCache();
  private final ScsGrpc.ScsBlockingStub stub =
      naming(cache, ScsGrpc.newBlockingStub(harness.channel()));

  @Test
  void getAnswersWhatWasSet() {
    assertThat(await(client.set(cache, "key", "value"))).isInstanceOf(SetResponse.Success.class);
    assertThat(get("key")).isEqualTo("value");
    assertThat(await(client.get(cache, "other"))).isInstanceOf(GetResponse.Miss.class);

    await(client.set(cache, "key", "another"));
    assertThat(get("key")).isEqualTo("another");
  }

  @Test
  void keysAndValuesAreBytes() {
    byte[] key = {0, (byte) 0xff, 10};
    byte[] value = {(byte) 0xc3, 0, 1};
    await(client.set(cache, key, value));

    GetResponse.Hit hit = (GetResponse.Hit) await(client.get(cache, key));

    assertThat(hit.valueByteArray()).isEqualTo(value);
  }

  @Test
  void emptyKeysAndValuesAreLegal() {
    await(client.set(cache, "", ""));

    assertThat(get("")).isEmpty();
  }

  @Test
  void cachesDoNotShareKeys() {
    await(client.set(cache, "key", "value"));

    assertThat(await(client.get(harness.newCache(), "key"))).isInstanceOf(GetResponse.Miss.class);
  }

  @Test
  void deleteSucceedsWhetherOrNotTheKeyIsThere() {
    await(client.set(cache, "key", "value"));

    assertThat(await(client.delete(cache, "key"))).isInstanceOf(DeleteResponse.Success.class);
    assertThat(await(client.delete(cache, "key"))).isInstanceOf(DeleteResponse.Success.class);
    assertThat(await(client.get(cache, "key"))).isInstanceOf(GetResponse.Miss.class);
  }

  @Test
  void incrementCountsFromNothingUpAndDown() {
    assertThat(increment("count", 5)).isEqualTo(5);
    assertThat(increment("count", 37)).isEqualTo(42);
    assertThat(increment("count", -50)).isEqualTo(-8);
    assertThat(get("count")).isEqualTo("-8");
  }

  @Test
  void incrementHas64Bits() {
    await(client.set(cache, "count", Long.toString(Long.MAX_VALUE - 1)));
    _IncrementRequest one =
        _IncrementRequest.newBuilder()
            .setCacheKey(bytes("count"))
            .setAmount(1)
            .setTtlMilliseconds(1000)
            .build();

    assertThat(stub.increment(one).getValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(statusOf(() -> stub.increment(one))).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(get("count")).isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void incrementOfTextFailsAndKeepsIt() {
    await(client.set(cache, "text", "abc"));

    assertThat(errorCode(client.increment(cache, "text", 1)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(get("text")).isEqualTo("abc");
  }

  @Test
  void batchesKeepTheirOrder() {
    SetBatchResponse set = await(client.setBatch(cache, Map.of("a", "1", "b", "2", "c", "3")));
    assertThat(((SetBatchResponse.Success) set).results().values())
        .hasSize(3)
        .allSatisfy(each -> assertThat(each).isInstanceOf(SetResponse.Success.class));

    List<String> bodies = new ArrayList<>();
    stub.getBatch(batch("c", "none", "a", "c"))
        .forEachRemaining(r -> bodies.add(r.getResult() + "=" + r.getCacheBody().toStringUtf8()));

    assertThat(bodies).containsExactly("Hit=3", "Miss=", "Hit=1", "Hit=3");
  }

  @Test
  void getBatchTellsHitsFromMisses() {
    await(client.set(cache, "here", "value"));

    GetBatchResponse response = await(client.getBatch(cache, List.of("here", "missing")));

    Map<String, GetResponse> results = ((GetBatchResponse.Success) response).results();
    assertThat(results.get("here")).isInstanceOf(GetResponse.Hit.class);
    assertThat(results.get("missing")).isInstanceOf(GetResponse.Miss.class);
  }

  @Test
  void batchWithOneBadItemSetsNothing() {
    assertThat(
            errorCode(
                client.setBatchStringBytes(
                    cache,
                    Map.of("small", new byte[1], "big", new byte[CacheLimits.MAX_ITEM_BYTES]))))
        .isEqualTo(MomentoErrorCode.LIMIT_EXCEEDED_ERROR);
    assertThat(await(client.get(cache, "small"))).isInstanceOf(GetResponse.Miss.class);
  }

  @Test
  void keysExistAnswersInOrder() {
    await(client.set(cache, "here", ""));
    await(client.dictionarySetField(cache, "dictionary", "field", "value"));

    _KeysExistRequest request =
        _KeysExistRequest.newBuilder()
            .addCacheKeys(bytes("missing"))
            .addCacheKeys(bytes("here"))
            .addCacheKeys(bytes("dictionary"))
            .build();

    assertThat(stub.keysExist(request).getExistsList()).containsExactly(false, true, true);
  }

  @Test
  void typeTellsScalarsFromDictionaries() {
    await(client.set(cache, "scalar", "value"));
    await(client.dictionarySetField(cache, "dictionary", "field", "value"));

    assertThat(type("scalar").getFound().getItemType())
        .isEqualTo(_ItemGetTypeResponse.ItemType.SCALAR);
    assertThat(type("dictionary").getFound().getItemType())
        .isEqualTo(_ItemGetTypeResponse.ItemType.DICTIONARY);
    assertThat(type("missing").hasMissing()).isTrue();
  }

  @Test
  void itemOf5MegabytesComesBackAndABiggerOneIsRefused() {
    byte[] value = new byte[CacheLimits.MAX_ITEM_BYTES - "big".length()];
    new Random(1).nextBytes(value);

    assertThat(await(client.set(cache, "big".getBytes(UTF_8), value)))
        .isInstanceOf(SetResponse.Success.class);
    GetResponse.Hit hit = (GetResponse.Hit) await(client.get(cache, "big"));
    assertThat(hit.valueByteArray()).isEqualTo(value);
    assertThat(error(client.set(cache, "bigger".getBytes(UTF_8), value)))
        .hasMessageContaining("Item size limit exceeded")
        .extracting(e -> e.getErrorCode())
        .isEqualTo(MomentoErrorCode.LIMIT_EXCEEDED_ERROR);
  }

  @Test
  void scalarCallsRefuseADictionary() {
    await(client.dictionarySetField(cache, "dictionary", "field", "value"));
    _GetRequest get = _GetRequest.newBuilder().setCacheKey(bytes("dictionary")).build();

    assertThat(statusOf(() -> stub.get(get))).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(errorCode(client.increment(cache, "dictionary", 1)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.getBatch(cache, List.of("dictionary"))))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
  }

  @Test
  void setReplacesADictionary() {
    await(client.dictionarySetField(cache, "key", "field", "value"));

    await(client.set(cache, "key", "plain"));

    assertThat(get("key")).isEqualTo("plain");
  }

  private String get(String key) {
    return ((GetResponse.Hit) await(client.get(cache, key))).valueString();
  }

  private int increment(String key, long amount) {
    return ((IncrementResponse.Success) await(client.increment(cache, key, amount))).valueNumber();
  }

  private _ItemGetTypeResponse type(String key) {
    return stub.itemGetType(_ItemGetTypeRequest.newBuilder().setCacheKey(bytes(key)).build());
  }

  private static Status.Code statusOf(Runnable call) {
    return Assertions.catchThrowableOfType(StatusRuntimeException.class, call::run)
        .getStatus()
        .getCode();
  }

  private static _GetBatchRequest batch(String... keys) {
    _GetBatchRequest.Builder batch = _GetBatchRequest.newBuilder();
    for (String key : keys) {
      batch.addItems(_GetRequest.newBuilder().setCacheKey(bytes(key)));
    }
    return batch.build();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFrom(text, UTF_8);
  }
}
