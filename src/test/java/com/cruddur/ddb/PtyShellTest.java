package com.cruddur.ddb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtyShellTest {
  @TempDir private Path folder;

  @Test
  void aCharacterWhoseBytesComeOneByOneIsOne() throws Exception {
    try (PtyShell shell = new PtyShell(bytesOf("sleep 0.1"), folder)) {
      assertThat(shell.await(">")).isEqualTo("<\uD83D\uDC4C>");
      assertThat(shell.exitCode()).isZero();
    }
  }

  @Test
  void whatWasPrintedBeforeTheEndIsReadAfterIt() throws Exception {
    try (PtyShell shell = new PtyShell(bytesOf(":"), folder)) {
      assertThat(shell.exitCode()).isZero();
      assertThat(shell.await(">")).isEqualTo("<\uD83D\uDC4C>");
    }
  }

  private static String bytesOf(String between) {
    return "for b in '<' '\\360' '\\237' '\\221' '\\214' '>'; do printf \"$b\"; "
        + between
        + "; done";
  }
}
