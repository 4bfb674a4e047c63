package com.cruddur.ddb.cli.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.TestStack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import momento.sdk.CacheClient;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configurations;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.exceptions.SdkException;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.SetResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on caches and items, beside Momento's own SDK on the same server. */
class CacheCommandsTest {
  private final String cache = "cache-" + UUID.randomUUID();
  private final DdbRunner ddb = DdbRunner.fresh().env("MOMENTO_CACHE_NAME", cache);

  private Result ok(String... args) {
    return exits(0, args);
  }

  private Result exits(int code, String... args) {
    Result result = ddb.execute(args);
    assertThat(result.exitCode()).as("%s", result).isEqualTo(code);
    return result;
  }

  private JsonNode json(String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "-o";
    all[args.length + 1] = "json";
    return ok(all).json();
  }

  private static CacheClient sdk(String key) {
    return CacheClient.builder(
            new MomentoLocalProvider("127.0.0.1", TestStack.cachePort()) {
              @Override
              public String getAuthToken() {
                return key;
              }
            },
            Configurations.Lambda.latest().withTimeout(Duration.ofSeconds(10)),
            Duration.ofMinutes(1))
        .build();
  }

  private static <R> R await(CompletableFuture<R> call) {
    return call.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void createSaysWhetherTheCacheIsNew() {
    assertThat(json("cache", "create").get("result").asText()).isEqualTo("created");
    assertThat(json("cache", "create").get("result").asText()).isEqualTo("exists");
    assertThat(ok("cache", "list", "-o", "ndjson").out()).contains("{\"cache\":\"" + cache + "\"}");
  }

  @Test
  void deleteAsksFirstAndThenTheCacheIsGone() {
    ok("cache", "create");
    Result refused = exits(4, "cache", "delete");
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .startsWith(
            """
            About to delete the cache and all its items
              service      the local cache server on port %d (DDB_LOCAL_CACHE_PORT)
              cache        %s (MOMENTO_CACHE_NAME)
            ddb: refused to delete the cache and all its items without being asked at a terminal
            """
                .formatted(TestStack.cachePort(), cache));
    ok("cache", "delete", "--yes");
    assertThat(exits(3, "cache", "delete", "--yes").err()).contains(cache + " does not exist");
    assertThat(exits(3, "cache", "get", "key").err()).contains(cache + " does not exist");
  }

  @Test
  void flushLeavesAnEmptyCache() {
    ok("cache", "create");
    ok("cache", "set", "key", "value");
    exits(4, "cache", "flush", "--confirm-cache", "another");
    exits(4, "cache", "flush");
    ok("cache", "flush", cache, "--yes");
    exits(3, "cache", "get", "key");
  }

  @Test
  void anAnswerAtTheTerminalIsTakenForYes() {
    ok("cache", "create");
    Result result = ddb.terminal("012:80").stdin("y\n").execute("cache", "flush");
    assertThat(result.exitCode()).as("%s", result).isZero();
  }

  @Test
  void aValueComesBackByteForByte() {
    ok("cache", "create");
    byte[] value = new byte[256];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) i;
    }
    assertThat(ddb.stdin(value).execute("cache", "set", "bytes", "-").exitCode()).isZero();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ddb.execute(out, "cache", "get", "bytes", "-o", "json").exitCode()).isZero();
    assertThat(out.toByteArray()).isEqualTo(value);
    ok("cache", "set", "text", "grüße");
    assertThat(ok("cache", "get", "text").out()).isEqualTo("grüße");
    ok("cache", "set", "empty", "");
    assertThat(ok("cache", "get", "empty").out()).isEmpty();
  }

  @Test
  void aTerminalShowsControlCharactersAndDoesNotObeyThem() {
    ok("cache", "create");
    ok("cache", "set", "key", "a\u001b[31mb");
    Result result = ddb.terminal("012:80").execute("cache", "get", "key");
    assertThat(result.out()).isEqualTo("a\\u001b[31mb\n");
  }

  @Test
  void aMissIsExitCode3AndNoError() {
    ok("cache", "create");
    Result miss = exits(3, "cache", "get", "nothing");
    assertThat(miss.out()).isEmpty();
    assertThat(miss.err()).isEqualTo("miss: cache " + cache + " has no item 'nothing'\n");
    assertThat(exits(3, "cache", "get", "nothing", "-q").err()).isEmpty();
    assertThat(exits(3, "cache", "ttl", "nothing").out()).isEmpty();
    assertThat(exits(3, "cache", "ttl", "nothing", "--set", "5").out()).isEmpty();
  }

  @Test
  void timeToLiveIsShownAndSet() {
    ok("cache", "create");
    assertThat(json("cache", "set", "key", "v").get("ttl_seconds").asInt()).isEqualTo(600);
    assertThat(json("cache", "ttl", "key").get("ttl_seconds").asDouble()).isBetween(500.0, 600.0);
    ok("cache", "ttl", "key", "--set", "50");
    assertThat(json("cache", "ttl", "key").get("ttl_seconds").asDouble()).isBetween(1.0, 50.0);
    ok("cache", "set", "key", "v", "--ttl", "70000");
    assertThat(json("cache", "ttl", "key").get("ttl_seconds").asDouble()).isGreaterThan(69000);
    assertThat(
            ddb.env("MOMENTO_TTL_SECONDS", "30")
                .execute("cache", "set", "k", "v", "-o", "json")
                .json()
                .get("ttl_seconds")
                .asInt())
        .isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "31536001", "9223372036854775807", "1.5", "x"})
  void aTimeToLiveOutOfBoundsIsAUsageError(String ttl) {
    exits(2, "cache", "set", "key", "v", "--ttl", ttl);
    exits(2, "cache", "ttl", "key", "--set", ttl);
    Result result = ddb.env("MOMENTO_TTL_SECONDS", ttl).execute("cache", "set", "key", "v");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " x", "x ", "a\tb", "ü"})
  void aNameIsCheckedBeforeAnythingIsAsked(String name) {
    DdbRunner nowhere = ddb.env("DDB_LOCAL_CACHE_PORT", "1");
    for (String command : new String[] {"create", "delete", "flush"}) {
      Result result = nowhere.execute("cache", command, name);
      assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
    }
    assertThat(nowhere.execute("cache", "get", "k", "--cache", name).exitCode()).isEqualTo(2);
    assertThat(nowhere.execute("cache", "create", "x".repeat(256)).exitCode()).isEqualTo(2);
    assertThat(nowhere.execute("cache", "create", "x".repeat(255)).exitCode()).isEqualTo(6);
  }

  @Test
  void incrementKeepsAllDigits() {
    ok("cache", "create");
    assertThat(json("cache", "increment", "n").get("value").asLong()).isEqualTo(1);
    assertThat(json("cache", "increment", "n", "--by", "4294967296").get("value").asLong())
        .isEqualTo(4294967297L);
    assertThat(json("cache", "increment", "n", "--by=-5000000000").get("value").asLong())
        .isEqualTo(-705032703L);
  }

  @Test
  void anItemThatIsNotANumberIsNotIncrementedAndTheCureIsTold() {
    ok("cache", "create");
    ok("cache", "set", "text", "v");
    ok("cache", "set", "most", "" + Long.MAX_VALUE);
    for (String key : List.of("text", "most")) {
      String[] told = exits(1, "cache", "increment", key).err().split("\n");
      assertThat(told).hasSize(2);
      assertThat(told[0]).contains("refused: the ").doesNotContain("FAILED_", "OUT_OF_");
      assertThat(told[1]).contains("'ddb cache get KEY'", "whole number");
    }
  }

  @Test
  void aCacheThatIsMissingIsMadeByTheLineThatIsPrinted() {
    String other = "c-" + UUID.randomUUID();
    String error = exits(3, "cache", "flush", other, "--yes").err();
    assertThat(error).contains("'ddb cache create " + other + "'");
    ok("cache", "create", other);
    ok("cache", "delete", other, "--yes");
  }

  @Test
  void evictRemovesAnItem() {
    ok("cache", "create");
    ok("cache", "set", "key", "v");
    ok("cache", "evict", "key");
    exits(3, "cache", "get", "key");
    ok("cache", "evict", "key");
  }

  @Test
  void aValueOverTheServicesLimitIsRefused() {
    ok("cache", "create");
    Result result = ddb.stdin(new byte[6 << 20]).execute("cache", "set", "key", "-");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).contains("over a limit: ");
  }

  @Test
  void theSdkSeesWhatTheCommandsDoAndTheOtherWayRound() {
    ok("cache", "create");
    ok("cache", "set", "key", "from ddb");
    try (CacheClient client = sdk("")) {
      GetResponse got = await(client.get(cache, "key"));
      assertThat(((GetResponse.Hit) got).valueString()).isEqualTo("from ddb");
      await(client.set(cache, "key", "from the SDK"));
      assertThat(ok("cache", "get", "key").out()).isEqualTo("from the SDK");
      await(client.increment(cache, "n", 41));
      assertThat(json("cache", "increment", "n").get("value").asInt()).isEqualTo(42);
      await(client.deleteCache(cache));
      exits(3, "cache", "get", "key");
    }
  }

  @Test
  void aTokenIsPrintedOnceAndAllowsWhatItsScopeSays() {
    ok("cache", "create");
    ok("cache", "set", "key", "v");
    Result result = ok("cache", "token", "--read-only", "--ttl", "60");
    String token = result.out().strip();
    assertThat(result.out()).isEqualTo(token + "\n");
    assertThat(result.err())
        .startsWith("token: read-only on cache " + cache + " at 127.0.0.1 until 20")
        .doesNotContain(token);
    try (CacheClient client = sdk(token)) {
      assertThat(await(client.get(cache, "key"))).isInstanceOf(GetResponse.Hit.class);
      SetResponse refused = await(client.set(cache, "key", "w"));
      assertThat(((SdkException) refused).getErrorCode())
          .isEqualTo(MomentoErrorCode.PERMISSION_ERROR);
    }
    String writing = json("cache", "token").get("token").asText();
    try (CacheClient client = sdk(writing)) {
      assertThat(await(client.set(cache, "key", "w"))).isInstanceOf(SetResponse.Success.class);
    }
    exits(2, "cache", "token", "--ttl", "3601");
    exits(2, "cache", "token", "--ttl", "0");
  }

  @Test
  void aTokenMayBeForWritingOnlyAndForSomeKeysOnly() {
    ok("cache", "create");
    ok("cache", "set", "key", "v");
    ok("cache", "set", "key2", "v");
    JsonNode one = json("cache", "token", "--write-only", "--key", "key");
    assertThat(one.get("access").asText()).isEqualTo("write-only");
    assertThat(one.get("key").asText()).isEqualTo("key");
    assertThat(one.get("expires_at").asText()).endsWith("Z");
    try (CacheClient client = sdk(one.get("token").asText())) {
      assertThat(await(client.set(cache, "key", "w"))).isInstanceOf(SetResponse.Success.class);
      assertThat(await(client.set(cache, "key2", "w"))).isInstanceOf(SetResponse.Error.class);
      assertThat(await(client.get(cache, "key"))).isInstanceOf(GetResponse.Error.class);
    }
    Result result = ok("cache", "token", "--key-prefix", "key");
    assertThat(result.err())
        .startsWith("token: read-write on keys that begin with 'key' of cache " + cache);
    try (CacheClient client = sdk(result.out().strip())) {
      assertThat(await(client.get(cache, "key2"))).isInstanceOf(GetResponse.Hit.class);
      assertThat(await(client.get(cache, "other"))).isInstanceOf(GetResponse.Error.class);
    }
    exits(2, "cache", "token", "--read-only", "--write-only");
    exits(2, "cache", "token", "--key", "a", "--key-prefix", "a");
    exits(2, "cache", "token", "--key", "");
  }

  @Test
  void errorsAreJsonWhereTheOutputIs() {
    JsonNode error = exits(3, "cache", "flush", "--yes", "-o", "json").error();
    assertThat(error.get("code").asText()).isEqualTo("cache_not_found");
    assertThat(error.get("message").asText()).contains(cache);
  }

  @Test
  void nothingOnTheCachesPortIsExitCode6() {
    Result result = ddb.env("DDB_LOCAL_CACHE_PORT", "1").execute("cache", "list", "-v");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(6);
    assertThat(new String(result.err().getBytes(UTF_8), UTF_8))
        .contains("ddb: the local cache server on port 1: nothing answers\n");
  }
}
