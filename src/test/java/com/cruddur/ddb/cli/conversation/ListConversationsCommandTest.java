package com.cruddur.ddb.cli.conversation;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListConversationsCommandTest {
  private final MessageTable table = MessageTable.create();

  @Test
  void printsTheFieldsOfTheSqlInEveryFormat() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "hello, world");
    Result json = Outcome.done(table.ddb("list-conversations", "andrewbrown", "-o", "json"));
    assertThat(json.err()).isEmpty();
    assertThat(json.json().get("next_token").isNull()).isTrue();
    assertThat(json.items()).hasSize(1);
    String row =
        "{\"uuid\":\"%s\",\"other_user_uuid\":\"%s\",\"other_user_display_name\":\"Andrew Bayko\","
            + "\"other_user_handle\":\"bayko\",\"last_message\":\"hello, world\","
            + "\"last_message_at\":\"2026-03-19T10:00:00.000000+00:00\"}";
    String expected = row.formatted(group, BAYKO.uuid());
    assertThat(json.items().get(0)).hasToString(expected);
    assertThat(table.ddb("list-conversations", "andrewbrown", "-o", "ndjson").out())
        .isEqualTo(expected + "\n");
    assertThat(table.ddb("list-conversations", "andrewbrown", "-o", "csv").out())
        .isEqualTo(
            "uuid,other_user_uuid,other_user_display_name,other_user_handle,last_message,"
                + "last_message_at\n"
                + group
                + ","
                + BAYKO.uuid()
                + ",Andrew Bayko,bayko,\"hello, world\",2026-03-19T10:00:00.000000+00:00\n");
    List<String> text = table.ddb("list-conversations", "andrewbrown").out().lines().toList();
    assertThat(text).hasSize(3);
    assertThat(text.get(0).split(" +"))
        .containsExactly("last_message_at", "other_user_handle", "uuid", "last_message");
    assertThat(text.get(2)).contains("bayko", "hello, world", group);
  }

  @Test
  void putsTheLatestMessageFirstWhateverFormItsTimeHas() {
    String plain = table.conversation("2023-05-01T10:00:00", "ten o'clock UTC");
    String fraction = table.conversation("2023-05-01T10:00:00.123456", "a moment later");
    String zone = table.conversation("2023-05-01T10:00:00+02:00", "eight o'clock UTC");
    String zulu = table.conversation("2023-05-01T11:00:00Z", "eleven o'clock UTC");
    List<JsonNode> items =
        Outcome.done(table.ddb("list-conversations", ANDREW.uuid(), "-o", "json")).items();
    assertThat(items)
        .extracting(item -> item.get("uuid").asText())
        .containsExactly(zulu, fraction, plain, zone);
    assertThat(items)
        .extracting(item -> item.get("last_message_at").asText())
        .containsExactly(
            "2023-05-01T11:00:00.000000+00:00",
            "2023-05-01T10:00:00.123456+00:00",
            "2023-05-01T10:00:00.000000+00:00",
            "2023-05-01T08:00:00.000000+00:00");
  }

  @Test
  void takesAHandleAHandleWithAnAtSignOrAUuid() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "hello");
    for (String user : List.of("bayko", "@bayko", BAYKO.uuid())) {
      Result result = Outcome.done(table.ddb("list-conversations", user, "-o", "json"));
      assertThat(result.items()).hasSize(1);
      assertThat(result.items().get(0).get("uuid").asText()).isEqualTo(group);
      assertThat(result.items().get(0).get("other_user_handle").asText()).isEqualTo("andrewbrown");
    }
  }

  @Test
  void ofAUserWithoutConversationsIsEmpty() {
    assertThat(Outcome.done(table.ddb("list-conversations", "londo", "-o", "json")).items())
        .isEmpty();
    assertThat(
            Outcome.done(table.ddb("list-conversations", MessageTable.uuid(), "-o", "json"))
                .items())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "@nobody", "", "@", " ", "877825ee", "ANDREWBROWN", "a\u0000b"})
  void saysThatAHandleIsUnknown(String user) {
    Result result = Outcome.failed(3, table.ddb("list-conversations", user));
    assertThat(result.err()).contains("is not in the users file", "--users");
  }

  @Test
  void goesOnWhereTheTokenSaysUntilEverythingWasPrintedOnce() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      groups.add(0, table.conversation("2026-03-19T10:00:%02d.000000+00:00".formatted(i), "m" + i));
    }
    assertThat(uuids(table.ddb("list-conversations", "bayko", "-o", "json")))
        .isEqualTo(groups.subList(0, 20));
    List<String> seen = new ArrayList<>();
    String token = null;
    int pages = 0;
    do {
      List<String> args =
          new ArrayList<>(List.of("list-conversations", "bayko", "--limit", "7", "-o", "json"));
      if (token != null) {
        args.addAll(List.of("--next-token", token));
      }
      Result page = Outcome.done(table.ddb(args.toArray(new String[0])));
      seen.addAll(uuids(page));
      token = page.json().get("next_token").asText(null);
      pages++;
    } while (token != null);
    assertThat(seen).isEqualTo(groups);
    assertThat(pages).isEqualTo(4);
    assertThat(uuids(table.ddb("list-conversations", "bayko", "--all", "-o", "json")))
        .isEqualTo(groups);
    Result all = table.ddb("list-conversations", "bayko", "--all", "--limit", "4", "-o", "json");
    assertThat(uuids(all)).isEqualTo(groups);
    assertThat(all.json().get("next_token").isNull()).isTrue();
  }

  @Test
  void tellsTheNextTokenOnStandardErrorWhereTheFormatHasNoPlaceForIt() {
    for (int i = 0; i < 3; i++) {
      table.conversation("2026-03-19T10:00:0" + i + ".000000+00:00", "m" + i);
    }
    for (String format : List.of("table", "csv", "ndjson")) {
      Result result =
          Outcome.done(table.ddb("list-conversations", "bayko", "--limit", "2", "-o", format));
      assertThat(result.err()).startsWith("more: --next-token ");
      String token = result.err().strip().split(" ")[2];
      Result rest = table.ddb("list-conversations", "bayko", "--next-token", token, "-o", "ndjson");
      assertThat(rest.out().lines()).hasSize(1);
      assertThat(rest.err()).isEmpty();
    }
    Result quiet = table.ddb("list-conversations", "bayko", "--limit", "2", "-q");
    assertThat(quiet.err()).isEmpty();
  }

  @Test
  void asksWhetherAHandleIsMistyped() {
    for (String typed : List.of("abyko", "@Bayko", "bayk", "baykoo")) {
      String err = Outcome.failed(3, table.ddb("list-conversations", typed)).err();
      assertThat(err).contains("user '" + typed + "'", "Did you mean bayko? Name a file");
    }
    String err = Outcome.failed(3, table.ddb("list-conversations", "zaphod")).err();
    assertThat(err).contains("hint: Name a file");
    String sent =
        Outcome.failed(3, table.ddb("send-message", MessageTable.uuid(), "x", "--from", "lodno"))
            .err();
    assertThat(sent).doesNotContain("Did you mean");
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "m");
    String from =
        Outcome.failed(3, table.ddb("send-message", group, "x", "--from", "andrewbronw")).err();
    assertThat(from).contains("Did you mean andrewbrown?");
  }

  @Test
  void refusesATokenOfAnotherList() {
    table.conversation("2026-03-19T10:00:00.000000+00:00", "m");
    table.conversation("2026-03-19T10:00:01.000000+00:00", "m");
    String token =
        table
            .ddb("list-conversations", "bayko", "--limit", "1", "-o", "json")
            .json()
            .get("next_token")
            .asText();
    for (String bad : List.of("x", "", "???", token.substring(8))) {
      Outcome.failed(2, table.ddb("list-conversations", "bayko", "--next-token", bad));
    }
    Outcome.failed(2, table.ddb("list-conversations", "andrewbrown", "--next-token", token));
  }

  @Test
  void printsAUsersListOfMoreThanAMegabyte() {
    String filler = "x".repeat(100_000);
    for (int i = 0; i < 25; i++) {
      String at = "2026-03-19T10:00:%02d.000000+00:00".formatted(i);
      table.put(
          "pk",
          "GRP#" + LONDO.uuid(),
          "sk",
          at,
          "message_group_uuid",
          MessageTable.uuid(),
          "message",
          "m" + i,
          "user_uuid",
          BAYKO.uuid(),
          "user_display_name",
          BAYKO.displayName(),
          "user_handle",
          BAYKO.handle(),
          "filler",
          filler);
    }
    assertThat(uuids(table.ddb("list-conversations", "londo", "--all", "-o", "json")))
        .hasSize(25)
        .doesNotHaveDuplicates();
    assertThat(uuids(table.ddb("list-conversations", "londo", "--limit", "22", "-o", "json")))
        .hasSize(22);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--limit 0", "--limit -3", "--limit x", "--limit 3000000000", "more"})
  void refusesBadOptions(String options) {
    Outcome.failed(2, table.ddb(("list-conversations bayko " + options).split(" ")));
  }

  @Test
  void needsAUser() {
    assertThat(Outcome.failed(2, table.ddb("list-conversations")).err()).contains("USER");
  }

  @Test
  void saysThatTheTableIsMissing() {
    assertThat(Outcome.failed(3, MessageTable.absent().ddb("list-conversations", "bayko")).err())
        .contains("does not exist", "schema-load");
  }

  // The users file

  private static final User STRANGER =
      new User("11111111-2222-4333-8444-555555555555", "Ünder, Score \"U\"", "under_score");

  @Test
  void readsUsersFromJsonAndCsv(@TempDir Path folder) throws Exception {
    String group =
        table.conversation(STRANGER, ANDREW, "2026-03-19T10:00:00.000000+00:00", "hello");
    Path array = folder.resolve("array.json");
    Files.writeString(
        array,
        """
        [{"uuid": "11111111-2222-4333-8444-555555555555", "age": {"x": [1, 2]}, "handle": "under_score",
          "display_name": "Ünder"}]
        """);
    Path object = folder.resolve("object.json");
    Files.writeString(
        object,
        """
        {"conversations": [{"a": 1}], "users": [
          {"uuid": "11111111-2222-4333-8444-555555555555", "handle": "@under_score", "display_name": "Ü"}]}
        """);
    Path csv = folder.resolve("users.csv");
    Files.writeString(
        csv,
        """
        handle,uuid,display_name,note
        under_score,11111111-2222-4333-8444-555555555555,"Ünder, Score \"\"U\"\" ",
        """);
    List<Path> files = new ArrayList<>();
    for (Path file : List.of(array, object, csv)) {
      files.add(file);
      // As a spreadsheet writes it.
      files.add(Files.writeString(Path.of(file + ".marked"), "\ufeff" + Files.readString(file)));
    }
    for (Path file : files) {
      Result named =
          table.ddb("list-conversations", "under_score", "--users", "" + file, "-o", "json");
      assertThat(uuids(named)).containsExactly(group);
      Result byEnvironment =
          table
              .runner()
              .env("DDB_USERS", file.toString())
              .execute("list-conversations", "under_score", "-o", "json");
      assertThat(uuids(byEnvironment)).containsExactly(group);
    }
  }

  @Test
  void namesWhatIsWrongWithAUsersFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("users");
    Outcome.failed(2, list(file));
    for (String broken :
        List.of(
            "",
            "[",
            "[{]",
            "{}",
            "{\"users\": 3}",
            "[{\"uuid\": \"x\"}]",
            "[{\"uuid\": \"x\", \"handle\": \"\", \"display_name\": \"y\"}]",
            "[{\"uuid\": null, \"handle\": \"x\", \"display_name\": \"y\"}]",
            "[3]",
            "[{\"uuid\": \"x\", \"handle\": \"bayko\", \"display_name\": \"y\"}, 3]",
            "handle,uuid\nx,y\n",
            "handle,uuid,display_name\nx,y\n",
            "handle,uuid,display_name\n\"x,y\n",
            "just text\nand more\n")) {
      Files.writeString(file, broken);
      Result result = list(file);
      assertThat(result.exitCode()).as(broken + " gave " + result).isEqualTo(2);
      assertThat(Outcome.failed(2, result).err()).contains("the users file " + file);
    }
    Files.write(file, new byte[] {'[', (byte) 0xff, (byte) 0xfe, ']'});
    assertThat(Outcome.failed(2, list(file)).err()).contains("is not UTF-8", "'iconv -f latin1 ");
    Files.write(file, "[]".getBytes(StandardCharsets.UTF_16));
    assertThat(Outcome.failed(2, list(file)).err()).contains("is UTF-16, not UTF-8; 'iconv -f UTF");
    assertThat(Outcome.failed(2, list(folder)).err()).contains("the users file " + folder);
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((64L << 20) + 1);
    }
    assertThat(Outcome.failed(2, list(file)).err()).contains("has more than 64 MiB");
  }

  @Test
  void doesNotReadTheUsersFileForAUuid() {
    Outcome.done(table.ddb("list-conversations", ANDREW.uuid(), "--users", "/does/not/exist"));
  }

  private Result list(Path users) {
    return table.ddb("list-conversations", "bayko", "--users", users.toString());
  }

  private static List<String> uuids(Result result) {
    return Outcome.done(result).items().stream().map(item -> item.get("uuid").asText()).toList();
  }
}
