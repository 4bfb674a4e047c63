package com.cruddur.ddb.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.ChildJvm;
import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.FreePorts;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ddb local} on ports and in folders of its own. */
class LocalCommandTest {
  private static final String GROUP = "3f346c75-ad75-43df-aa35-5b4de50470e0";

  @TempDir private Path folder;
  private int port;
  private int cachePort;
  private DdbRunner ddb;

  @BeforeEach
  void ownPortsAndFolders() {
    port = FreePorts.next();
    cachePort = FreePorts.next();
    ddb =
        DdbRunner.on("cruddur-messages")
            .home(null)
            .env("HOME", folder.toString())
            .env("XDG_STATE_HOME", folder.resolve("state").toString())
            .env("XDG_DATA_HOME", folder.resolve("data").toString())
            .env("DDB_LOCAL_PORT", "" + port)
            .env("DDB_LOCAL_CACHE_PORT", "" + cachePort);
  }

  @AfterEach
  void stopWhatRuns() {
    ddb.execute("local", "stop");
  }

  @Test
  void startsStopsAndResetsAStackThatKeepsItsTables() {
    assertThat(state("status", 3)).isEqualTo("not running");
    assertThat(state("stop", 0)).isEqualTo("not running");

    JsonNode started = Outcome.done(ddb.execute("local", "start", "-o", "json")).json();
    assertThat(started.get("state").asText()).isEqualTo("started");
    assertThat(started.get("endpoint").asText()).isEqualTo("http://localhost:" + port);
    assertThat(started.get("cache_endpoint").asText()).isEqualTo("localhost:" + cachePort);
    assertThat(started.get("data").asText()).startsWith(folder.toString());
    assertThat(ProcessHandle.of(started.get("pid").asLong())).isPresent();

    Result same = Outcome.done(ddb.execute("local", "start", "-o", "json"));
    assertThat(same.err()).isEmpty();
    Result slower = Outcome.done(ddb.execute("local", "start", "--latency", "5"));
    assertThat(slower.err()).contains("the stack runs with other settings");
    JsonNode again = same.json();
    assertThat(again.get("state").asText()).isEqualTo("already running");
    assertThat(again.get("pid")).isEqualTo(started.get("pid"));
    assertThat(state("status", 0)).isEqualTo("running");

    Outcome.done(ddb.execute("cache", "create"));
    Outcome.done(ddb.execute("cache", "create", "other"));
    Outcome.done(ddb.execute("cache", "delete", "other", "--yes"));
    Result loaded = Outcome.done(ddb.execute("schema-load"));
    assertThat(loaded.err()).isEmpty();
    assertThat(state("stop", 0)).isEqualTo("stopped");
    assertThat(state("status", 3)).isEqualTo("not running");

    // A bare command starts it again, and the table is still there.
    Result described = Outcome.done(ddb.execute("describe", "-o", "json"));
    assertThat(described.err()).startsWith("started the local stack").hasLineCount(1);
    assertThat(described.json().get("table").asText()).isEqualTo("cruddur-messages");
    assertThat(ddb.execute("cache", "list", "-o", "json").json().findValuesAsText("cache"))
        .containsExactly("cruddur");

    Result refused = ddb.execute("local", "reset");
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
    assertThat(refused.err())
        .contains("endpoint     http://localhost:" + port + " (pid ", "data         " + folder)
        .contains("In a script it needs --yes.");
    assertThat(ddb.stdin("n\n").terminal("012").execute("local", "reset").exitCode()).isEqualTo(4);
    assertThat(state("status", 0)).isEqualTo("running");
    Outcome.done(ddb.stdin("y\n").terminal("012").execute("local", "reset"));
    // Where nothing is left to delete nobody is asked.
    assertThat(state("reset", 0)).isEqualTo("stopped, its data deleted");
    assertThat(state("status", 3)).isEqualTo("not running");
    Result gone = ddb.execute("describe", "-q");
    assertThat(gone.exitCode()).isEqualTo(3);
    assertThat(ddb.execute("cache", "list", "-o", "json").json().findValuesAsText("cache"))
        .isEmpty();
    assertThat(gone.err()).doesNotContain("started the local stack");
  }

  @Test
  void aJobWhoseStackIsStoppedEndsAtOnceAndSaysHowToGoOn() throws Exception {
    Outcome.done(ddb.execute("schema-load"));
    Outcome.done(ddb.execute("cache", "create"));
    String[] seed = {"seed", "--generate", "--messages", "20000", "--max-wcu", "300"};
    CompletableFuture<Result> ended = CompletableFuture.supplyAsync(() -> ddb.execute(seed));
    while (ddb.execute("scan", "--limit", "1", "-o", "csv").out().lines().count() < 2) {
      Thread.sleep(20);
    }
    assertThat(state("stop", 0)).isEqualTo("stopped");

    Result result = ended.get();
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err().lines().filter(line -> !line.matches(".* a second.*|no progress .*")))
        .containsExactly(
            "ddb: the local stack was stopped meanwhile",
            "  hint: 'ddb local start' starts it again. What was done stays; run the same command"
                + " again to go on.");
  }

  /** A disk that takes no more: played by the system's limit on the size of a file. */
  @Test
  void aJobWhoseStackFindsNoRoomEndsAtOnceAndSaysWhy() throws Exception {
    List<String> start =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 4400; exec \"$@\"", "sh"));
    start.addAll(ChildJvm.command());
    start.addAll(List.of("com.cruddur.ddb.Main", "local", "start"));
    ProcessBuilder builder = new ProcessBuilder(start).redirectErrorStream(true);
    builder.environment().putAll(ddb.environment());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    Outcome.done(ddb.execute("schema-load"));

    Result result = ddb.execute("seed", "--generate", "--messages", "20000", "-q");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err().lines())
        .containsExactly(
            "ddb: the local stack cannot read or write its tables",
            "  hint: Look whether the disk is full or the folder that 'ddb local status' names may"
                + " not be written. What was done stays; run the same command again to go on.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tail " + GROUP, "trigger run"})
  void whoFollowsAStackThatIsStoppedSaysHowToStartItAndGoesOn(String command) {
    boolean tail = command.startsWith("tail");
    Outcome.done(ddb.execute("setup"));
    try (DdbProcess process = DdbProcess.start(ddb.environment(), command.split(" "))) {
      // Before it follows it is not patient.
      if (tail) {
        process.awaitOut("before", () -> send("before"));
      } else {
        process.awaitErr("written, lag ");
      }
      assertThat(state("stop", 0)).isEqualTo("stopped");
      process.awaitErr("; the local stack was stopped, 'ddb local start' starts it again\n");
      if (tail) {
        Outcome.done(ddb.execute("local", "start"));
        process.awaitErr("warning: that is over after ");
        process.awaitOut("after it", () -> send("after it"));
      }
      process.interrupt();

      Result result = process.await();
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.INTERRUPTED);
      if (tail) {
        assertThat(result.err().lines().filter(line -> line.contains("was stopped"))).hasSize(1);
      }
    }
  }

  @Test
  void saysWhoHasThePortWhenItIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String number = "" + taken.getLocalPort();
      Result result = Outcome.failed(1, ddb.execute("local", "start", "--port", number));
      assertThat(result.err()).contains(number, "--port");
    }
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
  }

  private void send(String text) {
    Outcome.done(ddb.execute("send-message", GROUP, text, "--from", "bayko"));
  }

  private String state(String command, int exitCode) {
    Result result = ddb.execute("local", command, "-o", "json");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    assertThat(result.err()).isEmpty();
    return result.json().get("state").asText();
  }
}
