package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.chat.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {
  private static final String PK = "MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  private static final PageTokens LIST = new PageTokens("t", PK, false);
  private static final String SK = "2026-03-19T23:59:59.000000+00:00";

  @ParameterizedTest
  @ValueSource(strings = {SK, "zzz", "a\nb", "日本 😀", "\u0000"})
  void aTokenLeadsBackToTheKeyItCameFrom(String sk) {
    String token = LIST.after(sk);

    assertThat(token).matches("[A-Za-z0-9][A-Za-z0-9_-]+");
    assertThat(LIST.startKey(token)).isEqualTo(Keys.key(PK, sk));
  }

  @Test
  void noTokenLooksLikeAnOption() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(LIST.after(SK + i)).doesNotStartWith("-");
    }
  }

  @Test
  void noTokenIsTheStart() {
    assertThat(LIST.startKey(null)).isNull();
  }

  @Test
  void aTokenOfAnotherListOrderOrTableIsRefusedByName() {
    String token = LIST.after(SK);

    assertRefused(token, new PageTokens("t", PK + "0", false), "is one of another list");
    assertRefused(
        token, new PageTokens("t", PK.replace("MSG", "GRP"), false), "is one of another list");
    assertRefused(token, new PageTokens("t", PK, true), "is one of the same list newest first");
    assertRefused(token, new PageTokens("u", PK, false), "is one of table t, not of u");
    String oldest = new PageTokens("t", PK, true).after(SK);
    assertRefused(oldest, LIST, "is one of the same list oldest first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "!", "not a token", "AAAA", "AAAAAAAA", "TVNHIzE"})
  void whatIsNoTokenIsRefused(String token) {
    assertDamaged(token);
  }

  @Test
  void aTokenThatWasCutShortOrChangedAnywhereIsRefused() {
    String token = LIST.after(SK);

    for (int i = 0; i < token.length(); i++) {
      assertDamaged(token.substring(0, i));
      char other = token.charAt(i) == 'A' ? 'Q' : 'A';
      assertDamaged(token.substring(0, i) + other + token.substring(i + 1));
    }
  }

  private static void assertDamaged(String token) {
    assertRefused(token, LIST, "is damaged or not one of ddb's");
  }

  private static void assertRefused(String token, PageTokens list, String why) {
    assertThatExceptionOfType(InvalidInputException.class)
        .as(token)
        .isThrownBy(() -> list.startKey(token))
        .withMessage("the token " + why);
  }
}
