package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShowCapacityTest {
  private static final String AT = "2026-03-19T10:00:%02d.000000+00:00";
  private static final Pattern LINE =
      Pattern.compile(
          "capacity: ([0-9.]+) RCU(?: \\((.*?)\\))?, ([0-9.]+) WCU(?: \\((.*?)\\))?, .*");
  private final MessageTable table = MessageTable.create();

  @Test
  void sumsEveryPage() {
    String group = MessageTable.uuid();
    String filler = "x".repeat(99_000);
    for (int i = 0; i < 30; i++) {
      table.put("pk", "MSG#" + group, "sk", AT.formatted(i), "message", "m" + i, "filler", filler);
    }
    // 30 items of 99 KB: 2,970 KB, at half a unit for 4 KB.
    for (String[] args :
        new String[][] {
          {"get-conversation", group, "--all", "--show-capacity", "-o", "ndjson"},
          {"get-conversation", group, "--all", "--limit", "3", "--show-capacity", "-o", "ndjson"},
          {"scan", "--show-capacity", "-o", "ndjson"},
          {"--show-capacity", "scan", "--segments", "3", "-o", "ndjson"}
        }) {
      Result result = Outcome.done(table.ddb(args));
      assertThat(result.out().lines()).hasSize(30);
      Matcher capacity = capacity(result);
      assertThat(Double.parseDouble(capacity.group(1))).isBetween(360.0, 390.0);
      assertThat(capacity.group(3)).isEqualTo("0");
    }
  }

  @Test
  void namesTableAndIndexOfReadsAndWrites() {
    String group = table.conversation(AT.formatted(0), "hello");
    Result result =
        Outcome.done(
            table.ddb("send-message", group, "hi", "--from", "bayko", "--show-capacity", "-q"));
    Matcher capacity = capacity(result);
    assertThat(capacity.group(2)).contains("index message-group-sk-index ", "table ");
    assertThat(capacity.group(4)).contains("index message-group-sk-index ", "table ");
    // 1 for the message, 4 in the table for each of two rows moved, and the index on top.
    assertThat(Double.parseDouble(capacity.group(3))).isBetween(9.0, 17.0);
    assertThat(result.out()).doesNotContain("capacity");
  }

  @Test
  void tellsWhatAFailedCommandConsumed() {
    String group = table.conversation(AT.formatted(0), "hello");
    Result result = table.ddb("send-message", group, "hi", "--from", "londo", "--show-capacity");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("capacity: ");
  }

  @Test
  void saysNothingUnasked() {
    assertThat(table.ddb("scan").err()).isEmpty();
    assertThat(DdbRunner.run("list-tables", "--show-capacity").err())
        .matches("capacity: 0 RCU, 0 WCU, [1-9]\\d* requests?\n");
  }

  private static Matcher capacity(Result result) {
    String line =
        result.err().lines().filter(l -> l.startsWith("capacity: ")).findFirst().orElse("");
    Matcher matcher = LINE.matcher(line);
    assertThat(matcher.matches()).as(result.toString()).isTrue();
    return matcher;
  }
}
