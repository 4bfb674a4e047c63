package com.cruddur.ddb.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class DescribeCommandTest {

  @Test
  void showsKeysIndexStreamBillingAndSize() {
    MessageTable table = MessageTable.create();
    table.conversation("2026-03-19T10:00:00.000000+00:00", "hello");
    JsonNode shown = Outcome.done(table.ddb("describe", "-o", "json")).json();
    assertThat(shown.get("table").asText()).isEqualTo(table.name());
    assertThat(shown.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(shown.get("keys").asText()).isEqualTo("pk HASH, sk RANGE");
    JsonNode index = shown.get("indexes").get(0);
    assertThat(index.get("index").asText()).isEqualTo("message-group-sk-index");
    assertThat(index.get("keys").asText()).isEqualTo("message_group_uuid HASH, sk RANGE");
    assertThat(index.get("projection").asText()).isEqualTo("ALL");
    assertThat(index.get("items").asInt()).isEqualTo(2);
    assertThat(shown.get("stream").asText()).isEqualTo("NEW_IMAGE");
    assertThat(shown.get("stream_arn").asText()).contains(table.name() + "/stream/");
    assertThat(shown.get("billing").asText()).isEqualTo("on-demand");
    assertThat(shown.get("items").asInt()).isEqualTo(3);
    assertThat(shown.get("bytes").asInt()).isPositive();
    assertThat(shown.get("differences")).isEmpty();
  }

  @Test
  void isReadableInEveryFormat() {
    MessageTable table = MessageTable.create();
    assertThat(table.ddb("describe").out()).contains("status", "ACTIVE", "message-group-sk-index");
    assertThat(table.ddb("describe", "-o", "ndjson").out().lines()).hasSize(1);
    assertThat(table.ddb("describe", "-o", "csv").out().lines()).hasSize(2);
  }

  @Test
  void namesWhatDiffersFromTheSchema() {
    MessageTable table = MessageTable.absent();
    Outcome.done(table.ddb("schema-load", "--no-stream"));
    JsonNode shown = Outcome.done(table.ddb("describe", "-o", "json")).json();
    assertThat(shown.get("differences").get(0).asText())
        .isEqualTo("stream: expected NEW_IMAGE, found off");
  }

  @Test
  void saysThatTheTableIsMissingAndHowToMakeIt() {
    MessageTable table = MessageTable.absent();
    Result result = Outcome.failed(3, table.ddb("describe"));
    assertThat(result.err()).contains("table " + table.name() + " does not exist", "schema-load");
  }
}
