package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short day; MixedFaults in src/bench makes long ones. */
class FaultyDayTest {
  @TempDir private Path folder;

  @Test
  void whatACommandSaysIsTrueThoughThreeRequestsInTenFail() throws Exception {
    try (FaultyDay day = new FaultyDay(folder, 5)) {
      for (int i = 0; i < 12; i++) {
        day.next();
      }
      assertThat(day.failures()).as(day.told()).isPositive();
    }
  }
}
