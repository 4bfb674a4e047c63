package com.cruddur.ddb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
  /** Each is split by sh too, and must come out the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b\tc",
        "'a b' \"c d\" e\\ f",
        "a'b c'd\"e f\"g",
        "'a\\nb' \"a\\nb\" a\\nb",
        "\"\\\"\" '\"' \"'\" \\' \\\"",
        "\"a\\\\b\\$c\" 'a\\b'",
        "'' \"\" x",
        "a # b",
        "a#b '#' \\#",
        "'two\nlines' \"and\nmore\"",
        "a \\\n b",
        "\"a\\\nb\"",
        "é '漢 字' 😀",
        "--x='a b' --y=\"c\""
      })
  void areThoseOfAPosixShell(String text) throws IOException {
    assertThat(ShellWords.of(text).commands()).containsExactly(bySh(text));
    assertThat(ShellWords.of(text).isOpen()).isFalse();
  }

  @Test
  void formACommandForEachLine() {
    assertThat(ShellWords.of("a b\n\n  # c\nd 'e\nf'\n").commands())
        .containsExactly(List.of("a", "b"), List.of("d", "e\nf"));
    assertThat(ShellWords.of(" # nothing ").commands()).isEmpty();
  }

  @Test
  void areOpenAfterAQuoteOrABackslash() {
    for (String open : List.of("a 'b", "a \"b'", "a \\", "'\\''", "\"\\\"")) {
      assertThat(ShellWords.of(open).isOpen()).as(open).isTrue();
    }
  }

  @Test
  void tellWhatIsBeingTyped() {
    assertThat(ShellWords.of("a b").unfinished()).containsExactly("a", "b");
    assertThat(ShellWords.of("a b").wordStart()).isEqualTo(2);
    assertThat(ShellWords.of("a b ").unfinished()).containsExactly("a", "b", "");
    assertThat(ShellWords.of("a b ").wordStart()).isEqualTo(4);
    assertThat(ShellWords.of("a 'b c").unfinished()).containsExactly("a", "b c");
    assertThat(ShellWords.of("a 'b c").wordStart()).isEqualTo(2);
    assertThat(ShellWords.of("").unfinished()).containsExactly("");
    assertThat(ShellWords.of("x\na").unfinished()).containsExactly("a");
  }

  @Test
  void comeBackFromHowTheyAreQuoted() {
    for (String word : List.of("plain", "a b", "it's", "\"", "\\", "#x", "", "a\nb", "$x", "*")) {
      assertThat(ShellWords.of(ShellWords.quoted(word)).commands())
          .as(word)
          .containsExactly(List.of(word));
    }
  }

  private static List<String> bySh(String text) throws IOException {
    Process sh =
        new ProcessBuilder("sh", "-c", "set -- " + text + "\nprintf '%s\\0' \"$@\"").start();
    sh.getOutputStream().close();
    String out = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Arrays.asList(out.substring(0, out.length() - 1).split("\0", -1));
  }
}
