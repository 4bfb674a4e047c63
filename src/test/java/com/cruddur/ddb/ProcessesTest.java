package com.cruddur.ddb;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only processes can show: many at once, killed ones, real pipes. */
class ProcessesTest {
  private static final String LONG_AGO = "2020-01-01T00:00:00.000000+00:00";
  private final MessageTable table = MessageTable.create();

  @Test
  void fourSendersAtOnceLoseNoMessageAndLeaveOneRowEach() {
    String group = table.conversation(LONG_AGO, "the first");
    List<DdbProcess> senders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      senders.add(send(group, "from " + i, i % 2 == 0 ? "andrewbrown" : "bayko"));
    }
    for (DdbProcess sender : senders) {
      try (sender) {
        Result result = sender.await();
        assertThat(result.exitCode()).as(result.toString()).isZero();
      }
    }
    assertThat(table.messages(group).stream().map(m -> m.get("message")))
        .hasSize(5)
        .contains("from 0", "from 1", "from 2", "from 3");
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void aSenderKilledAnywhereLeavesATableThatTheNextSendMakesTrue() throws Exception {
    String group = table.conversation(LONG_AGO, "the first");
    Random random = new Random(9);
    for (int round = 0; round < 2; round++) {
      List<DdbProcess> victims = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        victims.add(send(group, "victim " + round + i, i == 0 ? "andrewbrown" : "bayko"));
      }
      if (round % 2 == 0) {
        // It takes about as long to start, write and end.
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1500));
      } else {
        awaitMessage(group, "victim " + round);
      }
      victims.forEach(DdbProcess::kill);
      List<Result> ends = new ArrayList<>();
      for (DdbProcess victim : victims) {
        try (victim) {
          ends.add(victim.await());
        }
      }
      Result next = table.ddb("send-message", group, "survivor " + round, "--from", "bayko");
      assertThat(next.exitCode()).as(next.toString()).isZero();
      table.assertTrue(group, ANDREW, BAYKO);
      List<String> texts = table.messages(group).stream().map(m -> m.get("message")).toList();
      assertThat(texts).doesNotHaveDuplicates().endsWith("survivor " + round);
      for (int i = 0; i < ends.size(); i++) {
        if (ends.get(i).exitCode() == 0) {
          assertThat(texts).contains("victim " + round + i);
        }
      }
    }
  }

  @Test
  void aSeedKilledAnywhereIsCompletedByTheNext(@TempDir Path folder) throws Exception {
    List<String> lines = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int c = 0; c < 20; c++) {
      String group = MessageTable.uuid();
      groups.add(group);
      lines.add(
          "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"%s\",\"%s\"]}"
              .formatted(group, "andrewbrown", "bayko"));
      for (int i = 0; i < 100; i++) {
        lines.add(
            "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"%s\",\"message\":\"m %d\",\"created_at\":\"2026-03-19T10:%02d:%02d\"}"
                .formatted(group, i % 3 == 0 ? "bayko" : "andrewbrown", i, i / 60 + c, i % 60));
      }
    }
    Path file = Files.write(folder.resolve("many.ndjson"), lines);
    for (int round = 0; round < 2; round++) {
      try (DdbProcess victim = DdbProcess.start(environment(), "seed", file.toString())) {
        int before = table.items().size();
        for (int i = 0; i < 3000 && table.items().size() <= before + 300 * round; i++) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        victim.kill();
        victim.await();
      }
    }
    Result next = table.ddb("seed", file.toString(), "-o", "json");
    assertThat(next.exitCode()).as(next.toString()).isZero();
    for (String group : groups) {
      assertThat(table.messages(group)).hasSize(100);
      table.assertTrue(group, ANDREW, BAYKO);
    }
    assertThat(table.items()).hasSize(20 * 102);
  }

  @Test
  void aScanIntoAPipeThatClosesEndsQuietly() {
    String filler = "x".repeat(50_000);
    for (int i = 0; i < 30; i++) {
      table.put("pk", "MSG#" + i, "sk", LONG_AGO, "message", filler);
    }
    String scan =
        DdbProcess.command("scan", "-o", "ndjson").stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    try (DdbProcess pipe =
        DdbProcess.startCommand(
            environment(), List.of("bash", "-c", scan + " | head -1; echo ${PIPESTATUS[0]}"))) {
      Result result = pipe.await();
      List<String> lines = result.out().lines().toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).startsWith("{\"pk\":\"MSG#").endsWith("}");
      assertThat(lines.get(1)).isEqualTo("0");
      assertThat(result.err()).isEmpty();
    }
  }

  /** Returns when the first message is stored, which is before its sender moves the rows. */
  private void awaitMessage(String group, String start) throws InterruptedException {
    for (int i = 0; i < 60_000; i++) {
      if (table.messages(group).stream().anyMatch(m -> m.get("message").startsWith(start))) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    throw new AssertionError("no message '" + start + "…' came");
  }

  private DdbProcess send(String group, String text, String from) {
    return DdbProcess.start(environment(), "send-message", group, text, "--from", from);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    return environment;
  }
}
