package com.cruddur.ddb.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.cli.Catalogue;
import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private static final List<String> COMMANDS =
      Catalogue.commands().stream().map(CommandEntry::name).toList();

  @Test
  void runsEveryCommandOrItsHelp() {
    assertThat(COMMANDS).hasSizeGreaterThan(30).contains("scan", "cache get", "trigger run");
    List<String> lines = lines();
    assertThat(COMMANDS)
        .allMatch(command -> lines.stream().anyMatch(line -> line.startsWith(command + " ")));
  }

  @Test
  void namesNoCommandThatIsNotThere() {
    assertThat(lines())
        .filteredOn(line -> !line.startsWith("--") && !line.equals("no-such-command "))
        .allMatch(line -> COMMANDS.stream().anyMatch(command -> line.startsWith(command + " ")));
  }

  private static List<String> lines() {
    Stream<String[]> lines = Training.all().stream();
    return lines.map(line -> String.join(" ", line) + " ").toList();
  }
}
