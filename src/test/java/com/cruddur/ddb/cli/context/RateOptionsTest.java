package com.cruddur.ddb.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateOptionsTest {
  private final MessageTable table = MessageTable.create();

  /** What was consumed is bounded by the time that passed, however slow the machine is. */
  private static void assertBounded(Result result, String unit, int rate, long start) {
    Matcher units = Pattern.compile("([0-9.]+) " + unit).matcher(result.err());
    assertThat(units.find()).as(result.toString()).isTrue();
    double seconds = (System.nanoTime() - start) / 1e9;
    // A second's worth is the bucket, and one more the request that is under way.
    assertThat(Double.parseDouble(units.group(1))).isLessThanOrEqualTo(rate * (seconds + 2));
  }

  private static String items(int number, int bytes) {
    String item =
        "{\"Item\":{\"pk\":{\"S\":\"MSG#%d\"},\"sk\":{\"S\":\"t%d\"},\"message\":{\"S\":\"%s\"}}}";
    return IntStream.range(0, number)
        .mapToObj(i -> item.formatted(i % 20, i, "x".repeat(bytes)))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void anImportWritesNoFaster() {
    long start = System.nanoTime();
    Result result =
        table
            .runner()
            .stdin(items(450, 1))
            .execute("import", "-", "--max-wcu", "150", "--show-capacity");
    assertBounded(result, "WCU", 150, start);
    assertThat(table.items()).hasSize(450);
  }

  @Test
  void aTableIsReadNoFaster() {
    Outcome.done(table.runner().stdin(items(200, 4000)).execute("import", "-"));
    Map<String, Integer> rates = Map.of("export", 40, "scan", 40, "check", 100);
    rates.forEach(
        (command, rate) -> {
          long start = System.nanoTime();
          Result result = table.ddb(command, "--max-rcu", String.valueOf(rate), "--show-capacity");
          assertBounded(result, "RCU", rate, start);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed - --max-wcu 0",
        "import - --max-wcu -1",
        "scan --max-rcu 0",
        "export --max-rcu x",
        "check --max-rcu 0"
      })
  void aRateIsAtLeastOne(String command) {
    Outcome.failed(2, table.ddb(command.split(" ")));
  }
}
