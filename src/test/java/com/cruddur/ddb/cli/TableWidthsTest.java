package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables as a terminal of some width shows them, kept as text; {@code -Dgolden.update=true} writes
 * it anew.
 */
class TableWidthsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/tables");
  private static final String GROUP = "3f346c75-ad75-43df-aa35-5b4de50470e0";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final List<String> LINES =
      List.of(
          "list-conversations andrewbrown",
          "get-conversation " + GROUP + " --limit 4",
          "list-users",
          "find scan --in " + GROUP,
          "scan --limit 3",
          "check",
          "list-conversations andrewbrown --columns uuid,last_message",
          "get-conversation " + GROUP + " --limit 2 --wide");

  private final DdbRunner ddb = sample();

  private static DdbRunner sample() {
    MessageTable table = MessageTable.create();
    Outcome.done(table.ddb("seed", "seed-data/conversations.json"));
    // A row that stands before its newest message.
    table.put(
        "pk",
        "MSG#" + GROUP,
        "sk",
        "2026-03-21T08:00:00.000000+00:00",
        "message_uuid",
        "4d1a2b0e-7a55-4b53-9a0f-6a4f0f7f7a11",
        "message",
        "Written by others",
        "user_uuid",
        MessageTable.BAYKO.uuid(),
        "user_display_name",
        MessageTable.BAYKO.displayName(),
        "user_handle",
        MessageTable.BAYKO.handle());
    return table.runner();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 120, 200})
  void areWhatTheyWere(int width) throws IOException {
    StringBuilder shown = new StringBuilder();
    for (String line : LINES) {
      Result result = ddb.terminal("1:" + width).execute(line.split(" "));
      shown.append("$ ddb ").append(line).append('\n').append(result.out()).append('\n');
    }
    Path golden = FOLDER.resolve(width + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, shown);
    }
    assertThat(shown.toString()).isEqualTo(Files.readString(golden, UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 120, 200})
  void keepEveryUuidAndFitTheTerminal(int width) {
    for (String line : LINES.subList(0, LINES.size() - 1)) {
      String out = ddb.terminal("1:" + width).execute(line.split(" ")).out();
      // The columns are those of the table.
      List<String> uuids =
          UUID.matcher(ddb.execute(line.split(" ")).out()).results().map(m -> m.group()).toList();
      assertThat(UUID.matcher(out).results().map(m -> m.group()).toList())
          .as(line)
          .isEqualTo(uuids);
      assertThat(out.lines()).as(line).allMatch(l -> l.codePointCount(0, l.length()) <= width);
    }
  }

  @Test
  void showTheColumnsThatAreAskedForInEveryFormat() {
    String[] asked = {"list-conversations", "andrewbrown", "--columns", "last_message,uuid"};
    for (String format : List.of("table", "csv", "json", "ndjson")) {
      Result result = Outcome.done(ddb.execute(with(asked, "-o", format)));
      assertThat(result.out()).contains("last_message", "uuid").doesNotContain("handle");
      assertThat(result.out().indexOf("last_message")).isLessThan(result.out().indexOf("uuid"));
    }
    Result scan = ddb.execute("scan", "--limit", "1", "--columns", "sk,nonsense", "-o", "csv");
    assertThat(Outcome.done(scan).out()).startsWith("sk,nonsense\n");
  }

  @Test
  void refuseAColumnThatTheyDoNotHave() {
    Result result = ddb.execute("list-users", "--columns", "uuid,hanlde");
    assertThat(Outcome.failed(2, result).err())
        .isEqualTo(
            """
            ddb: there is no column 'hanlde'
              hint: Did you mean handle? The columns are uuid, display_name, handle, conversations, last_message_at.
            """);
    Outcome.failed(2, ddb.execute("list-users", "--columns", ""));
  }

  @ParameterizedTest
  @MethodSource("listing")
  void refuseItBeforeAnythingIsRead(CommandEntry entry) {
    String arguments =
        Map.of("diff", " a b", "list-conversations", " londo", "find", " text", "list-users", "")
            .getOrDefault(entry.name(), " " + GROUP);
    // Nothing answers there: whatever were asked first would be told instead.
    String line = entry.name() + arguments + " --columns uuid,nonsense --endpoint-url ";
    Result result = ddb.execute((line + "http://127.0.0.1:1").split(" "));
    assertThat(Outcome.failed(2, result).err()).contains("no column ", "The columns are ");
  }

  static Stream<CommandEntry> listing() {
    return Catalogue.commands().stream()
        .filter(e -> e.traits().contains(Trait.LISTS))
        // An item may have any attribute.
        .filter(e -> !e.name().equals("scan"));
  }

  @Test
  void showEverythingUncutWhereThatIsAskedFor() {
    String out = ddb.terminal("1:80").execute("list-conversations", "andrewbrown", "--wide").out();
    assertThat(out.lines().findFirst().orElseThrow().split(" +"))
        .containsExactly(
            "uuid",
            "other_user_uuid",
            "other_user_display_name",
            "other_user_handle",
            "last_message",
            "last_message_at");
    assertThat(out).doesNotContain("…");
    assertThat(out.lines()).hasSize(2 + 2);
  }

  private static String[] with(String[] line, String... more) {
    return Stream.of(line, more).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
