package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C at a moment that lies in the middle of most; InterruptMany in src/bench tries many. */
class InterruptTest {
  @TempDir private Path folder;

  @Test
  void anInterruptedCommandEndsWithTheCodeOfItsSignalAndSaysOneLineAtMost() throws Exception {
    InterruptedRuns commands = new InterruptedRuns(folder, 8_000);

    assertThat(commands.run("tail", "INT", 2, 1_500)).isEqualTo(130);
    assertThat(commands.run("generate", "TERM", 15, 1_000)).isEqualTo(143);
    commands.run("script", "INT", 2, 1_500);
  }

  @Test
  void aSecondCtrlCLeavesABulkJobThatHangsAndItStillSaysHowToGoOn() throws Exception {
    MessageTable table = MessageTable.create();
    Path input = Files.copy(Path.of("seed-data/conversations.json"), folder.resolve("in.json"));
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    String[] seed = {"seed", input.toString(), "--users", "seed-data/users.json"};
    try (FaultyProxy proxy =
            new FaultyProxy(
                TestStack.endpoint(), FaultyProxy.from("BatchWriteItem", 1, Fault.HANG_BEFORE));
        DdbProcess process =
            DdbProcess.start(
                environment,
                Stream.concat(Stream.of(seed), Stream.of("--endpoint-url", proxy.endpoint()))
                    .toArray(String[]::new))) {
      for (int i = 0; i < 6000 && proxy.requests("BatchWriteItem") == 0; i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      // The system merges signals that the process had no time to take: as often as it takes.
      for (process.interrupt(); process.isAlive(); process.interrupt()) {
        TimeUnit.MILLISECONDS.sleep(500);
      }
      Result result = process.await();
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(130);
      // Progress is told too, when it took long.
      assertThat(result.err().lines().filter(line -> !line.contains(" a second")))
          .containsExactly("ddb: interrupted; run the same command again to go on");
    }
    Outcome.done(table.ddb(seed));
    assertThat(table.ddb("check").exitCode()).isZero();
  }
}
