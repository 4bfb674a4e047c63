package com.cruddur.ddb.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void whatATerminalWouldObeyIsSpelledOut() {
    assertThat(VisibleText.of("a\n\r\t\u0000\u001b\u007f\u0085\u009b"))
        .isEqualTo("a\\n\\r\\t\\u0000\\u001b\\u007f\\u0085\\u009b");
    assertThat(VisibleText.of("\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029"))
        .isEqualTo("\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069\\u2028\\u2029");
    assertThat(VisibleText.of("\ud83dx\ude00😀\ud83d")).isEqualTo("\\ud83dx\\ude00😀\\ud83d");
    assertThat(VisibleText.of("plain é 漢 👨\u200d👩\u200d👧"))
        .isEqualTo("plain é 漢 👨\u200d👩\u200d👧");
  }

  @Test
  void aBackslashIsDoubledOnlyWhereItCouldBeTakenForAnEscape() {
    assertThat(VisibleText.of("¯\\_(ツ)_/¯")).isEqualTo("¯\\_(ツ)_/¯");
    assertThat(VisibleText.of("\\n")).isEqualTo("\\\\n");
    assertThat(VisibleText.of("\\\n")).isEqualTo("\\\\\\n");
    assertThat(VisibleText.of("\\\\x\\")).isEqualTo("\\\\\\x\\");
  }

  @Test
  void twoTextsNeverLookTheSame() {
    String[] pieces = {"\\", "n", "u001b", "\u001b", "\n", "x", "\ud83d", "\ude00"};
    Map<String, String> seen = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(7); j > 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String other = seen.put(VisibleText.of(text.toString()), text.toString());
      assertThat(other == null || other.contentEquals(text)).as("%s and %s", other, text).isTrue();
    }
  }

  @Test
  void widthIsInTerminalCells() {
    assertThat(VisibleText.width("")).isZero();
    assertThat(VisibleText.width("abc")).isEqualTo(3);
    assertThat(VisibleText.width("漢字")).isEqualTo(4);
    assertThat(VisibleText.width("e\u0301a")).isEqualTo(2);
    assertThat(VisibleText.width("👨\u200d👩\u200d👧")).isEqualTo(2);
    assertThat(VisibleText.width("🇩🇪")).isEqualTo(2);
    assertThat(VisibleText.width("…")).isEqualTo(1);
  }

  @Test
  void aCutNeverSplitsACharacterNorOverrunsTheColumns() {
    assertThat(VisibleText.fit("hello", 5)).isEqualTo("hello");
    assertThat(VisibleText.fit("hello", 4)).isEqualTo("hel…");
    assertThat(VisibleText.fit("漢字漢", 4)).isEqualTo("漢…");
    assertThat(VisibleText.fit("e\u0301e\u0301e\u0301", 2)).isEqualTo("e\u0301…");
    assertThat(VisibleText.fit("👨\u200d👩\u200d👧👨\u200d👩\u200d👧", 3))
        .isEqualTo("👨\u200d👩\u200d👧…");
    assertThat(VisibleText.fit("hello", 1)).isEqualTo("…");
    assertThat(VisibleText.fit("hello", 0)).isEmpty();
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      int columns = random.nextInt(30);
      String text = VisibleText.of(Printed.randomText(random));
      assertThat(VisibleText.width(VisibleText.fit(text, columns))).isLessThanOrEqualTo(columns);
    }
  }

  @Test
  void whatIsOneCharacterByTheRulesIsAsWideAsATerminalDrawsIt() {
    assertThat(VisibleText.width("\u1100".repeat(50))).isEqualTo(100);
    assertThat(VisibleText.width("👨\u200d".repeat(50) + "👨")).isEqualTo(102);
    assertThat(VisibleText.width("👍🏽")).isEqualTo(2);
    assertThat(VisibleText.width("☺\ufe0f")).isEqualTo(2);
    assertThat(VisibleText.mostWidth("👨\u200d👩\u200d👧")).isEqualTo(6);
    assertThat(VisibleText.fit("\u1100".repeat(50), 20)).isEqualTo("…");
  }

  @Test
  void aCutTextIsNeverLongHoweverNarrowItsCharacters() {
    for (String piece :
        List.of("\u0301", "\u200b", "\ufe0f", "\u200d", "\u1160", "a\u0301\u0302")) {
      String text = VisibleText.fit("a" + piece.repeat(130_000), 80);
      assertThat(text.length()).as(VisibleText.hex(piece.charAt(0))).isLessThan(2_000);
      assertThat(text).endsWith("…");
    }
  }
}
