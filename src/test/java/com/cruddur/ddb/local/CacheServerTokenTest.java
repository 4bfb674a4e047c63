package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static com.cruddur.ddb.local.CacheServerHarness.errorCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import grpc.cache_client.PingGrpc;
import grpc.cache_client._PingRequest;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.ExplicitPermissions;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.PermissionsType;
import grpc.permission_messages.PermissionsType.CachePermissions;
import grpc.permission_messages.SuperUserPermissions;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import momento.sdk.CacheClient;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.cache.dictionary.DictionaryFetchResponse;
import momento.token.TokenGrpc;
import momento.token._GenerateDisposableTokenRequest;
import momento.token._GenerateDisposableTokenResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheServerTokenTest {
  @RegisterExtension static final CacheServerHarness harness = new CacheServerHarness();

  private String cache;

  @BeforeEach
  void newCache() {
    cache = harness.newCache();
    await(harness.client().set(cache, "key", "value"));
  }

  @Test
  void tokenIsARandomKeyWithItsEnd() {
    _GenerateDisposableTokenResponse token = issue(CacheRole.CacheReadOnly, cache, 600);

    assertThat(token.getApiKey()).matches("disposable-[A-Za-z0-9_-]{43}");
    assertThat(issue(CacheRole.CacheReadOnly, cache, 600).getApiKey())
        .isNotEqualTo(token.getApiKey());
    assertThat(token.getEndpoint()).isEqualTo("127.0.0.1");
    assertThat(token.getValidUntil()).isCloseTo(Instant.now().getEpochSecond() + 600, within(30L));
  }

  @Test
  void readOnlyTokenReads() {
    CacheClient reader = clientWith(CacheRole.CacheReadOnly, cache);

    assertThat(await(reader.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
    assertThat(await(reader.getBatch(cache, List.of("key"))))
        .isInstanceOf(GetBatchResponse.Success.class);
    assertThat(await(reader.dictionaryFetch(cache, "none")))
        .isInstanceOf(DictionaryFetchResponse.Miss.class);
    assertDenied(errorCode(reader.set(cache, "key", "new")));
    assertDenied(errorCode(reader.delete(cache, "key")));
    assertDenied(errorCode(reader.increment(cache, "count", 1)));
    assertDenied(errorCode(reader.updateTtl(cache, "key", Duration.ofSeconds(1))));
    assertDenied(errorCode(reader.dictionarySetField(cache, "dictionary", "field", "value")));
    assertThat(await(harness.client().get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
  }

  @Test
  void writeOnlyTokenWritesWithoutLearningAnything() {
    CacheClient writer = clientWith(CacheRole.CacheWriteOnly, cache);

    assertThat(await(writer.set(cache, "key", "new"))).isInstanceOf(SetResponse.Success.class);
    assertDenied(errorCode(writer.get(cache, "key")));
    assertDenied(errorCode(writer.getBatch(cache, List.of("key"))));
    assertDenied(errorCode(writer.setIfNotExists(cache, "key", "value")));
    assertDenied(errorCode(writer.increment(cache, "count", 1)));
    assertDenied(errorCode(writer.itemGetTtl(cache, "key")));
  }

  @Test
  void readWriteTokenDoesEverythingButManageCaches() {
    CacheClient both = clientWith(CacheRole.CacheReadWrite, cache);

    assertThat(await(both.set(cache, "key", "new"))).isInstanceOf(SetResponse.Success.class);
    assertThat(await(both.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
    assertThat(await(both.increment(cache, "count", 1)))
        .isInstanceOf(IncrementResponse.Success.class);
    assertDenied(errorCode(both.listCaches()));
    assertDenied(errorCode(both.createCache("another")));
    assertDenied(errorCode(both.flushCache(cache)));
    assertDenied(errorCode(both.deleteCache(cache)));
  }

  @Test
  void tokenIsForItsCacheOnly() {
    String other = harness.newCache();

    CacheClient one = clientWith(CacheRole.CacheReadWrite, cache);
    assertDenied(errorCode(one.get(other, "key")));
    assertDenied(errorCode(one.get("missing", "key")));

    CacheClient all = clientWith(CacheRole.CacheReadOnly, null);
    assertThat(await(all.get(other, "key"))).isInstanceOf(GetResponse.Miss.class);
    assertThat(await(all.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
  }

  @Test
  void permissionsOfOneTokenAddUp() {
    String other = harness.newCache();
    CacheClient client =
        harness.clientWithKey(
            issue(
                    request(
                        60,
                        in(CacheRole.CacheReadOnly, cache),
                        in(CacheRole.CacheWriteOnly, other)))
                .getApiKey());

    assertThat(await(client.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
    assertThat(await(client.set(other, "key", "value"))).isInstanceOf(SetResponse.Success.class);
    assertDenied(errorCode(client.set(cache, "key", "value")));
    assertDenied(errorCode(client.get(other, "key")));
  }

  @Test
  void expiredTokenIsUnauthenticated() {
    CacheClient reader =
        harness.clientWithKey(issue(CacheRole.CacheReadOnly, cache, 60).getApiKey());
    harness.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(await(reader.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);

    harness.advance(Duration.ofMillis(1));

    assertThat(errorCode(reader.get(cache, "key")))
        .isEqualTo(MomentoErrorCode.AUTHENTICATION_ERROR);
  }

  @Test
  void tokenOfAnotherServerIsUnauthenticated() throws IOException {
    String key = issue(CacheRole.CacheReadWrite, cache, 60).getApiKey();

    try (CacheServer other = CacheServer.start(0);
        CacheClient client = CacheServerHarness.clientOf(other.port(), key)) {
      assertThat(errorCode(client.get("cache", "key")))
          .isEqualTo(MomentoErrorCode.AUTHENTICATION_ERROR);
    }
  }

  @Test
  void tokenCannotIssueTokens() {
    String key = issue(CacheRole.CacheReadWrite, null, 60).getApiKey();
    _GenerateDisposableTokenRequest wanted = request(60, in(CacheRole.CacheReadWrite, null));

    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> issue(wanted.toBuilder().setAuthToken(key).build()))
        .withMessageStartingWith("PERMISSION_DENIED");
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                TokenGrpc.newBlockingStub(harness.channel())
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(key)))
                    .generateDisposableToken(wanted))
        .withMessageStartingWith("PERMISSION_DENIED");
  }

  @Test
  void anyTokenMayPing() {
    String key = issue(CacheRole.CacheReadOnly, cache, 60).getApiKey();

    assertThat(
            PingGrpc.newBlockingStub(harness.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(key)))
                .ping(_PingRequest.getDefaultInstance()))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3601, -1})
  void validityIsOneSecondToOneHour(int seconds) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> issue(CacheRole.CacheReadOnly, cache, seconds))
        .withMessageStartingWith("INVALID_ARGUMENT");
  }

  @Test
  void tokenWithoutExplicitPermissionsIsInvalid() {
    _GenerateDisposableTokenRequest none = request(60);

    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> issue(none))
        .withMessageStartingWith("INVALID_ARGUMENT");
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                issue(
                    none.toBuilder()
                        .setPermissions(
                            Permissions.newBuilder().setSuperUser(SuperUserPermissions.SuperUser))
                        .build()))
        .withMessageStartingWith("INVALID_ARGUMENT");
  }

  @Test
  void tokenForOneKeyReachesThatKeyOnly() {
    await(harness.client().set(cache, "key2", "value"));
    PermissionsType.Builder permission = in(CacheRole.CacheReadWrite, cache);
    permission
        .getCachePermissionsBuilder()
        .getItemSelectorBuilder()
        .setKey(ByteString.copyFromUtf8("key"));
    CacheClient client = harness.clientWithKey(issue(request(60, permission)).getApiKey());

    assertThat(await(client.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
    assertThat(await(client.getBatch(cache, List.of("key", "key"))))
        .isInstanceOf(GetBatchResponse.Success.class);
    assertDenied(errorCode(client.get(cache, "key2")));
    assertDenied(errorCode(client.set(cache, "key2", "new")));
    assertDenied(errorCode(client.getBatch(cache, List.of("key", "key2"))));
    assertDenied(errorCode(client.delete(cache, "key2")));
    assertDenied(errorCode(client.updateTtl(cache, "key2", Duration.ofSeconds(1))));
    assertDenied(errorCode(client.dictionaryFetch(cache, "key2")));
    assertThat(await(client.dictionaryFetch(cache, "key"))).isNotNull();
  }

  @Test
  void tokenForAPrefixReachesTheKeysThatBeginSo() {
    PermissionsType.Builder permission = in(CacheRole.CacheReadOnly, cache);
    permission
        .getCachePermissionsBuilder()
        .getItemSelectorBuilder()
        .setKeyPrefix(ByteString.copyFromUtf8("ke"));
    CacheClient client = harness.clientWithKey(issue(request(60, permission)).getApiKey());

    assertThat(await(client.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
    assertThat(await(client.get(cache, "ke"))).isInstanceOf(GetResponse.Miss.class);
    assertDenied(errorCode(client.get(cache, "k")));
    assertDenied(errorCode(client.set(cache, "key", "new")));
  }

  private static void assertDenied(MomentoErrorCode code) {
    assertThat(code).isEqualTo(MomentoErrorCode.PERMISSION_ERROR);
  }

  private static CacheClient clientWith(CacheRole role, String cache) {
    return harness.clientWithKey(issue(role, cache, 60).getApiKey());
  }

  private static _GenerateDisposableTokenResponse issue(CacheRole role, String cache, int seconds) {
    return issue(request(seconds, in(role, cache)));
  }

  private static _GenerateDisposableTokenResponse issue(_GenerateDisposableTokenRequest request) {
    return TokenGrpc.newBlockingStub(harness.channel()).generateDisposableToken(request);
  }

  private static _GenerateDisposableTokenRequest request(
      int seconds, PermissionsType.Builder... permissions) {
    ExplicitPermissions.Builder explicit = ExplicitPermissions.newBuilder();
    for (PermissionsType.Builder permission : permissions) {
      explicit.addPermissions(permission);
    }
    return _GenerateDisposableTokenRequest.newBuilder()
        .setExpires(
            _GenerateDisposableTokenRequest.Expires.newBuilder().setValidForSeconds(seconds))
        .setPermissions(Permissions.newBuilder().setExplicit(explicit))
        .build();
  }

  /** A role in one cache, or in all when it is null. */
  private static PermissionsType.Builder in(CacheRole role, String cache) {
    CachePermissions.Builder permission =
        CachePermissions.newBuilder()
            .setRole(role)
            .setAllItems(PermissionsType.All.getDefaultInstance());
    if (cache == null) {
      permission.setAllCaches(PermissionsType.All.getDefaultInstance());
    } else {
      permission.setCacheSelector(PermissionsType.CacheSelector.newBuilder().setCacheName(cache));
    }
    return PermissionsType.newBuilder().setCachePermissions(permission);
  }

  private static Metadata headers(String key) {
    Metadata headers = new Metadata();
    headers.put(CacheCallInterceptor.AUTHORIZATION, key);
    return headers;
  }
}
