package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that cannot be written, and lists that break off in the middle. */
class FailingOutputTest {
  private static final String AT = "2026-03-19T10:00:%02d.000000+00:00";
  private final MessageTable table = MessageTable.create();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scan",
        "scan -o json",
        "scan -o csv",
        "list-tables",
        "list-tables -o ndjson",
        "describe",
        "describe -o json",
        "list-conversations bayko",
        "list-conversations bayko -o json --all",
        "get-conversation GROUP",
        "schema-load",
        "scan --explain",
        "--help",
        "--version"
      })
  void endsQuietlyWhenNobodyReadsAndWithCode1WhenTheDiskIsFull(String line) {
    String group = table.conversation(AT.formatted(0), "hello");
    String[] args = line.replace("GROUP", group).split(" ");
    Result unread = table.runner().execute(failing("Broken pipe"), args);
    assertThat(unread.exitCode()).as(unread.toString()).isZero();
    assertThat(unread.err()).isEmpty();
    Result full = table.runner().execute(failing("No space left on device"), args);
    assertThat(full.exitCode()).as(full.toString()).isEqualTo(1);
    assertThat(full.err()).contains("No space left on device").doesNotContain("Exception");
  }

  @Test
  void aSentMessageIsStoredAlthoughNobodyReadsTheAnswer() {
    String group = table.conversation(AT.formatted(0), "hello");
    String[] args = {"send-message", group, "hi", "--from", "bayko"};
    Result result = table.runner().execute(failing("Broken pipe"), args);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(table.messages(group)).hasSize(2);
    table.assertTrue(group, MessageTable.ANDREW, MessageTable.BAYKO);
  }

  @Test
  void aListThatBreaksOffIsNoWholeDocument() {
    for (String line :
        List.of(
            "scan -o json --segments 1",
            "get-conversation GROUP --all -o json --limit 5",
            "scan -o ndjson --segments 1")) {
      MessageTable doomed = MessageTable.create();
      String group = MessageTable.uuid();
      String filler = "x".repeat(200_000);
      for (int i = 0; i < 12; i++) {
        doomed.put("pk", "MSG#" + group, "sk", AT.formatted(i), "message", filler);
      }
      DroppingStream out = new DroppingStream(doomed);
      Result result = doomed.runner().execute(out, line.replace("GROUP", group).split(" "));
      assertThat(result.exitCode()).as(line + " " + result).isEqualTo(3);
      assertThat(result.error().get("code").asText()).isEqualTo("table_not_found");
      String printed = out.toString(UTF_8);
      assertThat(printed.contains("\"message\"")).as(line + " printed something").isTrue();
      assertThat(printed.contains("next_token")).as(line + " looks whole").isFalse();
    }
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }

  /** Deletes the table when the first page is printed. */
  private static final class DroppingStream extends ByteArrayOutputStream {
    private final MessageTable table;
    private boolean dropped;

    DroppingStream(MessageTable table) {
      this.table = table;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (!dropped) {
        dropped = true;
        MessageTable.client().deleteTable(request -> request.tableName(table.name()));
      }
    }
  }
}
