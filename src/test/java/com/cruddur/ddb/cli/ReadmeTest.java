package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What README shows of ddb is what ddb prints of its sample data. */
class ReadmeTest {
  private static final String TYPED = "(?m)^\\$ \\./bin/ddb ";

  private final MessageTable table = MessageTable.create();

  @Test
  void theFirstCommandsPrintWhatReadmeShows() throws IOException {
    Outcome.done(table.ddb("seed", "-q"));
    String readme = Files.readString(Path.of("README.md"));
    String shown = readme.substring(readme.indexOf("```text"), readme.indexOf("## Start"));
    String[] commands = shown.replace("```text\n", "").replace("```", "").split(TYPED);
    assertThat(commands).hasSize(4);
    for (String each : List.of(commands).subList(1, commands.length)) {
      String[] parts = each.split("\n", 2);
      DdbRunner.Result result = Outcome.done(table.ddb(parts[0].split(" ")));
      assertThat(result.out().strip()).as(parts[0]).isEqualTo(parts[1].strip());
    }
  }
}
