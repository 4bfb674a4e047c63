package com.cruddur.ddb.output;

import static com.cruddur.ddb.output.Printed.list;
import static com.cruddur.ddb.output.Printed.randomText;
import static com.cruddur.ddb.output.Printed.record;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CsvPrinterTest {
  private static final List<String> COLUMNS = List.of("message", "handle");

  @Test
  void aListIsAHeaderAndALineForEachRecord() {
    String text =
        list(
            OutputFormat.CSV,
            COLUMNS,
            record("message", "hello, world", "handle", "andrewbrown", "other", "not asked for"),
            record("handle", "", "message", null),
            record("message", "say \"hi\"\nthere", "handle", 9007199254740993L));

    assertThat(text)
        .isEqualTo(
            """
            message,handle
            "hello, world",andrewbrown
            ,""
            "say ""hi""
            there",9007199254740993
            """);
  }

  @Test
  void anEmptyListIsTheHeader() {
    assertThat(list(OutputFormat.CSV, COLUMNS)).isEqualTo("message,handle\n");
  }

  @Test
  void theOnlyCellOfARecordIsNeverABlankLine() {
    assertThat(list(OutputFormat.CSV, List.of("a"), record("a", null))).isEqualTo("a\n\"\"\n");
  }

  @Test
  void nestedValuesAreCompactJson() {
    String text =
        list(
            OutputFormat.CSV,
            COLUMNS,
            record("message", Map.of("a", List.of(1, true)), "handle", List.of()));
    assertThat(text).isEqualTo("message,handle\n\"{\"\"a\"\":[1,true]}\",[]\n");
  }

  @Test
  void textThatASpreadsheetWouldComputeStandsBehindAnApostrophe() {
    assertThat(lastLine("=1+1")).isEqualTo("'=1+1");
    assertThat(lastLine("+1")).isEqualTo("'+1");
    assertThat(lastLine("-1")).isEqualTo("'-1");
    assertThat(lastLine("@SUM(A1)")).isEqualTo("'@SUM(A1)");
    assertThat(lastLine("\tx")).isEqualTo("'\tx");
    assertThat(lastLine("'=1")).isEqualTo("''=1");
    assertThat(lastLine("'tis")).isEqualTo("'tis");
    assertThat(lastLine(-1)).isEqualTo("-1");
    assertThat(lastLine(new BigDecimal("-1.50"))).isEqualTo("-1.50");
    assertThat(list(OutputFormat.CSV, List.of("=cmd"))).isEqualTo("'=cmd\n");
  }

  @Test
  void rawCsvLeavesFormulasAsTheyAre() {
    Display raw = new Display(false, 0, false, null, true);
    List<Map<String, Object>> records = List.of(record("a", "=1+1"), record("a", "'=1"));
    assertThat(list(OutputFormat.CSV, List.of("a"), raw, records)).isEqualTo("a\n=1+1\n'=1\n");
  }

  @Test
  void controlsAreVisibleOnATerminalAndRawInAPipe() {
    List<Map<String, Object>> records = List.of(record("a", "\u001b[2J\u009b"));
    assertThat(list(OutputFormat.CSV, List.of("a"), true, 80, records))
        .isEqualTo("a\n\\u001b[2J\\u009b\n");
    assertThat(list(OutputFormat.CSV, List.of("a"), false, 0, records))
        .isEqualTo("a\n\u001b[2J\u009b\n");
  }

  @Test
  void anyTextComesBackButForLoneSurrogatesOnceTheApostropheIsTakenAway() throws Exception {
    Random random = new Random(42);
    Pattern guarded = Pattern.compile("'+[=+\\-@\t\r\n＝＋－＠].*", Pattern.DOTALL);
    for (int i = 0; i < 2_000; i++) {
      String message = randomText(random);
      String handle = randomText(random);
      String text = list(OutputFormat.CSV, COLUMNS, record("message", message, "handle", handle));

      try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(text)) {
        List<CsvRecord> lines = csv.stream().toList();
        assertThat(lines).hasSize(2);
        List<String> read =
            lines.get(1).getFields().stream()
                .map(cell -> guarded.matcher(cell).matches() ? cell.substring(1) : cell)
                .toList();
        assertThat(read).containsExactly(spelled(message), spelled(handle));
      }
    }
  }

  private static String lastLine(Object value) {
    return list(OutputFormat.CSV, List.of("a"), record("a", value)).lines().toList().get(1);
  }

  private static String spelled(String text) {
    return Pattern.compile("[\ud800-\udfff]")
        .matcher(text)
        .replaceAll(lone -> Matcher.quoteReplacement(VisibleText.hex(lone.group().charAt(0))));
  }
}
