package com.cruddur.ddb.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagerTest {
  private static final String BIG = "a line of some length\n".repeat(20_000);

  @TempDir private Path folder;
  private final StringWriter plain = new StringWriter();

  @Test
  void whatFitsTheScreenWithThePromptNeedsNoPager() throws Exception {
    try (Pager pager = pager("cat")) {
      pager.write("1\n2\n3\n4\n");
      pager.flush();
      assertThat(plain.toString()).isEmpty();
    }
    assertThat(plain.toString()).isEqualTo("1\n2\n3\n4\n");
    assertThat(shown()).isEmpty();
  }

  @Test
  void whatIsLongerGoesToThePagerFromItsFirstLine() throws Exception {
    try (Pager pager = pager("cat; echo $MODE")) {
      for (String line : "1\n2\n3\n4\n漢5\n6".split("(?<=\n)")) {
        pager.write(line);
      }
    }
    assertThat(shown()).isEqualTo("1\n2\n3\n4\n漢5\n6test\n");
    assertThat(plain.toString()).isEmpty();
  }

  @Test
  void aLineWiderThanTheScreenTakesSeveralRows() throws Exception {
    try (Pager pager = pager("cat")) {
      pager.write("x".repeat(41));
    }
    assertThat(shown()).as("5 rows of 10 cells").isEmpty();
    try (Pager pager = pager("cat")) {
      pager.write("x".repeat(51));
    }
    assertThat(shown()).hasSize(51);
  }

  @Test
  void whatComesIsShownAtOnce() throws Exception {
    try (Pager pager = pager("cat")) {
      pager.write("1\n2\n3\n4\n5\n");
      pager.flush();
      for (int i = 0; shown().isEmpty() && i < 1_000; i++) {
        Thread.sleep(10);
      }
      assertThat(shown()).endsWith("5\n");
      pager.write("6\n");
    }
    assertThat(shown()).endsWith("6\n");
  }

  @Test
  void leavingItEarlyIsAClosedPipe() throws Exception {
    try (Pager pager = pager("head -n 1")) {
      assertThatThrownBy(() -> pager.write(BIG))
          .isInstanceOf(IOException.class)
          .hasMessage("Broken pipe");
    }
    assertThat(shown()).isEqualTo("a line of some length\n");
    assertThat(plain.toString()).isEmpty();
  }

  @Test
  void aPagerThatFailsAfterItReadIsNotReplaced() throws Exception {
    try (Pager pager = pager("cat; exit 1")) {
      pager.write("1\n2\n3\n4\n5\n");
    }
    assertThat(plain.toString()).isEmpty();
  }

  @Test
  void aPagerThatCtrlCEndedHasInterruptedTheOutput() throws Exception {
    Pager pager = pager("cat; exit 130");
    pager.write("1\n2\n3\n4\n5\n6\n");
    assertThatThrownBy(pager::close).isInstanceOf(InterruptedIOException.class);
    assertThat(plain.toString()).isEmpty();
  }

  @Test
  void whoIsInterruptedFindsTheTerminalLeft() throws Exception {
    Path up = folder.resolve("up");
    Path gone = folder.resolve("gone");
    Pager pager =
        pager(
            "trap 'sleep 0.3; touch "
                + gone
                + "; exit' TERM; cat >/dev/null; touch "
                + up
                + "; while :; do sleep 0.05; done");
    Thread reading =
        new Thread(
            () -> {
              try (pager) {
                pager.write(BIG);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    reading.start();
    for (int i = 0; Files.notExists(up) && i < 6_000; i++) {
      Thread.sleep(10);
    }
    reading.interrupt();
    reading.join();
    assertThat(up).exists();
    assertThat(gone).exists();
  }

  @Test
  void aPagerThatIsNotThereIsNoFailure() throws Exception {
    for (String text : new String[] {"1\n2\n3\n4\n5\n", BIG}) {
      plain.getBuffer().setLength(0);
      try (Pager pager = pager("no-such-pager-1234 2>/dev/null")) {
        for (String line : text.split("(?<=\n)")) {
          pager.write(line);
        }
      }
      assertThat(plain.toString()).isEqualTo(text);
    }
  }

  private Pager pager(String command) {
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), "MODE", "test");
    Redirect to = Redirect.to(folder.resolve("shown").toFile());
    return new Pager(plain, new Pager.Settings(command, 5, 10, environment, to));
  }

  private String shown() throws IOException {
    Path file = folder.resolve("shown");
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
