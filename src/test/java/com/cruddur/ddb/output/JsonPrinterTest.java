package com.cruddur.ddb.output;

import static com.cruddur.ddb.output.Printed.list;
import static com.cruddur.ddb.output.Printed.randomText;
import static com.cruddur.ddb.output.Printed.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonPrinterTest {
  private static final List<String> COLUMNS = List.of("message", "handle");
  private final ObjectMapper mapper =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void aListIsOneDocumentWithItsItemsIndented() {
    String text =
        list(
            OutputFormat.JSON,
            COLUMNS,
            record("message", "hello", "handle", "andrewbrown", "seen", true),
            record("message", null, "tags", List.of("a", 1), "none", List.of()));

    assertThat(text)
        .isEqualTo(
            """
            {
              "items": [
                {
                  "message": "hello",
                  "handle": "andrewbrown",
                  "seen": true
                },
                {
                  "message": null,
                  "tags": [
                    "a",
                    1
                  ],
                  "none": []
                }
              ],
              "next_token": null
            }
            """);
  }

  @Test
  void anEmptyListIsADocumentToo() {
    assertThat(list(OutputFormat.JSON, COLUMNS))
        .isEqualTo("{\n  \"items\": [],\n  \"next_token\": null\n}\n");
  }

  @Test
  void theNextTokenFollowsTheItemsAndIsSetOnce() {
    StringWriter out = new StringWriter();
    try (RecordPrinter printer = Printers.records(OutputFormat.JSON, out, COLUMNS, Display.PIPE)) {
      printer.nextToken("eyJ\u001b");
      printer.print(record("message", "hello"));
      assertThatThrownBy(() -> printer.nextToken("other"))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(out.toString()).endsWith("  ],\n  \"next_token\": \"eyJ\\u001B\"\n}\n");
  }

  @Test
  void aSecondCloseDoesNothing() {
    StringWriter out = new StringWriter();
    RecordPrinter printer = Printers.records(OutputFormat.JSON, out, COLUMNS, Display.PIPE);
    printer.close();
    String once = out.toString();
    printer.close();
    assertThat(out.toString()).isEqualTo(once);
  }

  @Test
  void itemsAreVisibleAfterAFlush() {
    StringWriter out = new StringWriter();
    RecordPrinter printer = Printers.records(OutputFormat.JSON, out, COLUMNS, Display.PIPE);
    printer.print(record("message", "hello"));
    printer.flush();
    assertThat(out.toString()).contains("hello");
    printer.close();
  }

  @Test
  void numbersKeepEveryDigit() {
    String digits = "12345678901234567890123456789012345678";
    String text =
        list(
            OutputFormat.NDJSON,
            COLUMNS,
            record(
                "long", 9007199254740993L,
                "decimal", new BigDecimal(digits),
                "integer", new BigInteger(digits),
                "fraction", new BigDecimal("1.10"),
                "huge", new BigDecimal("1E+125"),
                "nan", Double.NaN));

    assertThat(text)
        .isEqualTo(
            "{\"long\":9007199254740993,\"decimal\":%s,\"integer\":%s,\"fraction\":1.10,\"huge\":1E+125,\"nan\":\"NaN\"}\n"
                .formatted(digits, digits));
  }

  @Test
  void nothingInTheDataIsLeftForATerminalToObey() {
    String text =
        list(
            OutputFormat.NDJSON,
            COLUMNS,
            record("a\u001b]0;x\u0007", "\u009b2J\u007f\u202e\u2028"));

    assertThat(text).isEqualTo("{\"a\\u001B]0;x\\u0007\":\"\\u009b2J\\u007f\\u202e\\u2028\"}\n");
  }

  @Test
  void loneSurrogatesAreSpelledOutAndPairsKept() {
    String text =
        list(OutputFormat.NDJSON, COLUMNS, record("a", "\ud83d x \ude00\ude00 😀", "b", "\ud83d"));

    assertThat(text).isEqualTo("{\"a\":\"\\ud83d x \\ude00\\ude00 😀\",\"b\":\"\\ud83d\"}\n");
  }

  @Test
  void aPairSplitBetweenTwoWritesStaysAPair() {
    for (int length = 3_990; length < 4_010; length++) {
      String data = "x".repeat(length) + "😀\ude00";
      assertThat(JsonText.compact(data)).isEqualTo("\"" + "x".repeat(length) + "😀\\ude00\"");
    }
  }

  @Test
  void ndjsonIsOneLineForEachRecordAndNothingElse() {
    StringWriter out = new StringWriter();
    try (RecordPrinter printer =
        Printers.records(OutputFormat.NDJSON, out, COLUMNS, Display.PIPE)) {
      printer.print(record("message", "two\nlines", "nested", Map.of("a", List.of(1, 2))));
      printer.print(record());
      printer.nextToken("abc");
    }
    assertThat(out.toString())
        .isEqualTo("{\"message\":\"two\\nlines\",\"nested\":{\"a\":[1,2]}}\n{}\n");
    assertThat(list(OutputFormat.NDJSON, COLUMNS)).isEmpty();
  }

  @Test
  void anyTextComesBackFromJsonAndNdjson() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      Map<String, Object> data =
          record(
              utf8(randomText(random)) + "1",
              randomText(random),
              utf8(randomText(random)) + "2",
              Arrays.asList(randomText(random), null, random.nextInt()),
              "n",
              new BigDecimal(new BigInteger(120, random), 1 + random.nextInt(40)));

      String document = utf8(list(OutputFormat.JSON, COLUMNS, data));
      String line = utf8(list(OutputFormat.NDJSON, COLUMNS, data));

      assertThat(mapper.readValue(line, Object.class)).isEqualTo(data);
      assertThat(mapper.readValue(document, Object.class))
          .isEqualTo(record("items", List.of(data), "next_token", null));
    }
  }

  /**
   * What arrives of a text in UTF-8; in a field name Jackson reads no lone surrogates, however
   * escaped.
   */
  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
