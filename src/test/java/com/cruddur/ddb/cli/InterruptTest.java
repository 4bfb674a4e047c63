package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C at a moment that lies in the middle of most; InterruptMany in src/bench tries many. */
class InterruptTest {
  @TempDir private Path folder;

  @Test
  void anInterruptedCommandEndsWithTheCodeOfItsSignalAndSaysOneLineAtMost() throws Exception {
    InterruptedRuns commands = new InterruptedRuns(folder, 20_000);

    assertThat(commands.run("tail", "INT", 2, 1_500)).isEqualTo(130);
    assertThat(commands.run("generate", "TERM", 15, 1_000)).isEqualTo(143);
    commands.run("script", "INT", 2, 2_500);
  }
}
