package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateTest {
  private static final String[] SMALL = {
    "seed", "--generate", "--users", "10", "--conversations", "20", "--messages", "300"
  };

  @TempDir private Path folder;

  private static String[] with(String... more) {
    String[] all = java.util.Arrays.copyOf(SMALL, SMALL.length + more.length);
    System.arraycopy(more, 0, all, SMALL.length, more.length);
    return all;
  }

  @Test
  void generatedTwiceIsWrittenOnce() {
    MessageTable table = MessageTable.create();
    Result first = Outcome.done(table.ddb(with("-o", "csv")));
    assertThat(first.out()).contains("conversation,20,20,0,0").contains("message,300,300,0,0");
    Result again = Outcome.done(table.ddb(with("-o", "csv")));
    assertThat(again.out()).contains("conversation,20,0,20,0").contains("message,300,0,300,0");
    Result checked = Outcome.done(table.ddb("check"));
    assertThat(checked.err()).contains("checked 300 messages and 40 rows of 20 conversations: 0 f");
  }

  @Test
  void anotherSeedOrEndGivesOtherData() {
    String one = Outcome.done(DdbRunner.run(with("--out", "-"))).out();
    assertThat(one.lines()).hasSize(330);
    assertThat(one.stripTrailing())
        .endsWith("\"created_at\":\"2026-03-18T20:15:00.000000+00:00\"}");
    assertThat(Outcome.done(DdbRunner.run(with("--out", "-", "--random-seed", "2"))).out())
        .isNotEqualTo(one);
    assertThat(Outcome.done(DdbRunner.run(with("--out", "-", "--until", "2026-01-02"))).out())
        .contains("2026-01-02T00:00:00.000000");
  }

  @Test
  void aFileIsWrittenOnceAndLoadsAsTheSame() throws IOException {
    Path file = folder.resolve("made.ndjson.gz");
    Outcome.done(DdbRunner.run(with("--out", file.toString())));
    assertThat(Files.size(file)).isLessThan(50_000);
    assertThat(Outcome.failed(2, DdbRunner.run(with("--out", file.toString()))).err())
        .contains("exists");
    MessageTable table = MessageTable.create();
    Outcome.done(table.ddb(SMALL));
    assertThat(Outcome.done(table.ddb("seed", file.toString(), "-o", "csv")).out())
        .contains("message,300,0,300,0");
  }

  @ParameterizedTest
  @CsvSource({
    "--messages 10, 100 10 10",
    "--users 3, 3 3 10000",
    "--conversations 20000, 201 20000 20000",
    "--users 5 --conversations 4 --messages 4, 5 4 4",
  })
  void aDefaultFitsWhatWasAskedFor(String options, String made) {
    String out =
        Outcome.done(DdbRunner.run(("seed --generate --out - " + options).split(" "))).out();
    assertThat(
            "%d %d %d"
                .formatted(count(out, "user"), count(out, "conversation"), count(out, "message")))
        .isEqualTo(made);
  }

  private static long count(String lines, String type) {
    return lines.lines().filter(line -> line.startsWith("{\"type\":\"" + type)).count();
  }

  @ParameterizedTest
  @CsvSource({
    "--generate --users 1, --users 1 cannot be",
    "--generate --users five, is not a number",
    "--generate --conversations 0, --conversations 0 cannot be",
    "--generate --users 3 --conversations 4, --conversations 4 cannot be",
    "--generate --messages 5 --conversations 6, --messages 5 cannot be",
    "--generate --until tomorrow, is not a valid time",
    "--generate file.json, reads no files",
    "--messages 5, are for --generate",
  })
  void wrongNumbersAreNamed(String options, String error) {
    assertThat(Outcome.failed(2, DdbRunner.run(("seed " + options).split(" "))).err())
        .contains(error);
  }
}
