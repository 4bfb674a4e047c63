package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static com.cruddur.ddb.local.CacheServerHarness.error;
import static com.cruddur.ddb.local.CacheServerHarness.errorCode;
import static org.assertj.core.api.Assertions.assertThat;

import grpc.control_client.ScsControlGrpc;
import grpc.control_client._Cache;
import grpc.control_client._ListCachesRequest;
import java.util.List;
import momento.sdk.CacheClient;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.control.CacheCreateResponse;
import momento.sdk.responses.cache.control.CacheDeleteResponse;
import momento.sdk.responses.cache.control.CacheFlushResponse;
import momento.sdk.responses.cache.control.CacheInfo;
import momento.sdk.responses.cache.control.CacheListResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheServerCachesTest {
  @RegisterExtension final CacheServerHarness harness = new CacheServerHarness();

  private CacheClient client;

  @BeforeEach
  void open() {
    client = harness.client();
  }

  @Test
  void newServerHasNoCaches() {
    assertThat(names()).isEmpty();
  }

  @Test
  void createdCachesAreListedInOrder() {
    assertThat(await(client.createCache("second"))).isInstanceOf(CacheCreateResponse.Success.class);
    assertThat(await(client.createCache("first"))).isInstanceOf(CacheCreateResponse.Success.class);

    assertThat(names()).containsExactly("first", "second");
  }

  @Test
  void listTellsTheLimits() {
    await(client.createCache("limited"));

    _Cache listed =
        ScsControlGrpc.newBlockingStub(harness.channel())
            .listCaches(_ListCachesRequest.getDefaultInstance())
            .getCache(0);

    assertThat(listed.getCacheLimits().getMaxItemSizeKb()).isEqualTo(5 * 1024);
    assertThat(listed.getCacheLimits().getMaxTtlSeconds())
        .isEqualTo(CacheLimits.MAX_TTL.toSeconds());
  }

  @Test
  void createOfAnExistingCacheIsAlreadyExists() {
    await(client.createCache("twice"));

    assertThat(errorCode(client.createCache("twice")))
        .isEqualTo(MomentoErrorCode.ALREADY_EXISTS_ERROR);
  }

  @Test
  void deletedCacheIsGoneWithItsItems() {
    await(client.createCache("gone"));
    await(client.set("gone", "key", "value"));

    assertThat(await(client.deleteCache("gone"))).isInstanceOf(CacheDeleteResponse.Success.class);

    assertThat(names()).isEmpty();
    assertThat(errorCode(client.get("gone", "key"))).isEqualTo(MomentoErrorCode.NOT_FOUND_ERROR);
    await(client.createCache("gone"));
    assertThat(await(client.get("gone", "key"))).isInstanceOf(GetResponse.Miss.class);
  }

  @Test
  void deleteAndFlushOfAMissingCacheAreNotFound() {
    assertThat(errorCode(client.deleteCache("none"))).isEqualTo(MomentoErrorCode.NOT_FOUND_ERROR);
    assertThat(errorCode(client.flushCache("none"))).isEqualTo(MomentoErrorCode.NOT_FOUND_ERROR);
  }

  @Test
  void flushEmptiesOneCacheOnly() {
    await(client.createCache("flushed"));
    await(client.createCache("kept"));
    await(client.set("flushed", "key", "value"));
    await(client.set("kept", "key", "value"));

    assertThat(await(client.flushCache("flushed"))).isInstanceOf(CacheFlushResponse.Success.class);

    assertThat(await(client.get("flushed", "key"))).isInstanceOf(GetResponse.Miss.class);
    assertThat(await(client.get("kept", "key"))).isInstanceOf(GetResponse.Hit.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", " padded", "käse"})
  void nameThatCannotBeSentAsMetadataIsRefused(String name) {
    assertThat(errorCode(client.createCache(name))).isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
  }

  @Test
  void longestNameHas255Characters() {
    assertThat(await(client.createCache("n".repeat(255))))
        .isInstanceOf(CacheCreateResponse.Success.class);
    assertThat(errorCode(client.createCache("n".repeat(256))))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
  }

  @Test
  void itemCallsRefuseABlankCacheName() {
    assertThat(errorCode(client.get("", "key"))).isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(errorCode(client.set("  ", "key", "value")))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
  }

  @Test
  void missingCacheIsNamedInTheMessage() {
    assertThat(error(client.get("nowhere", "key"))).hasMessageContaining("nowhere");
    assertThat(error(client.dictionaryFetch("nowhere", "name"))).hasMessageContaining("nowhere");
    assertThat(error(client.flushCache("nowhere")).getErrorCode())
        .isEqualTo(MomentoErrorCode.NOT_FOUND_ERROR);
  }

  private List<String> names() {
    CacheListResponse.Success listed = (CacheListResponse.Success) await(client.listCaches());
    return listed.getCaches().stream().map(CacheInfo::name).toList();
  }
}
