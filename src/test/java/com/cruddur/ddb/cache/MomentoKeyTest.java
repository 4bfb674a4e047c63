package com.cruddur.ddb.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cruddur.ddb.cache.CacheException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of Momento's keys, all of them made up. */
class MomentoKeyTest {
  private static final String V2 = jwt("{\"t\":\"g\",\"jti\":\"secret\",\"p\":{\"x\":[1]}}");

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String jwt(String payload) {
    Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
    return url.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8))
        + "."
        + url.encodeToString(payload.getBytes(UTF_8))
        + ".c2lnbmVk";
  }

  private static CacheException refusal(String key, String endpoint) {
    CacheException e =
        catchThrowableOfType(CacheException.class, () -> MomentoKey.parse(key, endpoint));
    assertThat(e.kind()).isEqualTo(Kind.NO_KEY);
    assertThat(e.getCause()).isNull();
    assertThat(e.getMessage() + e.hint()).doesNotContain(key);
    return e;
  }

  @Test
  void versionOneHoldsItsEndpoint() {
    String key = base64("{\"endpoint\":\"cell-1.example.com\",\"api_key\":\"k-1\",\"n\":[{}]}");
    MomentoKey parsed = MomentoKey.parse(key, "another.example.com");
    assertThat(parsed)
        .isEqualTo(
            new MomentoKey(
                MomentoKey.Form.VERSION_1,
                "k-1",
                "control.cell-1.example.com",
                "cache.cell-1.example.com",
                "token.cell-1.example.com"));
    assertThat(parsed.toString()).doesNotContain("k-1");
  }

  @Test
  void theOlderTokenNamesItsHosts() {
    String key = jwt("{\"sub\":\"x\",\"cp\":\"control.example.com\",\"c\":\"cache.example.com\"}");
    assertThat(MomentoKey.parse(key, null))
        .isEqualTo(
            new MomentoKey(
                MomentoKey.Form.LEGACY_TOKEN,
                key,
                "control.example.com",
                "cache.example.com",
                "cache.example.com"));
  }

  @Test
  void versionTwoTakesTheEndpointBesideIt() {
    assertThat(MomentoKey.parse(V2, "cell-4.example.com"))
        .isEqualTo(
            new MomentoKey(
                MomentoKey.Form.VERSION_2,
                V2,
                "control.cell-4.example.com",
                "cache.cell-4.example.com",
                "token.cell-4.example.com"));
    assertThat(refusal(V2, null)).hasMessage("Momento: this key needs an endpoint beside it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://cell-4.example.com", "a b", "-x", "host:443", "x/y", "é"})
  void anEndpointIsAHostName(String endpoint) {
    assertThat(refusal(V2, endpoint))
        .hasMessage("Momento: MOMENTO_ENDPOINT is not a valid host name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "a.b.c",
        "a.b",
        "se cret",
        "se\ncret",
        "schlüssel",
        "..",
        "e30=",
        "W10=",
        "eyJ4",
        "eyJlbmRwb2ludCI6ImEifQ==",
        "disposable-x"
      })
  void anythingElseIsRefusedWithoutBeingShown(String key) {
    assertThat(refusal(key, "cell-4.example.com"))
        .hasMessage("Momento: the key has none of the forms that Momento's keys have");
  }

  @Test
  void aKeyMayStandInAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, V2 + "\n");
    Map<String, String> environment = Map.of("MOMENTO_API_KEY_FILE", file.toString());
    assertThat(CacheSettings.hasKey(environment)).isTrue();
    CacheSettings settings = CacheSettings.service(environment);
    assertThat(settings.key()).isEqualTo(V2);
    assertThat(settings.toString()).doesNotContain(V2);
    Files.delete(file);
    CacheException e =
        catchThrowableOfType(CacheException.class, () -> CacheSettings.service(environment));
    assertThat(e.kind()).isEqualTo(Kind.NO_KEY);
    assertThat(e).hasMessageContaining(file.toString());
  }
}
