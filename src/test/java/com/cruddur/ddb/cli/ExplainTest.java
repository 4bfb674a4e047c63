package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.cli.context.Explainable;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * {@code --explain} against an endpoint where nothing listens: what runs anything fails. Whether it
 * is right, ExplainedCostTest holds.
 */
class ExplainTest {
  private static final String UUID = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";

  /** Command lines to explain; a command that asks nothing of DynamoDB is in {@link #CANNOT}. */
  private static final Map<String, List<String>> LINES =
      Map.ofEntries(
          Map.entry("schema-load", List.of("schema-load")),
          Map.entry("list-tables", List.of("list-tables")),
          Map.entry("describe", List.of("describe")),
          Map.entry("doctor", List.of("doctor")),
          Map.entry("drop", List.of("drop", "--yes")),
          Map.entry("seed", List.of("seed")),
          Map.entry("export", List.of("export", "--segments", "3")),
          Map.entry("import", List.of("import", "-")),
          Map.entry("pull", List.of("pull", "--all", "--to-table", "copy")),
          Map.entry("diff", List.of("diff", "other-table")),
          Map.entry("tail", List.of("tail", UUID)),
          Map.entry("check", List.of("check", "--repair")),
          Map.entry("trigger run", List.of("trigger", "run")),
          Map.entry("stats", List.of("stats", UUID)),
          Map.entry("scan", List.of("scan", "--segments", "3", "--limit", "7")),
          Map.entry(
              "list-conversations", List.of("list-conversations", "andrewbrown", "--limit", "3")),
          Map.entry("get-conversation", List.of("get-conversation", UUID, "--since", "2026-03-19")),
          Map.entry("send-message", List.of("send-message", UUID, "hi", "--from", "andrewbrown")),
          Map.entry("list-users", List.of("list-users")),
          Map.entry("rename-user", List.of("rename-user", "bayko", "--handle", "b")),
          Map.entry("forget-user", List.of("forget-user", "bayko")),
          Map.entry("export-user", List.of("export-user", "bayko")),
          Map.entry("find", List.of("find", "hello")),
          Map.entry("delete-message", List.of("delete-message", UUID, UUID)),
          Map.entry("redact-message", List.of("redact-message", UUID, UUID)),
          Map.entry("delete-conversation", List.of("delete-conversation", UUID)),
          Map.entry("cache check", List.of("cache", "check", UUID)),
          Map.entry(
              "start-conversation",
              List.of("start-conversation", "hi", "--from", "andrewbrown", "--to", "bayko")));

  private static final Map<String, List<String>> CANNOT =
      Map.of(
          "help", List.of("help"),
          "local start", List.of("local", "start"),
          "local stop", List.of("local", "stop"),
          "local status", List.of("local", "status"),
          "local reset", List.of("local", "reset"),
          "policy", List.of("policy"),
          "trigger template", List.of("trigger", "template"),
          "cache create", List.of("cache", "create"),
          "cache list", List.of("cache", "list"),
          "cache get", List.of("cache", "get", "key"));

  static List<List<String>> explained() {
    return List.copyOf(LINES.values());
  }

  static List<List<String>> unexplained() {
    return List.copyOf(CANNOT.values());
  }

