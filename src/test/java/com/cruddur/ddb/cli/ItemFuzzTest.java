package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.dynamo.batch.BatchWriter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Thousands of odd items, the same in every run, read by every command that reads. */
class ItemFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FORMATS = List.of("table", "json", "ndjson", "csv");

  private final MessageTable table = MessageTable.create();
  private final FuzzedItems items = new FuzzedItems(new Random(Fuzz.SEED));
  private int stored;

  @BeforeEach
  void fill() {
    Map<String, Map<String, AttributeValue>> distinct = items.next(Fuzz.ITEMS);
    stored = distinct.size();
    try (BatchWriter writer = new BatchWriter(MessageTable.client(), table.name(), attempt -> {})) {
      writer.putAll(List.copyOf(distinct.values()));
    }
  }

  @Test
  void whateverStandsInTheTableIsReadInEveryFormatAndObeyedByNoTerminal(@TempDir Path folder)
      throws Exception {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("scan", "--segments", "4"));
    lines.add(List.of("check"));
    lines.add(List.of("describe"));
    for (String group : items.groups()) {
      lines.add(List.of("get-conversation", group, "--all"));
      lines.add(List.of("get-conversation", group, "--oldest-first", "--limit", "7"));
      lines.add(List.of("get-conversation", group, "--since", "2020-01-01", "--cached"));
      lines.add(List.of("check", group));
      lines.add(List.of("cache", "check", group));
    }
    for (String user : List.of("andrewbrown", BAYKO.uuid(), LONDO.uuid())) {
      lines.add(List.of("list-conversations", user, "--all"));
      lines.add(List.of("list-conversations", user, "--limit", "3", "--cached"));
    }
    for (List<String> line : lines) {
      for (String format : FORMATS) {
        Result result = run(true, line, "-o", format);
        assertThat(result.exitCode()).as("%s %s", line, result.err()).isIn(0, 3, 5);
        parse(format, result);
      }
    }
    for (String format : List.of("dynamodb-json", "ndjson", "csv")) {
      assertThat(run(true, List.of("export"), "--format", format).exitCode()).isZero();
      assertThat(
              run(
                      false,
                      List.of("export"),
                      "--format",
                      format,
                      "--out",
                      folder + "/" + format + ".gz")
                  .exitCode())
          .isZero();
    }
  }

  /** Every item, whatever is in it, comes through an export and an import as it is. */
  @Test
  void anExportIsImportedAsItWas(@TempDir Path folder) {
    assertThat(run(false, List.of("export"), "--out", folder.toString()).exitCode()).isZero();
    MessageTable copy = MessageTable.create();
    Result imported = copy.ddb("import", folder.toString());
    assertThat(imported.exitCode()).as(imported.toString()).isZero();
    assertThat(Set.copyOf(copy.items())).hasSize(stored).isEqualTo(Set.copyOf(table.items()));
  }

  private Result run(boolean terminal, List<String> line, String... more) {
    DdbRunner ddb = table.runner().env("NO_COLOR", "1").env("MOMENTO_CACHE_NAME", "fuzz-items");
    String[] words = Stream.concat(line.stream(), Arrays.stream(more)).toArray(String[]::new);
    Result result = (terminal ? ddb.terminal("012:80") : ddb).execute(words);
    Fuzz.check(result, terminal, false, Arrays.toString(words));
    return result;
  }

  private static void parse(String format, Result result) throws Exception {
    if (result.exitCode() == ExitCode.NOT_FOUND) {
      return;
    }
    if (format.equals("json") && !result.out().isEmpty()) {
      result.json();
    } else if (format.equals("ndjson")) {
      for (String line : result.out().split("\n")) {
        JSON.readTree(line);
      }
    }
  }
}
