package com.cruddur.ddb.bulk;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} with real processes; the program KillResume does it more often. */
final class KilledRunsTest {
  private static final int MESSAGES = 3_000;
  private static final long KILL = 2_000;

  @TempDir private Path folder;

  @Test
  void bulkCommandsThatAreKilledEndAsOneRunDoes() throws IOException {
    KilledRuns runs = new KilledRuns(folder, MESSAGES);
    runs.seed(MESSAGES, KILL);
    runs.importing(MESSAGES, KILL);
    runs.incremental(MESSAGES, KILL);
    runs.export(MESSAGES / 10, KILL);
    runs.pull(MESSAGES / 10, KILL);
    runs.diff(MESSAGES / 10, KILL);
  }
}
