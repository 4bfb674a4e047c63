package com.cruddur.ddb.cli.shell;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.CacheRelay;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.ScriptLines;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache alone fails while a shell runs: each line is right, and the cause is told once. */
class ShellCacheTest {
  private final MessageTable table = MessageTable.create();
  private final String group = table.conversation("2020-01-01T00:00:00.000000+00:00", "first");
  private final CacheRelay relay = new CacheRelay(TestStack.cachePort());
  private final String get = "get-conversation " + group + " --cached -o csv";
  private final String reading = "; the table answers instead";
  private final String writing = "; what is cached may be stale until it expires";
  private final DdbRunner ddb =
      table
          .runner()
          .env("DDB_LOCAL_CACHE_PORT", String.valueOf(relay.port()))
          .env("MOMENTO_CACHE_NAME", "shell-" + table.name());

  @BeforeEach
  void aCache() {
    Outcome.done(ddb.execute("cache", "create"));
  }

  @AfterEach
  void close() {
    relay.close();
  }

  private String send(String text) {
    return "send-message " + group + " " + text + " --from bayko -q";
  }

  /** Runs the script to its end; returns its warnings. */
  private List<String> run(ScriptLines script, int firsts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Result result = ddb.execute(script, out, "shell");
    assertThat(result.exitCode()).as("%s %s", result, out).isZero();
    assertThat(out.toString(UTF_8).lines().filter(line -> line.contains(",first,")))
        .as("%s %s", result, out)
        .hasSize(firsts);
    table.assertTrue(group, ANDREW, BAYKO);
    return result.err().lines().toList();
  }

  private String warning(String cause, String rest) {
    return "warning: the local cache server on port " + relay.port() + ": " + cause + rest;
  }

  @Test
  void aKilledCacheIsToldOncePerOutageAndUsedAgainWhenItIsBack() {
    ScriptLines script =
        new ScriptLines()
            .line(get)
            .then(relay::kill)
            .line(get)
            .line(get)
            .line(send("one"))
            .line(send("two"))
            .then(relay::start)
            .line(get)
            .line(get + " --show-capacity")
            .then(relay::kill)
            .line(get);

    assertThat(run(script, 6))
        .containsExactly(
            warning("nothing answers", reading),
            warning("nothing answers", writing),
            "capacity: 0 RCU, 0 WCU, 0 requests",
            warning("nothing answers", reading));
  }

  @Test
  void aMuteCacheIsToldOnce() {
    ScriptLines script =
        new ScriptLines().line(get).then(relay::mute).line(get).line(get).line(send("one"));

    assertThat(run(script, 3))
        .containsExactly(
            warning("no answer in time", reading), warning("no answer in time", writing));
  }

  @Test
  void aSlowCacheAnswersAndOneThatIsTooSlowIsToldOnce() {
    ScriptLines script =
        new ScriptLines()
            .line(get)
            .then(() -> relay.slow(50))
            .line(get + " --show-capacity")
            .then(() -> relay.slow(3_000))
            .line(get)
            .line(get);

    assertThat(run(script, 4))
        .containsExactly(
            "capacity: 0 RCU, 0 WCU, 0 requests", warning("no answer in time", reading));
  }

  @Test
  void aCacheThatIsMissingIsToldOnceAndUsedOnceItIsMade() {
    Outcome.done(ddb.execute("cache", "delete", "--yes"));
    ScriptLines script =
        new ScriptLines()
            .line(get)
            .line(get)
            .line(send("one"))
            .line("cache create -q")
            .line(get)
            .line(get + " --show-capacity");

    assertThat(run(script, 4))
        .satisfiesExactly(
            told -> assertThat(told).startsWith("warning: ").endsWith(reading),
            told -> assertThat(told).isEqualTo("capacity: 0 RCU, 0 WCU, 0 requests"));
  }
}
