package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the help of a command lists among the global options changes what the command does. */
class HeededOptionsTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final String NOBODY = "http://127.0.0.1:1";

  /** Asks nobody, or a cache, which is the local one beside a url of this machine. */
  private static final Set<String> ASKS_NO_ENDPOINT = Set.of("policy", "shell", "cache check");

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();
  private final String group = table.conversation(AT, "hello");

  @BeforeEach
  void writeItems() throws IOException {
    Files.writeString(
        folder.resolve("items.json"),
        "{\"Item\":{\"pk\":{\"S\":\"MSG#1\"},\"sk\":{\"S\":\"x\"}}}\n");
  }

  static Stream<CommandEntry> commands() {
    return Catalogue.commands().stream();
  }

  private static boolean lists(CommandEntry entry, String option) {
    List<String> words = new ArrayList<>(List.of(entry.name().split(" ")));
    words.add("--help");
    return DdbRunner.run(words.toArray(String[]::new)).out().contains(" " + option);
  }

  private Result run(CommandEntry entry, String... options) {
    List<String> line = new ArrayList<>(List.of(entry.name().split(" ")));
    String arguments =
        SignerOfEveryCommandTest.ARGUMENTS.getOrDefault(entry.name(), HelpExample.arguments(entry));
    Stream.of(arguments.split(" "))
        .filter(word -> !word.isEmpty() && !word.startsWith("--confirm") && !word.equals("CACHE"))
        .map(word -> word.equals("C") || word.equals("M") ? group : word)
        .map(word -> word.equals("TABLE") ? table.name() : word)
        .map(word -> word.replace("FOLDER", folder.toString()))
        .filter(word -> !word.equals(table.name()))
        .forEach(line::add);
    line.addAll(List.of(options));
    return table.runner().stdin("").execute(line.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void explain(CommandEntry entry) {
    if (lists(entry, "--explain")) {
      assertThat(Outcome.done(run(entry, "--explain")).out()).isNotBlank();
    } else {
      Result refused = Outcome.failed(ExitCode.USAGE, run(entry, "--explain"));
      assertThat(refused.err()).contains("cannot be explained");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endpoint(CommandEntry entry) {
    boolean table = entry.traits().contains(Trait.TABLE);
    if (lists(entry, "--endpoint-url") && table && !ASKS_NO_ENDPOINT.contains(entry.name())) {
      Result result = run(entry, "--endpoint-url", NOBODY, "--timeout", "1");
      assertThat(result.exitCode()).as(result.toString()).isNotZero();
      assertThat(result.out() + result.err()).contains(NOBODY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list-tables",
        "describe",
        "scan",
        "list-conversations andrewbrown",
        "list-users",
        "find h",
        "check",
        "stats",
        "export-user andrewbrown",
        "schema-load",
        "trigger run --once"
      })
  void showCapacity(String line) {
    Result result = Outcome.done(table.ddb((line + " --show-capacity").split(" ")));
    assertThat(result.err()).containsPattern("capacity: .* [1-9]\\d* requests?");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void times(CommandEntry entry) {
    if (lists(entry, "--times") && !Set.of("tail", "shell").contains(entry.name())) {
      assertThat(run(entry, "--times", "relative", "-o", "table").out())
          .contains(" ago")
          .doesNotContain(AT);
    }
  }
}
