package com.cruddur.ddb.output;

import static com.cruddur.ddb.output.Printed.document;
import static com.cruddur.ddb.output.Printed.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final Map<String, Object> TABLE =
      record(
          "table",
          "cruddur-messages",
          "item_count",
          9007199254740993L,
          "indexes",
          List.of(
              record("name", "message-group-sk-index", "keys", List.of("sk")),
              record("name", "漢\u001b")),
          "stream",
          record("enabled", true, "view", null),
          "tags",
          List.of(),
          "views",
          List.of("NEW_IMAGE", "OLD_IMAGE"));

  @Test
  void aTableHasALineForEachFieldAndIndentsNestedOnes() {
    assertThat(document(OutputFormat.TABLE, TABLE))
        .isEqualTo(
            """
            table       cruddur-messages
            item_count  9007199254740993
            indexes
              - name    message-group-sk-index
                keys
                  - sk
              - name    漢\\u001b
            stream
              enabled   true
              view
            tags        (none)
            views
              - NEW_IMAGE
              - OLD_IMAGE
            """);
  }

  @Test
  void aTableIsAsWideAsTheTerminal() {
    Map<String, Object> plan =
        record(
            "sql",
            "INSERT INTO messages and two more words",
            "steps",
            List.of("Query the index for 3f346c75-ad75-43df"),
            "key",
            "MSG#3f346c75-ad75-43df-aa35",
            "cost",
            "1 RCU");
    StringWriter out = new StringWriter();
    Printers.document(OutputFormat.TABLE, out, plan, new Display(true, 26, false, null, false));
    assertThat(out)
        .hasToString(
            """
            sql   INSERT INTO
                  messages and two
                  more words
            steps
              - Query the index for
                3f346c75-ad75-43df
            key
              MSG#3f346c75-ad75-43df-aa35
            cost  1 RCU
            """);
  }

  @Test
  void jsonIsAPrettyObject() {
    assertThat(document(OutputFormat.JSON, record("a", 1, "b", Map.of("c", "d"))))
        .isEqualTo("{\n  \"a\": 1,\n  \"b\": {\n    \"c\": \"d\"\n  }\n}\n");
  }

  @Test
  void ndjsonIsOneLine() {
    assertThat(document(OutputFormat.NDJSON, record("a", 1, "b", List.of())))
        .isEqualTo("{\"a\":1,\"b\":[]}\n");
  }

  @Test
  void csvIsAHeaderAndOneLine() {
    assertThat(document(OutputFormat.CSV, record("a", 1, "b", List.of(2))))
        .isEqualTo("a,b\n1,[2]\n");
  }

  @Test
  void anEmptyDocumentIsPrinted() {
    assertThat(document(OutputFormat.TABLE, record())).isEmpty();
    assertThat(document(OutputFormat.JSON, record())).isEqualTo("{}\n");
    assertThat(document(OutputFormat.NDJSON, record())).isEqualTo("{}\n");
    assertThat(document(OutputFormat.CSV, record())).isEmpty();
  }
}
