package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** {@code --explain} against an endpoint where nothing listens: what runs anything fails. */
class ExplainTest {
  private static final String UUID = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";

  /** Command lines to explain; a command that asks nothing of DynamoDB is in {@link #CANNOT}. */
  private static final Map<String, List<String>> LINES =
      Map.of(
          "schema-load", List.of("schema-load"),
          "list-tables", List.of("list-tables"),
          "describe", List.of("describe"),
          "drop", List.of("drop", "--yes"),
          "seed", List.of("seed"),
          "scan", List.of("scan", "--segments", "3", "--limit", "7"),
          "list-conversations", List.of("list-conversations", "andrewbrown", "--limit", "3"),
          "get-conversation", List.of("get-conversation", UUID, "--since", "2026-03-19"),
          "send-message", List.of("send-message", UUID, "hi", "--from", "andrewbrown"),
          "start-conversation",
              List.of("start-conversation", "hi", "--from", "andrewbrown", "--to", "bayko"));

  private static final Map<String, List<String>> CANNOT =
      Stream.of(
              List.of("cache", "create"),
              List.of("cache", "list"),
              List.of("cache", "delete"),
              List.of("cache", "flush"),
              List.of("cache", "get", "key"),
              List.of("cache", "set", "key", "value"),
              List.of("cache", "evict", "key"),
              List.of("cache", "increment", "key"),
              List.of("cache", "ttl", "key"),
              List.of("cache", "token"),
              List.of("local", "start"),
              List.of("local", "stop"),
              List.of("local", "status"),
              List.of("local", "reset"))
          .collect(Collectors.toMap(words -> String.join(" ", words.subList(0, 2)), w -> w));

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
    assertThat(result.err()).contains("asks nothing of DynamoDB", "--explain");
  }

  @Test
  void coverEveryCommand() {
    List<String> leaves = new ArrayList<>();
    leaves(GoldenHelpTest.commandLine(), "", leaves);
    TreeSet<String> known = new TreeSet<>(LINES.keySet());
    known.addAll(CANNOT.keySet());
    known.addAll(List.of("setup", "cache check"));
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
  void showEveryStepOfSetup() {
    JsonNode setup = Outcome.done(explain(List.of("setup"), "-o", "json")).json();
    assertThat(setup.fieldNames())
        .toIterable()
        .containsExactly("schema-load", "seed", "list-conversations");
    assertThat(setup.get("list-conversations").get("pattern").asText()).isEqualTo("B");
    Outcome.done(explain(List.of("setup")));
  }

  @Test
  void showWhatACheckOfTheCacheReads() {
    JsonNode check = Outcome.done(explain(List.of("cache", "check", UUID), "-o", "json")).json();
    assertThat(check.get("steps").get(0).asText()).contains(UUID, "cached page");
    Outcome.failed(2, explain(List.of("cache", "check", "nonsense")));
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
