package com.cruddur.ddb.cli.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of keys that do not work, and that none of it shows them. */
class MomentoKeysTest {
  private static final String V1 =
      Base64.getEncoder()
          .encodeToString(
              "{\"endpoint\":\"unreachable.invalid\",\"api_key\":\"very-secret\"}".getBytes(UTF_8));
  private static final String V2 = "aaa." + url("{\"t\":\"g\",\"jti\":\"very-secret\"}") + ".bbb";

  private static String url(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static void assertFails(DdbRunner ddb, String message) {
    for (List<String> command :
        List.of(
            List.of("cache", "list"),
            List.of("cache", "get", "key"),
            List.of("cache", "create"),
            List.of("cache", "token"))) {
      Result result = ddb.execute(args(command, "--prod"));
      assertThat(result.exitCode()).as("%s", result).isEqualTo(6);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines().findFirst().orElse(""))
          .as("%s", result)
          .startsWith("ddb: ")
          .contains(message);
      assertThat(result.err().lines().filter(line -> !line.startsWith("  hint: "))).hasSize(1);
      assertHidden(result);
      assertHidden(ddb.execute(args(command, "--prod", "-v")));
    }
  }

  private static String[] args(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private static void assertHidden(Result result) {
    assertThat(result.out() + result.err())
        .doesNotContain("very-secret")
        .doesNotContain(V1)
        .doesNotContain(V2);
  }

  @Test
  void aTunnelToProductionOnTheLocalPortHasNotTheLocalCache() {
    Result result =
        DdbRunner.fresh()
            .env("DDB_LOCAL_PORT", "9")
            .execute("cache", "list", "--prod", "--endpoint-url", "http://localhost:9");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(6);
    assertThat(result.err()).contains("Momento: no key");
  }

  @Test
  void noKey() {
    assertFails(DdbRunner.fresh(), "Momento: no key");
  }

  @Test
  void garbage() {
    assertFails(
        DdbRunner.fresh().env("MOMENTO_API_KEY", "garbage-very-secret"),
        "Momento: the key has none of the forms that Momento's keys have");
    assertFails(
        DdbRunner.fresh().env("MOMENTO_AUTH_TOKEN", "garbage.very-secret.x"),
        "Momento: the key has none of the forms that Momento's keys have");
  }

  @Test
  void noEndpoint() {
    assertFails(
        DdbRunner.fresh().env("MOMENTO_API_KEY", V2),
        "Momento: this key needs an endpoint beside it");
  }

  @Test
  void anEndpointThatCannotBeReached() {
    assertFails(DdbRunner.fresh().env("MOMENTO_API_KEY", V1), "is not known");
    assertFails(
        DdbRunner.fresh().env("MOMENTO_API_KEY", V2).env("MOMENTO_ENDPOINT", "unreachable.invalid"),
        "is not known");
  }

  @Test
  void noFileOfThatName() {
    String file = Path.of("no", "such", "file").toString();
    assertFails(
        DdbRunner.fresh().env("MOMENTO_API_KEY_FILE", file),
        "Momento: no key can be read from the file " + file);
  }

  @Test
  void yesAloneIsNotEnoughInProduction() {
    DdbRunner ddb = DdbRunner.fresh().env("MOMENTO_API_KEY", V1);
    Result result = ddb.execute("cache", "flush", "some", "--yes", "--prod");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(4);
    assertThat(result.err()).contains("--confirm-cache NAME");
    Result other =
        ddb.execute("cache", "flush", "some", "--yes", "--prod", "--confirm-cache", "other");
    assertThat(other.exitCode()).as("%s", other).isEqualTo(4);
    Result sure =
        ddb.execute("cache", "flush", "some", "--yes", "--prod", "--confirm-cache", "some");
    assertThat(sure.exitCode()).as("%s", sure).isEqualTo(6);
  }
}
