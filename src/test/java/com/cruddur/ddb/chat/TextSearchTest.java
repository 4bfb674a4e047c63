package com.cruddur.ddb.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSearchTest {
  @ParameterizedTest
  @CsvSource({
    "hello, Say HELLO there",
    "HELLO, say hello there",
    "grüße, Viele GRÜSSE",
    "GRÜSSE, viele Grüße",
    "café, CAFE\u0301 au lait",
    "cafe\u0301, Café",
    "ΟΔΟΣ, η οδος",
    "οδός, ΟΔΌΣ 5",
    "👋, hi 👋🏽",
    "istanbul, ISTANBUL",
    "istanbul, İstanbul",
    "İSTANBUL, istanbul",
    "ırmak, IRMAK",
    "straße, STRAẞE",
    "STRASSE, straße",
    "ﬁsh, FISH"
  })
  void findsWhatUnicodeCallsTheSame(String text, String within) {
    assertThat(TextSearch.of(text, false)).accepts(within);
  }

  @ParameterizedTest
  @CsvSource({"hello, hell", "a, b", "cafe, café"})
  void findsNothingElse(String text, String within) {
    assertThat(TextSearch.of(text, false)).rejects(within);
  }

  @Test
  void exactlyTellsCapitals() {
    assertThat(TextSearch.of("Hello", true)).accepts("Hello!").rejects("hello");
  }

  @Test
  void aBlankTextIsRefused() {
    assertThatThrownBy(() -> TextSearch.of(" ", false)).isInstanceOf(InvalidInputException.class);
  }
}
