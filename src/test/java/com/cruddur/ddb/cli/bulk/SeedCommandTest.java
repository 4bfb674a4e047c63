package com.cruddur.ddb.cli.bulk;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedCommandTest {
  private static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  private static final String JSON =
      """
      {"users": [],
       "conversations": [{"message_group_uuid": "%s", "participants": ["andrewbrown", "bayko"],
         "messages": [
           {"from": "andrewbrown", "message": "one", "created_at": "2026-03-19T10:00:00"},
           {"from": "bayko", "message": "two", "created_at": "2026-03-19T10:01:00Z"}]}]}
      """
          .formatted(GROUP);

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();

  @Test
  void loadsAFileAndAccountsForEveryRecordAndDoesNothingTheSecondTime() throws Exception {
    Path file = Files.writeString(folder.resolve("a.json"), JSON);
    Result first = Outcome.done(table.ddb("seed", file.toString(), "-o", "json"));
    assertThat(counts(first, "message")).isEqualTo("2 read, 2 written, 0 unchanged, 0 rejected");
    assertThat(counts(first, "conversation"))
        .isEqualTo("1 read, 1 written, 0 unchanged, 0 rejected");
    assertThat(table.items()).hasSize(4);
    table.assertTrue(GROUP, ANDREW, BAYKO);
    assertThat(table.ddb("get-conversation", GROUP, "-o", "json").items())
        .extracting(item -> item.get("message").asText())
        .containsExactly("two", "one");

    var before = table.items();
    Result again = Outcome.done(table.ddb("seed", file.toString(), "-o", "json"));
    assertThat(counts(again, "message")).isEqualTo("2 read, 0 written, 2 unchanged, 0 rejected");
    assertThat(table.items()).hasSameElementsAs(before);
  }

  @Test
  void readsStandardInputAndGzip() throws Exception {
    Outcome.done(table.runner().stdin(JSON).execute("seed", "-"));
    assertThat(table.messages(GROUP)).hasSize(2);
    Path file = folder.resolve("b.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(JSON.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    Result again = Outcome.done(table.ddb("seed", file.toString(), "-o", "json"));
    assertThat(counts(again, "message")).isEqualTo("2 read, 0 written, 2 unchanged, 0 rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "ndjson", "txt", "json.gz", "members.gz"})
  void readsANamedPipe(String kind) throws Exception {
    Path pipe = folder.resolve("pipe." + kind);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    byte[] content = content(kind);
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(content);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    writer.start();
    Result result = Outcome.done(table.ddb("seed", pipe.toString(), "-o", "json"));
    writer.join();
    assertThat(counts(result, "message")).isEqualTo("2 read, 2 written, 0 unchanged, 0 rejected");
  }

  private static byte[] content(String kind) throws Exception {
    String line =
        """
        {"type":"conversation","message_group_uuid":"%s","participants":["andrewbrown","bayko"]}
        {"type":"message","message_group_uuid":"%s","from":"bayko","message":"%s","created_at":"2026-03-19"}
        """;
    String one = line.formatted(GROUP, GROUP, "one");
    String two = line.formatted(GROUP, GROUP, "two").lines().skip(1).findFirst().orElseThrow();
    String text =
        switch (kind) {
          case "ndjson", "members.gz" -> one + two + "\n";
          case "txt" -> "londo: hi\nbayko: ho\n";
          default -> JSON;
        };
    if (!kind.endsWith(".gz")) {
      return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
    var bytes = new java.io.ByteArrayOutputStream();
    for (String part : kind.startsWith("members") ? List.of(one, two + "\n") : List.of(text)) {
      try (OutputStream out = new GZIPOutputStream(bytes)) {
        out.write(part.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void loadsATranscriptThatEndsAtUntil() throws Exception {
    Path file =
        Files.writeString(folder.resolve("t.txt"), "londo: hi\nandrewbrown: ho\n\nlondo: bye\n");
    Outcome.done(table.ddb("seed", file.toString(), "--until", "2026-03-19T10:00:00+01:00"));
    List<JsonNode> lists = table.ddb("list-conversations", "londo", "-o", "json").items();
    assertThat(lists).hasSize(1);
    String group = lists.get(0).get("uuid").asText();
    assertThat(table.messages(group))
        .extracting(m -> m.get("sk") + " " + m.get("message"))
        .containsExactly(
            "2026-03-19T08:58:00.000000+00:00 hi",
            "2026-03-19T08:59:00.000000+00:00 ho",
            "2026-03-19T09:00:00.000000+00:00 bye");
    table.assertTrue(group, ANDREW, LONDO);
  }

  @Test
  void tellsABrokenLineInTheMiddleAndLoadsTheRest() throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add(
        "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"bayko\",\"londo\"]}"
            .formatted(GROUP));
    for (int i = 0; i < 5; i++) {
      lines.add(
          "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"m%d\",\"created_at\":\"2026-03-19T10:00:0%d\"}"
              .formatted(GROUP, i, i));
    }
    lines.add(3, "{\"type\":\"message\",\"message_group_uuid\":");
    lines.add(
        5,
        "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"  \",\"created_at\":\"2026-03-19T11:00:00\"}"
            .formatted(GROUP));
    Path file = Files.write(folder.resolve("c.ndjson"), lines);

    Result result = table.ddb("seed", file.toString(), "-o", "json");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(5);
    assertThat(result.err()).contains("c.ndjson:4: ", "c.ndjson:6: ", "the message is empty");
    assertThat(counts(result, "message")).isEqualTo("6 read, 5 written, 0 unchanged, 1 rejected");
    assertThat(table.messages(GROUP))
        .extracting(m -> m.get("message"))
        .containsExactly("m0", "m1", "m2", "m3", "m4");
    table.assertTrue(GROUP, BAYKO, LONDO);

    Path rejects = folder.resolve("rejects.ndjson");
    Result again = table.ddb("seed", file.toString(), "--rejects", rejects.toString());
    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(Files.readAllLines(rejects))
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"file\":") && line.contains("\"reason\":"));
    assertThat(Files.readString(rejects)).contains("\"line\":4,", "\"line\":6,");
    // Another run replaces them; a file of something else stays.
    table.ddb("seed", file.toString(), "--rejects", rejects.toString());
    assertThat(Files.readAllLines(rejects)).hasSize(2);
    Result refused =
        Outcome.failed(2, table.ddb("seed", file.toString(), "--rejects", file.toString()));
    assertThat(refused.err()).contains("is there and holds something else");
    assertThat(Files.readAllLines(file)).isEqualTo(lines);
  }

  @Test
  void loadsTheSampleDataWhenNoFileIsNamed() {
    Result result = Outcome.done(table.ddb("seed", "-o", "json"));
    assertThat(result.items())
        .allSatisfy(
            item ->
                assertThat(item.get("read").asLong())
                    .isEqualTo(item.get("written").asLong() + item.get("unchanged").asLong())
                    .isPositive());
    List<JsonNode> list = table.ddb("list-conversations", "andrewbrown", "-o", "json").items();
    assertThat(list).hasSizeGreaterThanOrEqualTo(3);
    for (JsonNode row : list) {
      List<JsonNode> newest =
          table.ddb("get-conversation", row.get("uuid").asText(), "--limit=1", "-o=json").items();
      assertThat(newest.get(0).get("message")).isEqualTo(row.get("last_message"));
      assertThat(newest.get(0).get("created_at")).isEqualTo(row.get("last_message_at"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed /does/not/exist.json",
        "seed src",
        "seed - -",
        "seed --until tomorrow",
        "seed --rejects /does/not/exist/rejects.ndjson",
        "seed --users /does/not/exist -",
        "seed --nonsense"
      })
  void refusesBadArgumentsAndLoadsNothing(String line) {
    Outcome.failed(2, table.runner().stdin(JSON).execute(line.split(" ")));
    assertThat(table.items()).isEmpty();
  }

  @Test
  void saysThatTheTableIsMissingOrTheEndpointClosed() {
    Outcome.failed(3, MessageTable.absent().ddb("seed"));
    Outcome.failed(6, table.ddb("seed", "--endpoint-url", "http://127.0.0.1:1"));
  }

  @Test
  void anEmptyInputIsAnEmptyAccount() {
    for (String text : List.of("", "\n", "{}", "[]", "{\"users\": [], \"conversations\": []}")) {
      Result result = table.runner().stdin(text).execute("seed", "-", "-o", "json");
      assertThat(result.exitCode()).as(text + " gave " + result).isIn(0, 5);
      assertThat(result.items()).as(text).isNotNull();
      assertThat(result.err()).doesNotContain("Exception");
    }
    assertThat(table.items()).isEmpty();
  }

  private static String counts(Result result, String kind) {
    JsonNode found =
        result.items().stream()
            .filter(item -> item.get("kind").asText().equals(kind))
            .findFirst()
            .orElseThrow(() -> new AssertionError(result));
    return "%d read, %d written, %d unchanged, %d rejected"
        .formatted(
            found.get("read").asLong(),
            found.get("written").asLong(),
            found.get("unchanged").asLong(),
            found.get("rejected").asLong());
  }
}
