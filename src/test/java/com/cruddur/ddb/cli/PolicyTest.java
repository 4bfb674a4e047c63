package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.AccountGateway;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.SeedLines;
import com.cruddur.ddb.aws.AwsStandIn;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.Trait;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code ddb policy}: what a command asks of AWS is allowed, and nothing that no way of it asks.
 */
class PolicyTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final String LATER = "2026-03-19T11:00:00.000000+00:00";

  /** What asks on production. */
  private static final Set<String> ASK =
      Set.of(
          "drop",
          "seed",
          "import",
          "delete-message",
          "redact-message",
          "delete-conversation",
          "rename-user",
          "forget-user");

  private final AccountGateway gateway = new AccountGateway();
  private final MessageTable table = MessageTable.create();
  private final String conversation = table.conversation(AT, "hello");

  @TempDir Path folder;

  @AfterEach
  void close() {
    gateway.close();
  }

  static Stream<String> commands() {
    return Catalogue.commands().stream()
        .filter(e -> e.traits().contains(Trait.TABLE))
        .map(CommandEntry::name)
        // The one is for local work, the other runs the others.
        .filter(name -> !Set.of("setup", "shell").contains(name));
  }

  /** Command lines that go every way of a command that asks for something else. */
  private List<List<String>> lines(String command) throws Exception {
    String message = table.message(conversation, LATER, MessageTable.ANDREW, "later");
    Path items =
        Files.writeString(
            folder.resolve("items.json"),
            "{\"Item\":{\"pk\":{\"S\":\"MSG#1\"},\"sk\":{\"S\":\"x\"}}}\n");
    String user = "andrewbrown";
    return switch (command) {
      // The second one moves rows, the third one those that it has made.
      case "seed" ->
          List.of(
              List.of(command),
              List.of(
                  command,
                  SeedLines.write(
                          folder.resolve("in.ndjson"),
                          conversation,
                          Instant.parse("2026-03-19T12:00:00Z"),
                          1)
                      .toString()),
              List.of(
                  command,
                  SeedLines.write(
                          folder.resolve("long.ndjson"),
                          MessageTable.uuid(),
                          Instant.parse("2026-03-19T12:00:00Z"),
                          600)
                      .toString()));
      case "schema-load" ->
          List.of(List.of(command, "--table", MessageTable.absent().name(), "--no-stream"));
      case "send-message" ->
          List.of(
              List.of(command, conversation, "hi", "--from", user),
              List.of(
                  command,
                  conversation,
                  "hi",
                  "--from",
                  user,
                  "--message-uuid",
                  MessageTable.uuid()));
      case "start-conversation" -> List.of(List.of(command, "hi", "--from", user, "--to", "londo"));
      case "delete-message" -> List.of(List.of(command, conversation, message));
      case "redact-message" -> List.of(List.of(command, conversation, message));
      case "delete-conversation" -> List.of(List.of(command, conversation));
      case "import" -> List.of(List.of(command, items.toString()));
      case "export" ->
          List.of(
              List.of(command, "--out", folder.resolve("a").toString()),
              List.of(
                  command,
                  "--conversation",
                  conversation,
                  "--out",
                  folder.resolve("b").toString()));
      case "diff" -> List.of(List.of(command, table.name(), items.toString()));
      case "get-conversation" -> List.of(List.of(command, conversation));
      // It wants Momento's service.
      case "cache check" -> List.of();
      case "pull" ->
          List.of(
              List.of(command, conversation, "--to-table", MessageTable.absent().name()),
              List.of(command, "--all", "--to-table", MessageTable.absent().name()));
      // It never ends.
      case "tail" -> List.of();
      case "list-conversations", "export-user" -> List.of(List.of(command, user));
      case "find" ->
          List.of(List.of(command, "hello"), List.of(command, "hello", "--in", conversation));
      case "rename-user" -> List.of(List.of(command, user, "--display-name", "A"));
      case "forget-user" -> List.of(List.of(command, user));
      case "check" ->
          List.of(List.of(command), List.of(command, conversation), List.of(command, "--repair"));
      case "trigger run" -> List.of(List.of("trigger", "run", "--once"));
      case "scan" -> List.of(List.of(command), List.of(command, "--segments", "2"));
      default -> List.of(words(command));
    };
  }

  private static List<String> words(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of(more));
    return words;
  }

  /** Ways that no line of this test goes, and why there is no other. */
  private static final Set<String> RARE =
      Set.of(
          // A row that stands at the message's very moment with another text.
          "send-message table UpdateItem",
          "seed table UpdateItem",
          "delete-message table GetItem",
          "delete-message table PutItem",
          "delete-message table UpdateItem",
          "trigger run table UpdateItem",
          "check table UpdateItem",
          // A row that somebody else moves at the same time is read again.
          "check table GetItem");

  @ParameterizedTest
  @MethodSource("commands")
  void allowsWhatTheCommandAsksAndNoMore(String command) throws Exception {
    Set<String> allowed = allowed(command);
    List<List<String>> lines = lines(command);
    for (List<String> line : lines) {
      List<String> all = new ArrayList<>(line);
      all.addAll(List.of("--prod", "--endpoint-url", gateway.endpoint()));
      if (ASK.contains(command) || line.contains("--repair")) {
        all.addAll(List.of("--yes", "--confirm-table", table.name()));
      }
      Result result = operator().execute(all.toArray(String[]::new));
      assertThat(result.exitCode()).as("%s: %s", all, result).isIn(0, 5);
    }
    assertThat(allowed).as(command).containsAll(gateway.actions());
    if (!lines.isEmpty()) {
      assertThat(allowed)
          .as(command)
          .allMatch(a -> gateway.actions().contains(a) || RARE.contains(command + " " + a));
    }
  }

  private DdbRunner operator() {
    return table
        .runner()
        .env("AWS_ACCESS_KEY_ID", "AKIAONE")
        .env("AWS_SECRET_ACCESS_KEY", "s")
        .env("AWS_REGION", "us-east-1");
  }

  /** What the printed policy allows, in the words of the gateway. */
  private Set<String> allowed(String command) {
    String[] line = ("policy " + command + " --region us-east-1").split(" ");
    JsonNode policy = Outcome.done(table.ddb(line)).json();
    assertThat(policy.get("Version").asText()).isEqualTo("2012-10-17");
    Set<String> allowed = new TreeSet<>();
    for (JsonNode statement : policy.get("Statement")) {
      assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
      String resource = statement.get("Resource").asText();
      String table = "arn:aws:dynamodb:*:*:table/" + this.table.name();
      String kind =
          resource.equals("*")
              ? "*"
              : resource.equals(table)
                  ? "table"
                  : resource.equals(table + "/index/message-group-sk-index")
                      ? "index"
                      : resource.equals(table + "/stream/*") ? "stream" : resource;
      statement
          .get("Action")
          .forEach(a -> allowed.add(kind + " " + a.asText().replace("dynamodb:", "")));
    }
    return allowed;
  }

  @Test
  void onProductionTheAccountIsTheCallers() {
    try (AwsStandIn aws = new AwsStandIn()) {
      Result result =
          operator()
              .env("AWS_ENDPOINT_URL", aws.url())
              .env("AWS_REGION", "cn-north-1")
              .execute("policy", "trigger", "run", "--prod", "--table", "chat");
      assertThat(Outcome.done(result).out())
          .contains("\"arn:aws-cn:dynamodb:cn-north-1:123456789012:table/chat/stream/*\"");
    }
  }

  @Test
  void aCommandThatIsNoneIsRefused() {
    assertThat(Outcome.failed(2, table.ddb("policy", "scna")).err()).contains("'scna'");
    assertThat(Outcome.failed(2, table.ddb("policy", "scan", "''")).err()).contains("''");
    assertThat(Outcome.done(table.ddb("policy", "cache", "get")).err()).contains("no policy is");
  }

  @Test
  void aWrongSecondWordIsRefused() {
    for (String typed : List.of("cache gte", "scan cache gte", "cache gte scan")) {
      Result result = Outcome.failed(2, table.ddb(("policy " + typed).split(" ")));
      assertThat(result.err()).contains("'cache gte'", "Did you mean get?", "'ddb cache --help'");
      assertThat(result.out()).isEmpty();
      assertThat(table.ddb("policy", typed)).isEqualTo(result);
    }
    assertThat(Outcome.failed(2, table.ddb("policy", "trigger", "rum")).err())
        .contains("'trigger rum'", "Did you mean run?");
    assertThat(Outcome.failed(2, table.ddb("policy", "scan", "run")).err()).contains("'run'");
  }

  @Test
  void everyCommandOfTheCatalogueIsKnown() {
    for (CommandEntry entry : Catalogue.commands()) {
      Outcome.done(table.ddb("policy", entry.name()));
    }
  }

  @Test
  void aGroupAloneIsAllOfItsCommands() {
    assertThat(allowed("trigger")).isEqualTo(allowed("trigger run"));
    assertThat(allowed("trigger scan"))
        .containsAll(allowed("scan"))
        .containsAll(allowed("trigger"));
  }

  @Test
  void whoIsDeniedReadsWhichActionIsMissingAndWhatPrintsThePolicy() {
    try (AccountGateway closed = new AccountGateway("Query")) {
      Result result =
          operator()
              .execute(
                  "get-conversation", conversation, "--prod", "--endpoint-url", closed.endpoint());
      Outcome.failed(6, result);
      assertThat(result.err())
          .contains("dynamodb:Query is missing: 'ddb policy get-conversation --prod ");
    }
  }

  @Test
  void theDoctorDoesWithoutTheRightToListTables() {
    try (AccountGateway closed = new AccountGateway("ListTables")) {
      Result result = table.ddb("doctor", "--endpoint-url", closed.endpoint());
      assertThat(result.out())
          .contains("without the right to list tables", "'ddb policy list-tables")
          .contains("ok       table")
          .doesNotContain("no command on the table works");
    }
  }
}