  @ParameterizedTest
  @MethodSource("explained")
  void sayWhatWouldBeAskedAndItsCostAndRunNothing(List<String> line) {
    for (String format : List.of("json", "table", "ndjson", "csv")) {
      Result result = Outcome.done(explain(line, "-o", format));
      assertThat(result.out()).isNotEmpty();
      assertThat(result.err()).isEmpty();
    }
    JsonNode explanation = explain(line, "-o", "json").json();
    assertThat(explanation.get("cost").asText()).isNotBlank();
    assertThat(explanation.has("steps") || explanation.has("request")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("unexplained")
  void orSayThatThereIsNothingToExplain(List<String> line) {
    Result result = Outcome.failed(2, explain(line));
    assertThat(result.err()).contains("cannot be explained", "--explain");
  }

  @Test
  void coverEveryCommand() {
    List<String> leaves = new ArrayList<>();
    leaves(GoldenHelpTest.commandLine(), "", leaves);
    TreeSet<String> known = new TreeSet<>(LINES.keySet());
    known.addAll(CANNOT.keySet());
    Catalogue.commands().stream()
        .filter(entry -> !Explainable.class.isAssignableFrom(entry.type()))
        .forEach(entry -> known.add(entry.name()));
    // The first asks for much, the second for what its lines ask, the third for nothing.
    known.addAll(List.of("setup", "shell", "generate-completion"));
    assertThat(leaves).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void showTheRequestOfAReadAsItWouldBeSent() {
    JsonNode a = explain(LINES.get("get-conversation"), "-o", "json").json();
    assertThat(a.get("pattern").asText()).isEqualTo("A");
    assertThat(a.get("sql").asText())
        .isEqualTo(
            "SELECT uuid, display_name, message, handle, created_at FROM messages"
                + " WHERE message_group_uuid = ? ORDER BY created_at DESC");
    JsonNode request = a.get("request");
    assertThat(request.get("key_condition").asText()).isEqualTo("pk = :pk AND sk >= :since");
    assertThat(request.get("values").get(":pk").asText()).isEqualTo("MSG#" + UUID);
    assertThat(request.get("limit").asInt()).isEqualTo(20);
    assertThat(request.get("direction").asText()).isEqualTo("newest first");
    JsonNode b = explain(LINES.get("list-conversations"), "-o", "json").json();
    assertThat(b.get("pattern").asText()).isEqualTo("B");
    assertThat(b.get("request").get("values").get(":pk").asText())
        .isEqualTo("GRP#877825ee-e493-4985-b4f5-463550043614");
    assertThat(b.get("request").get("limit").asInt()).isEqualTo(3);
  }

  @Test
  void sayWhatDynamoDbDoesByItselfOnS3() {
    for (String format : List.of("json", "table")) {
      Result export = explain(List.of("export", "--to-s3", "s3://bucket/x"), "-o", format);
      assertThat(Outcome.done(export).out())
          .contains("ExportTableToPointInTime", "0 RCU, 0 WCU")
          .doesNotContain("Scan");
      Result made = explain(List.of("import", "--from-s3", "s3://bucket/x"), "-o", format);
      assertThat(Outcome.done(made).out()).contains("ImportTable", "0 RCU, 0 WCU");
    }
    Outcome.failed(2, explain(List.of("import")));
    Outcome.failed(2, explain(List.of("import", "x", "--from-s3", "s3://bucket/x")));
  }

  @Test
  void showEveryStepOfSetup() {
    JsonNode setup = Outcome.done(explain(List.of("setup"), "-o", "json")).json();
    assertThat(setup.fieldNames())
        .toIterable()
        .containsExactly("schema-load", "seed", "list-conversations");
    assertThat(setup.get("list-conversations").get("pattern").asText()).isEqualTo("B");
    Outcome.done(explain(List.of("setup")));
  }

  @Test
  void refuseWhatTheCommandWouldRefuse() {
    Outcome.failed(2, explain(List.of("get-conversation", "nonsense")));
    Outcome.failed(2, explain(List.of("scan", "--limit", "0")));
    Outcome.failed(2, explain(List.of("send-message", "nonsense", "hi", "--from", "bayko")));
    Outcome.failed(2, explain(List.of("schema-load", "--billing", "cheap")));
  }

  private static Result explain(List<String> line, String... options) {
    List<String> args = new ArrayList<>(line);
    args.addAll(List.of("--explain", "--endpoint-url", "http://127.0.0.1:1"));
    args.addAll(List.of(options));
    return DdbRunner.run(args.toArray(new String[0]));
  }

  /** All but picocli's own help command, which runs before any option is looked at. */
  private static void leaves(CommandLine command, String words, List<String> leaves) {
    if (command.getSubcommands().isEmpty() && !command.getCommandSpec().helpCommand()) {
      leaves.add(words);
    }
    command
        .getSubcommands()
        .forEach((name, sub) -> leaves(sub, (words + " " + name).strip(), leaves));
  }
}
