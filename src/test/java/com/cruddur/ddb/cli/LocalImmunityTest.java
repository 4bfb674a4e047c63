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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
    environment.put("AWS_ACCOUNT_ID_ENDPOINT_MODE", "bogus");
    environment.put("AWS_DISABLE_REQUEST_COMPRESSION", "bogus");
    environment.put("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "bogus");
    // The SDK puts these into headers.
    environment.put("AWS_EXECUTION_ENV", "two\nlines");
    environment.put("AWS_SDK_UA_APP_ID", "two\nlines");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "x");
    environment.put("_X_AMZN_TRACE_ID", "zwölf\r\n");
    for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      environment.put(proxy, "http://127.0.0.1:1");
      environment.put(proxy.toLowerCase(java.util.Locale.ROOT), "http://127.0.0.1:1");
    }
    return environment;
  }

  /** A file of AWS's, and keys in the environment: none, half of one, a whole one. */
  private static Stream<Arguments> hostileSetups() {
    return Stream.of(
        Arguments.of("[profile x\nregion=", Map.of()),
        Arguments.of("\uFEFF[default]\nregion = eu-west-1\n", Map.of("AWS_ACCESS_KEY_ID", "half")),
        Arguments.of(
            "[default]\nuse_fips_endpoint = true\nendpoint_url = http://127.0.0.1:1\n"
                + "defaults_mode = bogus\nretry_mode = bogus\nca_bundle = /nonexistent\n",
            Map.of("AWS_ACCESS_KEY_ID", "whole", "AWS_SECRET_ACCESS_KEY", "key")));
  }

  @ParameterizedTest
  @MethodSource("hostileSetups")
  void nothingOfAwsBreaksTheLocalStack(String config, Map<String, String> keys) throws IOException {
    Map<String, String> environment = hostile(config);
    environment.putAll(keys);
    Path script =
        Files.writeString(
            home.resolve("script"),
            """
            seed -q
            list-conversations andrewbrown --endpoint-url %1$s
            describe --endpoint-url %1$s
            describe --endpoint-url http://0.0.0.0:%2$d
            """
                .formatted(TestStack.endpoint(), TestStack.port()));
    try (DdbProcess ddb = DdbProcess.start(environment, "shell", script.toString())) {
      Outcome.done(ddb.await());
    }
  }

  @Test
  void aRegionOfTheEnvironmentThatIsNoneIsPassedOverOnTheLocalStackAlone() {
    DdbRunner ddb = DdbRunner.fresh().env("AWS_REGION", "EU West 1");
    Outcome.done(ddb.execute("list-tables"));
    Outcome.failed(2, ddb.execute("list-tables", "--prod"));
    Outcome.failed(2, ddb.execute("list-tables", "--region", "EU West 1"));
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
