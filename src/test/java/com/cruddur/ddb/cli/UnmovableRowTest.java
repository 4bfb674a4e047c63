package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row that DynamoDB refuses, for 400 KB of another program's attributes, holds up nothing else.
 */
class UnmovableRowTest {
  private static final String OLD = "2026-03-19T10:00:00.000000+00:00";
  private static final String OTHER_OLD = "2026-03-19T10:00:00.000001+00:00";
  private static final String NEW = "2026-03-19T10:00:01.000000+00:00";
  private static final String OTHER_NEW = "2026-03-19T10:00:01.000001+00:00";
  private static final String TEXT = "y".repeat(1000);

  private final MessageTable table = MessageTable.create();
  private String stuck;
  private String sound;

  @TempDir Path folder;

  @BeforeEach
  void oneRowTooLargeToMove() {
    stuck = table.conversation(OLD, "old");
    sound = table.conversation(BAYKO, LONDO, OTHER_OLD, "old");
    Map<String, AttributeValue> row = new HashMap<>(rowItem(ANDREW));
    row.put("others", AttributeValue.fromS("x".repeat(400 * 1024 - 600)));
    table.put(row);
  }

  private Map<String, AttributeValue> rowItem(User owner) {
    Map<String, AttributeValue> item = new HashMap<>();
    table.rows(owner).get(0).forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    return item;
  }

  private void assertNamedAndTheRestMoved(Result result) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.FINDINGS);
    assertThat(result.out() + result.err()).contains(stuck).contains(ANDREW.uuid());
    assertThat(table.rows(ANDREW)).extracting(row -> row.get("sk")).containsExactly(OLD);
    assertThat(
            table.rows(BAYKO).stream().filter(row -> stuck.equals(row.get("message_group_uuid"))))
        .singleElement()
        .satisfies(row -> assertThat(row.get("message")).isEqualTo(TEXT));
  }

  @Test
  void sendMessageStoresTheMessageMovesTheOtherRowAndNamesTheOne() {
    Result result = table.ddb("send-message", stuck, TEXT, "--from", BAYKO.uuid());

    assertNamedAndTheRestMoved(result);
    assertThat(result.out()).contains(TEXT.substring(0, 10));
    assertThat(table.messages(stuck)).hasSize(2);
  }

  @Test
  void checkRepairsEverythingElse() {
    table.message(stuck, NEW, BAYKO, TEXT);
    table.message(sound, OTHER_NEW, LONDO, "new");

    assertNamedAndTheRestMoved(table.ddb("check", "--repair"));

    table.assertTrue(sound, BAYKO, LONDO);
    assertThat(table.ddb("check", sound).exitCode()).isZero();
  }

  @Test
  void seedLoadsEverythingElse() throws IOException {
    Path input = folder.resolve("more.json");
    Files.writeString(
        input,
        """
        {"users":[],"conversations":[
          {"message_group_uuid":"%s","participants":["%s","%s"],
           "messages":[{"from":"%s","message":"%s","created_at":"%s"}]},
          {"message_group_uuid":"%s","participants":["%s","%s"],
           "messages":[{"from":"%s","message":"new","created_at":"%s"}]}]}
        """
            .formatted(
                stuck,
                ANDREW.uuid(),
                BAYKO.uuid(),
                BAYKO.uuid(),
                TEXT,
                NEW,
                sound,
                BAYKO.uuid(),
                LONDO.uuid(),
                LONDO.uuid(),
                OTHER_NEW));

    assertNamedAndTheRestMoved(table.ddb("seed", input.toString()));

    table.assertTrue(sound, BAYKO, LONDO);
  }
}
