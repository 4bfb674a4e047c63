package com.cruddur.ddb.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidsTest {

  /**
   * The vectors come from Python's hashlib and uuid: sha1(namespace, then length and part each).
   */
  @Test
  void derivedUuidsEqualVectorsComputedByAnotherProgram() {
    assertThat(Uuids.derived()).isEqualTo("06d4ad47-c40d-5d7b-815a-83105c70b845");
    assertThat(Uuids.derived("")).isEqualTo("38c85c5a-fb47-54c9-acf7-f5cf29ad9954");
    assertThat(Uuids.derived("ab", "c")).isEqualTo("d9644746-5d92-5b86-8601-276bed568949");
    assertThat(Uuids.derived("a", "bc")).isEqualTo("a40663e1-05c3-5662-8029-3da74f113993");
    assertThat(Uuids.derived("5ae290ed-55d1-47a0-bc6d-fe2bc2700399", "héllo 😀 日本語"))
        .isEqualTo("115b37a5-7dd4-5a57-b924-b826b1aacfab");
  }

  @Test
  void aDerivedUuidIsOfVersion5AndFitsAClientRequestToken() {
    UUID uuid = UUID.fromString(Uuids.derived("x"));

    assertThat(uuid.version()).isEqualTo(5);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.toString()).hasSizeLessThanOrEqualTo(36);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5ae290ed-55d1-47a0-bc6d-fe2bc2700399",
        "5AE290ED-55D1-47A0-BC6D-FE2BC2700399",
        "00000000-0000-0000-0000-000000000000"
      })
  void aUuidIsKnownInEitherCaseAndOfAnyVersion(String text) {
    assertThat(Uuids.isUuid(text)).isTrue();
    assertThat(Uuids.require("the conversation", text)).isEqualTo(text.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5ae290ed",
        "5ae290ed55d147a0bc6dfe2bc2700399",
        "{5ae290ed-55d1-47a0-bc6d-fe2bc2700399}",
        "5ae290ed-55d1-47a0-bc6d-fe2bc270039",
        "5ae290ed-55d1-47a0-bc6d-fe2bc2700399\n",
        "5ae290eg-55d1-47a0-bc6d-fe2bc2700399",
        "1-1-1-1-1"
      })
  void whatIsNoUuidIsRefusedByName(String text) {
    assertThat(Uuids.isUuid(text)).isFalse();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Uuids.require("the conversation", text))
        .withMessageStartingWith("the conversation '");
  }
}
