package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.engine.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table with three write units a second, of which the start of a conversation takes ten. */
class ThrottledSeedTest {
  @TempDir private Path folder;

  @Test
  void aSeedGoesOnUnderThrottlingUntilAllIsWritten() {
    try (TestEngine engine = new TestEngine(folder, new Faults(0, 0, 3, 0))) {
      engine.tick(Duration.ofSeconds(1));
      DdbRunner ddb = DdbRunner.on("chat").env("DDB_LOCAL_PORT", Integer.toString(engine.port()));
      Outcome.done(ddb.execute("schema-load"));
      Outcome.done(
          ddb.execute(
              "seed", "--generate", "--users", "4", "--conversations", "3", "--messages", "20"));
      // Twenty messages and two rows for each conversation.
      assertThat(engine.client().scan(r -> r.tableName("chat")).count()).isEqualTo(26);
      Outcome.done(ddb.execute("check"));
    }
  }
}
