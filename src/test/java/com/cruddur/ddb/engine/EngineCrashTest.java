package com.cruddur.ddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of {@link CrashRounds}, with enough data for checkpoints and merges. */
class EngineCrashTest {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED = 300;

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedIsThereAndTheRestIsWholeOrAbsent() throws Exception {
    CrashRounds rounds = new CrashRounds(folder, ACKNOWLEDGED);
    for (int i = 0; i < ROUNDS; i++) {
      rounds.round();
    }
    rounds.end();
    assertThat(rounds.acknowledged()).isGreaterThan(ROUNDS * ACKNOWLEDGED / 2);
  }
}
