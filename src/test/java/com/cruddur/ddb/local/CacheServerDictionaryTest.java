package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static com.cruddur.ddb.local.CacheServerHarness.error;
import static com.cruddur.ddb.local.CacheServerHarness.errorCode;
import static com.cruddur.ddb.local.CacheServerHarness.naming;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DictionaryDeleteRequest;
import grpc.cache_client._DictionaryLengthRequest;
import grpc.cache_client._DictionaryLengthResponse;
import grpc.cache_client._DictionarySetRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import momento.sdk.CacheClient;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.requests.CollectionTtl;
import momento.sdk.responses.cache.DeleteResponse;
import momento.sdk.responses.cache.dictionary.DictionaryFetchResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldsResponse;
import momento.sdk.responses.cache.dictionary.DictionaryIncrementResponse;
import momento.sdk.responses.cache.dictionary.DictionaryRemoveFieldResponse;
import momento.sdk.responses.cache.dictionary.DictionaryRemoveFieldsResponse;
import momento.sdk.responses.cache.dictionary.DictionarySetFieldResponse;
import momento.sdk.responses.cache.dictionary.DictionarySetFieldsResponse;
import momento.sdk.responses.cache.ttl.ItemGetTtlResponse;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheServerDictionaryTest {
  private static final String NAME = "dictionary";

  @RegisterExtension static final CacheServerHarness harness = new CacheServerHarness();

  private final CacheClient client = harness.client();
  private final String cache = harness.newCache();
  private final ScsGrpc.ScsBlockingStub stub =
      naming(cache, ScsGrpc.newBlockingStub(harness.channel()));

  @Test
  void missingDictionaryIsAMissEverywhere() {
    assertThat(await(client.dictionaryFetch(cache, NAME)))
        .isInstanceOf(DictionaryFetchResponse.Miss.class);
    assertThat(await(client.dictionaryGetField(cache, NAME, "field")))
        .isInstanceOf(DictionaryGetFieldResponse.Miss.class);
    assertThat(await(client.dictionaryGetFields(cache, NAME, List.of("field"))))
        .isInstanceOf(DictionaryGetFieldsResponse.Miss.class);
    assertThat(length().hasMissing()).isTrue();
    assertThat(await(client.dictionaryRemoveField(cache, NAME, "field")))
        .isInstanceOf(DictionaryRemoveFieldResponse.Success.class);
  }

  @Test
  void fieldsAreSetFetchedAndCounted() {
    assertThat(await(client.dictionarySetField(cache, NAME, "a", "1")))
        .isInstanceOf(DictionarySetFieldResponse.Success.class);
    assertThat(await(client.dictionarySetFields(cache, NAME, Map.of("a", "2", "b", ""))))
        .isInstanceOf(DictionarySetFieldsResponse.Success.class);

    assertThat(fetch()).isEqualTo(Map.of("a", "2", "b", ""));
    assertThat(length().getFound().getLength()).isEqualTo(2);
  }

  @Test
  void getFieldsAnswersEachInOrder() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("a", "1");
    fields.put("b", "2");
    await(client.dictionarySetFields(cache, NAME, fields));

    DictionaryGetFieldsResponse response =
        await(client.dictionaryGetFields(cache, NAME, List.of("b", "none", "a")));

    assertThat(((DictionaryGetFieldsResponse.Hit) response).perFieldResponses())
        .hasExactlyElementsOfTypes(
            DictionaryGetFieldResponse.Hit.class,
            DictionaryGetFieldResponse.Miss.class,
            DictionaryGetFieldResponse.Hit.class);
    assertThat(((DictionaryGetFieldsResponse.Hit) response).valueMap()).isEqualTo(fields);
    assertThat(await(client.dictionaryGetField(cache, NAME, "none")))
        .isInstanceOf(DictionaryGetFieldResponse.Miss.class);
  }

  @Test
  void removedFieldsAreGoneAndTheLastTakesTheDictionaryWithIt() {
    await(client.dictionarySetFields(cache, NAME, Map.of("a", "1", "b", "2", "c", "3")));

    await(client.dictionaryRemoveField(cache, NAME, "a"));
    assertThat(fetch()).containsOnlyKeys("b", "c");
    assertThat(await(client.dictionaryRemoveFields(cache, NAME, List.of("b", "c", "none"))))
        .isInstanceOf(DictionaryRemoveFieldsResponse.Success.class);
    assertThat(await(client.dictionaryFetch(cache, NAME)))
        .isInstanceOf(DictionaryFetchResponse.Miss.class);
  }

  @Test
  void deleteOfAllFieldsAndOfTheKeyRemoveTheDictionary() {
    await(client.dictionarySetField(cache, NAME, "a", "1"));
    stub.dictionaryDelete(
        _DictionaryDeleteRequest.newBuilder()
            .setDictionaryName(ByteString.copyFromUtf8(NAME))
            .setAll(_DictionaryDeleteRequest.All.getDefaultInstance())
            .build());
    assertThat(length().hasMissing()).isTrue();

    await(client.dictionarySetField(cache, NAME, "a", "1"));
    assertThat(await(client.delete(cache, NAME))).isInstanceOf(DeleteResponse.Success.class);
    assertThat(length().hasMissing()).isTrue();
  }

  @Test
  void deleteOfNothingInParticularIsInvalid() {
    Assertions.assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> stub.dictionaryDelete(_DictionaryDeleteRequest.getDefaultInstance()))
        .withMessageStartingWith("INVALID_ARGUMENT");
  }

  @Test
  void setOfNoFieldsMakesNoDictionary() {
    stub.dictionarySet(
        _DictionarySetRequest.newBuilder()
            .setDictionaryName(ByteString.copyFromUtf8(NAME))
            .setTtlMilliseconds(1000)
            .build());

    assertThat(length().hasMissing()).isTrue();
  }

  @Test
  void incrementCountsInAField() {
    assertThat(increment(5)).isEqualTo(5);
    assertThat(increment(-7)).isEqualTo(-2);
    assertThat(fetch()).isEqualTo(Map.of("count", "-2"));

    await(client.dictionarySetField(cache, NAME, "count", "text"));
    assertThat(errorCode(client.dictionaryIncrement(cache, NAME, "count", 1)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(fetch()).isEqualTo(Map.of("count", "text"));
  }

  @Test
  void refreshOfTheTtlStartsItAgain() {
    CollectionTtl refresh = CollectionTtl.of(Duration.ofSeconds(10)).withRefreshTtlOnUpdates();
    await(client.dictionarySetField(cache, NAME, "a", "1", refresh));
    harness.advance(Duration.ofSeconds(9));

    await(client.dictionarySetField(cache, NAME, "b", "2", refresh));
    assertThat(ttl()).isEqualTo(Duration.ofSeconds(10));
    harness.advance(Duration.ofSeconds(9));
    await(client.dictionaryIncrement(cache, NAME, "count", 1, refresh));
    assertThat(ttl()).isEqualTo(Duration.ofSeconds(10));
    assertThat(fetch()).containsOnlyKeys("a", "b", "count");
  }

  @Test
  void withoutRefreshTheFirstTtlIsKept() {
    CollectionTtl keep = CollectionTtl.of(Duration.ofSeconds(10)).withNoRefreshTtlOnUpdates();
    await(client.dictionarySetField(cache, NAME, "a", "1", keep));
    harness.advance(Duration.ofSeconds(4));
    await(client.dictionarySetField(cache, NAME, "b", "2", keep));
    await(client.dictionaryIncrement(cache, NAME, "count", 1, keep));
    await(client.dictionaryRemoveField(cache, NAME, "a"));

    assertThat(ttl()).isEqualTo(Duration.ofSeconds(6));
    harness.advance(Duration.ofSeconds(6));
    assertThat(await(client.dictionaryFetch(cache, NAME)))
        .isInstanceOf(DictionaryFetchResponse.Miss.class);
  }

  @Test
  void expiredDictionaryStartsAgainEmptyWithTheNewTtl() {
    CollectionTtl keep = CollectionTtl.of(Duration.ofSeconds(1)).withNoRefreshTtlOnUpdates();
    await(client.dictionarySetField(cache, NAME, "a", "1", keep));
    harness.advance(Duration.ofSeconds(1));

    await(client.dictionarySetField(cache, NAME, "b", "2", keep));

    assertThat(fetch()).isEqualTo(Map.of("b", "2"));
    assertThat(ttl()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void dictionaryCallsRefuseAScalar() {
    await(client.set(cache, NAME, "plain"));

    assertThat(errorCode(client.dictionaryFetch(cache, NAME)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.dictionaryGetField(cache, NAME, "a")))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.dictionarySetField(cache, NAME, "a", "1")))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.dictionaryIncrement(cache, NAME, "a", 1)))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.dictionaryRemoveField(cache, NAME, "a")))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    Assertions.assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(this::length)
        .withMessageStartingWith("FAILED_PRECONDITION");
  }

  @Test
  void elementOver128KilobytesIsRefused() {
    byte[] element = new byte[CacheLimits.MAX_ELEMENT_BYTES];
    byte[] bigger = new byte[CacheLimits.MAX_ELEMENT_BYTES + 1];

    assertThat(await(client.dictionarySetField(cache, NAME, "a", element)))
        .isInstanceOf(DictionarySetFieldResponse.Success.class);
    assertThat(error(client.dictionarySetField(cache, NAME, "b", bigger)))
        .hasMessageContaining("Element size limit exceeded")
        .extracting(e -> e.getErrorCode())
        .isEqualTo(MomentoErrorCode.LIMIT_EXCEEDED_ERROR);
    assertThat(length().getFound().getLength()).isEqualTo(1);
  }

  @Test
  void dictionaryOver5MegabytesInAllIsRefused() {
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      fields.put("field-" + i, new byte[CacheLimits.MAX_ELEMENT_BYTES]);
    }

    assertThat(error(client.dictionarySetFieldsStringBytes(cache, NAME, fields)))
        .hasMessageContaining("Item size limit exceeded");
    assertThat(length().hasMissing()).isTrue();
  }

  private Map<String, String> fetch() {
    return ((DictionaryFetchResponse.Hit) await(client.dictionaryFetch(cache, NAME))).valueMap();
  }

  private int increment(long amount) {
    DictionaryIncrementResponse response =
        await(client.dictionaryIncrement(cache, NAME, "count", amount));
    return ((DictionaryIncrementResponse.Success) response).value();
  }

  private Duration ttl() {
    return ((ItemGetTtlResponse.Hit) await(client.itemGetTtl(cache, NAME))).remainingTtl();
  }

  private _DictionaryLengthResponse length() {
    return stub.dictionaryLength(
        _DictionaryLengthRequest.newBuilder()
            .setDictionaryName(ByteString.copyFromUtf8(NAME))
            .build());
  }
}
