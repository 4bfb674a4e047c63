package com.cruddur.ddb.dynamo.store;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A message or a row is changed in what is meant, and in nothing else. */
class RewriteTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final AttributeValue NUMBER = AttributeValue.fromN("5");

  private final MessageTable table = MessageTable.create();
  private final DynamoDbConversationStore store =
      new DynamoDbConversationStore(MessageTable.client(), table.name());
  private final String group = table.conversation(ANDREW, BAYKO, AT, "first");

  @Test
  void aTextThatChangedSinceItWasReadSurvivesARename() {
    Message read = Items.message(item(Keys.messages(group)));
    Outcome.done(table.ddb("redact-message", group, read.uuid()));
    User named = new User(ANDREW.uuid(), "A. Brown", ANDREW.handle());
    assertThat(store.rewriteMessage(read, read.from(named))).isTrue();
    assertThat(item(Keys.messages(group)))
        .containsEntry("message", AttributeValue.fromS("[redacted]"))
        .containsEntry("user_display_name", AttributeValue.fromS("A. Brown"));
  }

  @Test
  void whatIsOfAnotherTypeSurvivesARename() {
    change(Keys.messages(group), "message");
    change(Keys.messages(group), "user_handle");
    change(Keys.conversations(BAYKO.uuid()), "user_handle");
    Outcome.done(table.ddb("rename-user", ANDREW.uuid(), "--display-name", "A. Brown"));
    assertThat(item(Keys.messages(group)))
        .containsEntry("message", NUMBER)
        .containsEntry("user_handle", NUMBER)
        .containsEntry("user_display_name", AttributeValue.fromS("A. Brown"));
    assertThat(item(Keys.conversations(BAYKO.uuid())))
        .containsEntry("user_handle", NUMBER)
        .containsEntry("user_display_name", AttributeValue.fromS("A. Brown"));
    assertThat(table.ddb("check").out())
        .contains("message, user_handle should be of type S: MSG#" + group + " " + AT);
  }

  @Test
  void aHandleThatChangedSinceItsRowWasReadSurvivesANewName() {
    ConversationRow read = store.rows(BAYKO.uuid(), group).get(0);
    User handled = new User(ANDREW.uuid(), ANDREW.displayName(), "brown");
    assertThat(store.renameRow(read, handled)).isEqualTo(RowWrite.DONE);
    User named = new User(ANDREW.uuid(), "A. Brown", ANDREW.handle());
    assertThat(store.renameRow(read, named)).isEqualTo(RowWrite.DONE);
    assertThat(table.rows(BAYKO))
        .containsExactly(
            Map.of(
                "pk",
                Keys.conversations(BAYKO.uuid()),
                "sk",
                AT,
                "message_group_uuid",
                group,
                "message",
                "first",
                "user_uuid",
                ANDREW.uuid(),
                "user_display_name",
                "A. Brown",
                "user_handle",
                "brown"));
  }

  private void change(String pk, String attribute) {
    Map<String, AttributeValue> item = new HashMap<>(item(pk));
    item.put(attribute, NUMBER);
    table.put(item);
  }

  private Map<String, AttributeValue> item(String pk) {
    List<Map<String, AttributeValue>> found =
        table.items().stream().filter(item -> pk.equals(Items.text(item, Keys.PK))).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
