package com.cruddur.ddb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A line of a shell leaves nothing behind for the next one. */
class ShellStateTest {
  private static final String OLD = "2026-03-19T10:00:00.000000+00:00";
  private static final String NEW = "2026-03-19T10:00:01.000000+00:00";

  private static final Pattern FAILED =
      Pattern.compile("<stdin>:(\\d+: failed with exit code \\d)");

  private final MessageTable table = MessageTable.create();

  @Test
  void everyLineDoesInAShellWhatItDoesInAProcessOfItsOwn() {
    String group = table.conversation(OLD, "first");
    table.message(group, NEW, MessageTable.BAYKO, "second");
    String other =
        table.conversation(MessageTable.ANDREW, MessageTable.LONDO, "2026-03-18T10:00:00", "other");
    List<String> lines =
        List.of(
            "check",
            "check " + other,
            "scan --limit 2 -o ndjson",
            "scan --limit 1 --segments 1 -o ndjson",
            "get-conversation " + group + " --limit 1 --oldest-first",
            "get-conversation " + group,
            "get-conversation " + other + " -o json",
            "list-conversations andrewbrown --limit 1",
            "list-conversations andrewbrown --all -o csv",
            "stats -o json --top 1",
            "stats -o json",
            "describe -o json",
            "list-tables --endpoint-url http://127.0.0.1:1",
            "export --format ndjson --out -",
            "export --format csv --out -",
            "send-message " + group + " hi --from nobody",
            "get-conversation --limit",
            "scan --limit 2 -o ndjson --show-capacity",
            "trigger run --once --dry-run -q");
    List<Result> alone = lines.stream().map(line -> table.ddb(line.split(" "))).toList();
    String once = alone.stream().map(Result::out).collect(Collectors.joining());

    Result shell =
        table
            .runner()
            .stdin(String.join("\n", lines) + "\n" + String.join("\n", lines) + "\n")
            .execute("shell", "--keep-going", "-q");

    // Segments of a scan come in any order.
    assertThat(shell.out().lines().sorted().toList())
        .isEqualTo((once + once).lines().sorted().toList());
    assertThat(FAILED.matcher(shell.err()).results().map(found -> found.group(1)).toList())
        .isEqualTo(failed(alone));
  }

  /** Line and exit code of each that fails, twice. */
  private static List<String> failed(List<Result> alone) {
    List<String> failed = new ArrayList<>();
    for (int line = 0; line < 2 * alone.size(); line++) {
      int code = alone.get(line % alone.size()).exitCode();
      if (code != 0) {
        failed.add((line + 1) + ": failed with exit code " + code);
      }
    }
    return failed;
  }
}
