package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.aws.AwsStandIn;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of one account stand in the environment, a profile of another is named. */
class SignerOfEveryCommandTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final String CONFIRMED = "--yes --confirm-table TABLE";

  /** Of each command that needs them, arguments; C, FOLDER and TABLE stand for what they say. */
  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("list-conversations", "andrewbrown"),
          Map.entry("get-conversation", "C"),
          Map.entry("send-message", "C hi --from andrewbrown"),
          Map.entry("start-conversation", "hi --from andrewbrown --to londo"),
          Map.entry("delete-message", "C 3f346c75-ad75-43df-aa35-5b4de50470e0 " + CONFIRMED),
          Map.entry("redact-message", "C 3f346c75-ad75-43df-aa35-5b4de50470e0 " + CONFIRMED),
          Map.entry("delete-conversation", "C " + CONFIRMED),
          Map.entry("seed", CONFIRMED),
          Map.entry("export", "--out FOLDER/out"),
          Map.entry("diff", "FOLDER/items.json"),
          Map.entry("import", "FOLDER/items.json " + CONFIRMED),
          Map.entry("check", "--repair " + CONFIRMED),
          Map.entry("trigger run", "--once"));

  /** What never ends, asks nobody, or has its own machine. */
  private static final List<String> LEFT_OUT = List.of("tail", "shell", "setup", "drop");

  @TempDir private Path home;
  private final MessageTable table = MessageTable.create();
  private final AwsStandIn aws = new AwsStandIn().account("AKIAOPS", "999999999999");

  @BeforeEach
  void writeProfiles() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = secret\n");
    Files.writeString(
        home.resolve("items.json"), "{\"Item\":{\"pk\":{\"S\":\"MSG#1\"},\"sk\":{\"S\":\"x\"}}}\n");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Result run(String command, String conversation, String profile) {
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    String arguments = ARGUMENTS.getOrDefault(command, "");
    Stream.of(arguments.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> word.equals("C") ? conversation : place(word))
        .forEach(line::add);
    line.addAll(List.of("--prod", "--profile", profile));
    DdbRunner ddb =
        table
            .runner()
            .env("HOME", home.toString())
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIAENV")
            .env("AWS_SECRET_ACCESS_KEY", "secret");
    return ddb.execute(line.toArray(String[]::new));
  }

  private String place(String word) {
    return word.replace("FOLDER", home.toString()).replace("TABLE", table.name());
  }

  private static Stream<String> commands() {
    return Catalogue.commands().stream()
        .map(CommandEntry::name)
        .filter(name -> !LEFT_OUT.contains(name) && !name.matches("(cache|local) .*"));
  }

  @Test
  void everyRequestOfEveryCommandIsSignedByTheProfile() {
    String conversation = table.conversation(AT, "hello");
    commands().forEach(command -> run(command, conversation, "ops"));

    assertThat(aws.calls("dynamodb"))
        .extracting(Call::operation)
        .contains(
            "Query", "Scan", "DescribeTable", "BatchWriteItem", "TransactWriteItems", "PutItem");
    assertThat(aws.calls()).extracting(Call::keyId).containsOnly("AKIAOPS");
  }

  @Test
  void noCommandAsksAnythingWhereTheProfileIsMistyped() {
    String conversation = table.conversation(AT, "hello");
    commands()
        .filter(
            command -> !command.matches("doctor|policy|help|trigger template|generate-completion"))
        .forEach(
            command -> {
              Result result = run(command, conversation, "opps");
              assertThat(result.exitCode())
                  .as("%s: %s", command, result)
                  .isIn(ExitCode.UNREACHABLE, ExitCode.USAGE);
            });
    assertThat(aws.calls()).isEmpty();
  }
}
