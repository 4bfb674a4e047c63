package com.cruddur.ddb.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {

  @Test
  void whiteSpaceIsTrimmedAtBothEndsAndKeptInside() {
    assertThat(MessageText.of(" \t\n\u3000hello \n world\u2003\r\n")).isEqualTo("hello \n world");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u3000\u2003"})
  void blankTextIsRefused(String text) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> MessageText.of(text))
        .withMessage("the message is empty");
  }

  @Test
  void theLimitCountsCodePointsAfterTrimming() {
    String emoji = "😀".repeat(1024);

    assertThat(MessageText.of("  " + emoji + "  ")).isEqualTo(emoji);
    assertThat(MessageText.of("x".repeat(1024))).hasSize(1024);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> MessageText.of(emoji + "!"))
        .withMessageContaining("1025 characters");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xD800, 0xDBFF, 0xDC00, 0xDFFF})
  void halfOfASurrogatePairIsRefusedWhereverItStands(int half) {
    for (String form : new String[] {"%sabc", "a%sb", "abc%s", "😀%s"}) {
      String text = form.replace("%s", Character.toString((char) half));
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> MessageText.of(text))
          .withMessageContaining("surrogate");
    }
  }

  @Test
  void twoHalvesInTheWrongOrderAreRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> MessageText.of("a\uDC00\uD83Db"));
  }

  @Test
  void everyOtherCharacterIsKept() {
    String text = "a\u0000b\u001b[31m\u200Fשלום\u200D👩‍💻";

    assertThat(MessageText.of(text)).isEqualTo(text);
  }
}
