package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static com.cruddur.ddb.local.CacheServerHarness.naming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._SetIfRequest;
import grpc.common.Absent;
import grpc.common.AbsentOrEqual;
import grpc.common.Equal;
import grpc.common.NotEqual;
import grpc.common.Present;
import grpc.common.PresentAndNotEqual;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.Consumer;
import momento.sdk.CacheClient;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java SDK offers one conditional write only; the others go over the protocol itself. */
class CacheServerConditionsTest {
  @RegisterExtension static final CacheServerHarness harness = new CacheServerHarness();

  private final CacheClient client = harness.client();
  private final String cache = harness.newCache();
  private final ScsGrpc.ScsBlockingStub stub =
      naming(cache, ScsGrpc.newBlockingStub(harness.channel()));

  @Test
  void setIfNotExistsStoresOnce() {
    assertThat(await(client.setIfNotExists(cache, "key", "first")))
        .isInstanceOf(SetIfNotExistsResponse.Stored.class);
    assertThat(await(client.setIfNotExists(cache, "key", "second")))
        .isInstanceOf(SetIfNotExistsResponse.NotStored.class);
    assertThat(get("key")).isEqualTo("first");
  }

  @Test
  void conditionsHoldForAMissingItem() {
    assertThat(storedWhenMissing(r -> r.setAbsent(Absent.getDefaultInstance()))).isTrue();
    assertThat(storedWhenMissing(r -> r.setPresent(Present.getDefaultInstance()))).isFalse();
    assertThat(storedWhenMissing(r -> r.setEqual(equal("x")))).isFalse();
    assertThat(storedWhenMissing(r -> r.setNotEqual(notEqual("x")))).isTrue();
    assertThat(storedWhenMissing(r -> r.setAbsentOrEqual(absentOrEqual("x")))).isTrue();
    assertThat(storedWhenMissing(r -> r.setPresentAndNotEqual(presentAndNotEqual("x")))).isFalse();
  }

  @Test
  void conditionsCompareWithTheItemThatIsThere() {
    assertThat(storedOver("x", r -> r.setAbsent(Absent.getDefaultInstance()))).isFalse();
    assertThat(storedOver("x", r -> r.setPresent(Present.getDefaultInstance()))).isTrue();
    assertThat(storedOver("x", r -> r.setEqual(equal("x")))).isTrue();
    assertThat(storedOver("y", r -> r.setEqual(equal("x")))).isFalse();
    assertThat(storedOver("x", r -> r.setNotEqual(notEqual("x")))).isFalse();
    assertThat(storedOver("y", r -> r.setNotEqual(notEqual("x")))).isTrue();
    assertThat(storedOver("x", r -> r.setAbsentOrEqual(absentOrEqual("x")))).isTrue();
    assertThat(storedOver("y", r -> r.setAbsentOrEqual(absentOrEqual("x")))).isFalse();
    assertThat(storedOver("x", r -> r.setPresentAndNotEqual(presentAndNotEqual("x")))).isFalse();
    assertThat(storedOver("y", r -> r.setPresentAndNotEqual(presentAndNotEqual("x")))).isTrue();
  }

  @Test
  void setIfWithoutAConditionIsInvalid() {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> storedOver("x", r -> {}))
        .withMessageStartingWith("INVALID_ARGUMENT");
  }

  @Test
  void dictionaryIsPresentButCannotBeCompared() {
    await(client.dictionarySetField(cache, "conditional", "field", "value"));

    assertThat(setIf(r -> r.setAbsent(Absent.getDefaultInstance()))).isFalse();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> setIf(r -> r.setEqual(equal("x"))))
        .withMessageStartingWith("FAILED_PRECONDITION");
    assertThat(setIf(r -> r.setPresent(Present.getDefaultInstance()))).isTrue();
    assertThat(get("conditional")).isEqualTo("new");
  }

  private String get(String key) {
    return ((GetResponse.Hit) await(client.get(cache, key))).valueString();
  }

  private boolean storedWhenMissing(Consumer<_SetIfRequest.Builder> condition) {
    await(client.delete(cache, "conditional"));
    return setIf(condition);
  }

  private boolean storedOver(String value, Consumer<_SetIfRequest.Builder> condition) {
    await(client.set(cache, "conditional", value));
    boolean stored = setIf(condition);
    assertThat(get("conditional")).isEqualTo(stored ? "new" : value);
    return stored;
  }

  private boolean setIf(Consumer<_SetIfRequest.Builder> condition) {
    _SetIfRequest.Builder request =
        _SetIfRequest.newBuilder()
            .setCacheKey(bytes("conditional"))
            .setCacheBody(bytes("new"))
            .setTtlMilliseconds(Duration.ofMinutes(1).toMillis());
    condition.accept(request);
    return stub.setIf(request.build()).hasStored();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static Equal equal(String value) {
    return Equal.newBuilder().setValueToCheck(bytes(value)).build();
  }

  private static NotEqual notEqual(String value) {
    return NotEqual.newBuilder().setValueToCheck(bytes(value)).build();
  }

  private static AbsentOrEqual absentOrEqual(String value) {
    return AbsentOrEqual.newBuilder().setValueToCheck(bytes(value)).build();
  }

  private static PresentAndNotEqual presentAndNotEqual(String value) {
    return PresentAndNotEqual.newBuilder().setValueToCheck(bytes(value)).build();
  }
}
