package com.cruddur.ddb.output;

import static com.cruddur.ddb.output.Printed.list;
import static com.cruddur.ddb.output.Printed.randomText;
import static com.cruddur.ddb.output.Printed.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
  private static final List<String> COLUMNS = List.of("handle", "message", "size");

  @Test
  void columnsAreAlignedAndNumbersStandToTheRight() {
    String text =
        list(
            OutputFormat.TABLE,
            COLUMNS,
            record("handle", "andrewbrown", "message", "hello", "size", 5, "other", 1),
            record("handle", "bayko", "message", "two\nlines", "size", 9007199254740993L),
            record("handle", "londo", "message", Map.of("a", "x\ny"), "size", null));

    assertThat(text)
        .isEqualTo(
            """
            handle       message                   size
            -----------  ------------  ----------------
            andrewbrown  hello                        5
            bayko        two\\nlines    9007199254740993
            londo        {"a":"x\\ny"}
            """);
  }

  @Test
  void anEmptyListIsTheHeader() {
    assertThat(list(OutputFormat.TABLE, COLUMNS))
        .isEqualTo("handle  message  size\n------  -------  ----\n");
  }

  @Test
  void wideCharactersKeepColumnsAligned() {
    List<String> texts =
        List.of(
            "abc",
            "漢字",
            "한국",
            "😀😀",
            "e\u0301",
            "👨\u200d👩\u200d👧",
            "🇩🇪",
            "👍🏽",
            "❤\ufe0f",
            "1\ufe0f\u20e3");
    List<Map<String, Object>> records = new ArrayList<>();
    texts.forEach(text -> records.add(record("a", text, "b", "END")));

    List<String> lines =
        list(OutputFormat.TABLE, List.of("a", "b"), false, 0, records).lines().toList();

    for (String line : lines.subList(2, lines.size())) {
      assertThat(VisibleText.width(line.substring(0, line.indexOf("END")))).isEqualTo(6);
    }
  }

  @Test
  void anyTextKeepsOneLineAndItsColumns() {
    Random random = new Random(7);
    List<Map<String, Object>> records = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      records.add(record("a" + "\u001b", randomText(random), "b", "END"));
    }
    String text = list(OutputFormat.TABLE, List.of("a\u001b", "b"), false, 0, records);
    List<String> lines = text.lines().toList();
    int start = VisibleText.width(lines.get(1)) - 3;

    assertThat(lines).hasSize(502);
    assertThat(text.chars().filter(c -> c != '\n' && VisibleText.isObeyed((char) c))).isEmpty();
    for (String line : lines.subList(2, lines.size())) {
      assertThat(VisibleText.width(line.substring(0, line.lastIndexOf("END")))).isEqualTo(start);
    }
  }

  @Test
  void aTableTooWideForTheTerminalKeepsWhatOneCopiesLongest() {
    String uuid = "3f346c75-ad75-43df-aa35-5b4de50470e0";
    List<Map<String, Object>> records =
        List.of(
            record(
                "created_at",
                "2026-03-19T23:59:59.000000+00:00",
                "uuid",
                uuid,
                "text",
                "some words"));
    List<String> columns = List.of("created_at", "uuid", "text");

    assertThat(list(OutputFormat.TABLE, columns, true, 80, records).lines().toList().get(2))
        .isEqualTo("2026-03-19T23:59:59.000000+00…  " + uuid + "  some words");
    assertThat(list(OutputFormat.TABLE, columns, true, 65, records).lines().toList().subList(2, 4))
        .containsExactly("2026-03-19T23:59:59.000000…  " + uuid, "    some words");
    assertThat(list(OutputFormat.TABLE, columns, true, 40, records))
        .isEqualTo(
            """
            created_at
              2026-03-19T23:59:59.000000+00:00
            uuid
              3f346c75-ad75-43df-aa35-5b4de50470e0
            text        some words
            """);
  }

  @Test
  void atEveryWidthAUuidAndAHandleAreWholeAndProseHasRoom() {
    String uuid = "3f346c75-ad75-43df-aa35-5b4de50470e0";
    String text = "a long text that somebody wrote, of more than one line ".repeat(4).strip();
    List<String> columns = List.of("last_message_at", "other_user_handle", "uuid", "last_message");
    List<Map<String, Object>> records =
        List.of(
            record(
                "last_message_at",
                "2026-03-19T23:59:59.000000+00:00",
                "other_user_handle",
                "a-handle-of-some-length",
                "uuid",
                uuid,
                "last_message",
                text));
    for (int width : List.of(40, 60, 80, 100, 120, 200)) {
      String table = list(OutputFormat.TABLE, columns, true, width, records);
      assertThat(table).contains(uuid, "a-handle-of-some-length", "a long text that somebody");
      assertThat(table.lines())
          .allSatisfy(line -> assertThat(VisibleText.width(line)).isLessThanOrEqualTo(width));
    }
    assertThat(list(OutputFormat.TABLE, columns, true, 80, records).replaceAll("\\s+", " "))
        .contains(text);
  }

  @Test
  void aTableTooWideForTheTerminalLosesTheEndOfItsWidestText() {
    List<Map<String, Object>> records =
        List.of(record("handle", "andrewbrown", "message", "漢".repeat(40), "size", 1234567890L));

    List<String> cut = list(OutputFormat.TABLE, COLUMNS, true, 40, records).lines().toList();
    assertThat(cut.get(2)).isEqualTo("andrewbrown  漢漢漢漢漢漢漢…  1234567890");
    assertThat(cut).allSatisfy(line -> assertThat(VisibleText.width(line)).isLessThanOrEqualTo(40));

    assertThat(list(OutputFormat.TABLE, COLUMNS, false, 40, records)).contains("漢".repeat(40));
    assertThat(list(OutputFormat.TABLE, COLUMNS, true, 0, records)).contains("漢".repeat(40));
  }

  @Test
  void noTextForgesASecondLineOrFloodsATerminal() {
    for (String piece :
        List.of(
            "\u1100",
            "👨\u200d",
            "\u1100\u200d",
            "👨\u200d👩\u200d👧",
            "🇩",
            "a\u0301",
            "\u200b")) {
      List<Map<String, Object>> records =
          List.of(
              record("handle", piece.repeat(9), "message", piece.repeat(50_000), "size", 1),
              record("handle", "a", "message", piece.repeat(30), "size", 2));
      for (int columns : List.of(40, 80)) {
        List<String> lines =
            list(OutputFormat.TABLE, COLUMNS, true, columns, records).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines)
            .allSatisfy(
                line -> {
                  assertThat(VisibleText.mostWidth(line)).isLessThanOrEqualTo(columns);
                  assertThat(line.length()).isLessThan(4_000);
                });
      }
      assertThat(list(OutputFormat.TABLE, COLUMNS, true, 0, records).length()).isLessThan(100_000);
    }
  }

  @Test
  void colourChangesNoWidthAndIsForHeadersTimesAndUuids() {
    Display plain = new Display(true, 40, false, null, false);
    Display coloured = new Display(true, 40, true, null, false);
    List<String> columns = List.of("created_at", "uuid", "message");
    List<Map<String, Object>> records =
        List.of(
            record(
                "created_at",
                "2026-03-19T23:59:59.000000+00:00",
                "uuid",
                "u",
                "message",
                "漢".repeat(9)),
            record("created_at", "", "uuid", null, "message", "x"));

    String text = list(OutputFormat.TABLE, columns, coloured, records);

    assertThat(text.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(list(OutputFormat.TABLE, columns, plain, records));
    assertThat(text.lines().toList())
        .first()
        .asString()
        .startsWith("\u001b[1mcreated_at")
        .endsWith("uuid\u001b[m");
    assertThat(text.lines().toList().get(2))
        .isEqualTo("\u001b[2m2026-03-19T23:59:59.000000+00:00\u001b[m  \u001b[2mu\u001b[m");
    assertThat(text.lines().toList().get(3)).isEqualTo("    " + "漢".repeat(9));
  }

  @Test
  void timesAreToldByTheirDistanceWhereThatIsWished() {
    Instant now = Instant.parse("2026-03-20T00:00:59Z");
    Display relative = new Display(false, 0, false, InstantSource.fixed(now), false);
    List<Map<String, Object>> records =
        List.of(
            record(
                "created_at",
                "2026-03-19T23:59:59.000000+00:00",
                "sk",
                "2026-03-19T23:59:59.000000+00:00"));
    assertThat(list(OutputFormat.TABLE, List.of("created_at", "sk"), relative, records))
        .contains("\n1 min ago   2026-03-19T23:59:59.000000+00:00\n");
    assertThat(list(OutputFormat.CSV, List.of("created_at"), relative, records))
        .contains("2026-03-19T23:59:59.000000+00:00");
  }

  @Test
  void numbersAreNeverCut() {
    BigDecimal number = new BigDecimal("12345678901234567890123456789012345678");
    assertThat(list(OutputFormat.TABLE, List.of("n"), true, 10, List.of(record("n", number))))
        .contains(number.toString());
  }

  @Test
  void aFlushShowsThePageAndLaterPagesMayWidenColumns() {
    StringWriter out = new StringWriter();
    RecordPrinter printer =
        Printers.records(OutputFormat.TABLE, out, List.of("a", "b"), Display.PIPE);
    printer.print(record("a", "x", "b", "1"));
    assertThat(out.toString()).isEmpty();
    printer.flush();
    assertThat(out.toString()).isEqualTo("a  b\n-  -\nx  1\n");
    printer.print(record("a", "long", "b", "2"));
    printer.print(record("a", "y", "b", "3"));
    printer.close();
    printer.close();
    assertThat(out.toString()).endsWith("x  1\nlong  2\ny     3\n");
  }

  @Test
  void oneHugeCellDoesNotPadTheOthersOrFillTheMemory() {
    StringWriter out = new StringWriter();
    RecordPrinter printer =
        Printers.records(OutputFormat.TABLE, out, List.of("a", "b"), Display.PIPE);
    for (int i = 0; i < 3; i++) {
      printer.print(record("a", "x".repeat(400_000), "b", "1"));
    }
    assertThat(out.toString()).as("three large records are more than a window").isNotEmpty();
    printer.print(record("a", "y", "b", "2"));
    printer.close();
    assertThat(out.toString().lines().reduce((a, b) -> b).orElseThrow()).hasSizeLessThan(3_000);
  }
}
