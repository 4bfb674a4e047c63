package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.chat.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
  private static final String PK = "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  private static final String SK = "2026-03-19T23:59:59.000000+00:00";

  @ParameterizedTest
  @ValueSource(strings = {SK, "zzz", "a\nb", "日本 😀", "\u0000"})
  void aTokenLeadsBackToTheKeyItCameFrom(String sk) {
    String token = PageToken.of(Keys.key(PK, sk));

    assertThat(token).matches("[A-Za-z0-9][A-Za-z0-9_-]+");
    assertThat(PageToken.startKey(token, PK)).isEqualTo(Keys.key(PK, sk));
  }

  @Test
  void noTokenLooksLikeAnOption() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(PageToken.of(Keys.key(PK, SK + i))).doesNotStartWith("-");
    }
  }

  @Test
  void theEndHasNoTokenAndNoTokenIsTheStart() {
    assertThat(PageToken.of(Map.of())).isNull();
    assertThat(PageToken.of(null)).isNull();
    assertThat(PageToken.startKey(null, PK)).isNull();
  }

  @Test
  void aTokenOfAnotherListIsRefused() {
    String token = PageToken.of(Keys.key(PK, SK));

    assertRefused(token, PK + "0");
    assertRefused(token, "GRP#5ae290ed-55d1-47a0-bc6d-fe2bc2700399");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "!", "not a token", "AAAA", "AAAAAAAA", "TVNHIzE"})
  void whatIsNoTokenIsRefused(String token) {
    assertRefused(token, PK);
  }

  @Test
  void aTokenThatWasCutShortOrChangedAnywhereIsRefused() {
    String token = PageToken.of(Keys.key(PK, SK));

    for (int i = 0; i < token.length(); i++) {
      assertRefused(token.substring(0, i), PK);
      char other = token.charAt(i) == 'A' ? 'Q' : 'A';
      assertRefused(token.substring(0, i) + other + token.substring(i + 1), PK);
    }
  }

  private static void assertRefused(String token, String pk) {
    assertThatExceptionOfType(InvalidInputException.class)
        .as(token)
        .isThrownBy(() -> PageToken.startKey(token, pk))
        .withMessage("the token is not one of this list");
  }
}
