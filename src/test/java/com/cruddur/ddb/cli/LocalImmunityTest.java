package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a set-up for AWS can break or redirect work on a local server. */
class LocalImmunityTest {
  private final MessageTable table = MessageTable.create();

  @TempDir Path home;

  /** In processes of their own: the SDK reads the real environment. */
  private Map<String, String> hostile(String config) throws IOException {
    Path aws = Files.createDirectories(home.resolve(".aws"));
    Files.writeString(aws.resolve("config"), config);
    Files.writeString(aws.resolve("credentials"), config);
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    environment.put("HOME", home.toString());
    environment.put("AWS_USE_FIPS_ENDPOINT", "true");
    environment.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
    environment.put("AWS_DEFAULTS_MODE", "bogus");
    environment.put("AWS_RETRY_MODE", "bogus");
    environment.put("AWS_MAX_ATTEMPTS", "many");
    environment.put("AWS_PROFILE", "nobody");
    environment.put("AWS_CA_BUNDLE", "/nonexistent.pem");
    environment.put("AWS_ACCOUNT_ID", "999999999999");
    environment.put("AWS_ENDPOINT_URL_STS", "not a url");
    for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      environment.put(proxy, "http://127.0.0.1:1");
      environment.put(proxy.toLowerCase(java.util.Locale.ROOT), "http://127.0.0.1:1");
    }
    return environment;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[profile x\nregion=",
        "\uFEFF[default]\nregion = eu-west-1\n",
        "[default]\nuse_fips_endpoint = true\nendpoint_url = http://127.0.0.1:1\n"
            + "defaults_mode = bogus\nretry_mode = bogus\nca_bundle = /nonexistent\n"
      })
  void nothingOfAwsBreaksTheLocalStack(String config) throws IOException {
    Map<String, String> environment = hostile(config);
    done(environment, "seed", "-q");
    environment.put("AWS_ACCESS_KEY_ID", "half");
    done(environment, "list-conversations", "andrewbrown", "--endpoint-url", TestStack.endpoint());
    environment.put("AWS_SECRET_ACCESS_KEY", "whole");
    done(environment, "describe", "--endpoint-url", TestStack.endpoint());
    done(environment, "describe", "--endpoint-url", "http://0.0.0.0:" + TestStack.port());
  }

  private static void done(Map<String, String> environment, String... line) {
    try (DdbProcess ddb = DdbProcess.start(environment, line)) {
      Outcome.done(ddb.await());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIAIOSFODNN7EXAMPLE", "dummy", "fake-key_1", "x"})
  void aLocalServerTakesAnyKey(String key) {
    DdbRunner ddb =
        table
            .runner()
            .env("AWS_ACCESS_KEY_ID", key)
            .env("AWS_SECRET_ACCESS_KEY", "s")
            .env("AWS_ENDPOINT_URL", TestStack.endpoint());
    Outcome.done(ddb.execute("scan"));
  }

  @Test
  void aServiceOfComposeWantsAnyKeyAndIsNotLookedForBehindAProxy() throws IOException {
    Result result =
        DdbRunner.fresh()
            .env("HTTP_PROXY", "http://127.0.0.1:1")
            .execute("scan", "--endpoint-url", "http://dynamodb.invalid:8000", "--timeout", "2");
    Outcome.failed(6, result);
    assertThat(result.err()).contains("dynamodb.invalid").doesNotContain("credentials", "proxy");
  }
}
