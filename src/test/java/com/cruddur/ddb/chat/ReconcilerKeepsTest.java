package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.C;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.dynamo.Items;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What others wrote is kept, and one row that cannot be written keeps no other back. */
class ReconcilerKeepsTest {
  private final Conversations chats = new Conversations();

  /** Adds attributes to a row. */
  private void add(ConversationRow row, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(Items.item(row));
    item.putAll(attributes);
    chats.table.put(item);
  }

  private Map<String, AttributeValue> row(User owner) {
    return chats.table.partitionItems("GRP#" + owner.uuid()).get(0);
  }

  @Test
  void aRowThatIsTooLargeKeepsNoOtherRowFromMoving() {
    String group = chats.conversation(A, B, 1);
    ConversationRow third = chats.row(C, A, group, 1);
    int room = 400 * 1024 - 500;
    add(chats.rows(A, group).get(0), Map.of("x", AttributeValue.fromS("x".repeat(room))));
    Message newest =
        new Message(group, Timestamps.format(Conversations.at(2)), "m", "y".repeat(1024), B);
    chats.table.put(newest);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.moved()).isEqualTo(2);
    assertThat(done.unmoved())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.userUuid()).isEqualTo(A.uuid());
              assertThat(row.refused()).isTrue();
              assertThat(row.cause()).hasMessageContaining(group).hasMessageContaining(A.uuid());
            });
    chats.assertRow(B, A, newest);
    chats.assertRow(C, A, newest);
    assertThat(chats.rows(C, group)).doesNotContain(third);
  }

  @Test
  void aKnownAttributeOfAnotherTypeIsKeptOnAMove() {
    String group = chats.conversation(A, B, 1);
    Map<String, AttributeValue> odd =
        Map.of(
            "user_handle", AttributeValue.fromN("42"),
            "user_display_name", AttributeValue.fromSs(List.of("B")));
    add(chats.rows(A, group).get(0), odd);
    Message newest = chats.say(group, 2, B);

    chats.reconcile(group);

    assertThat(row(A)).containsAllEntriesOf(odd);
    assertThat(row(A).get("message").s()).isEqualTo(newest.text());
  }

  @Test
  void aTextOfAnotherTypeGivesWayToTheNewestMessages() {
    String group = chats.conversation(A, B, 1);
    add(chats.rows(A, group).get(0), Map.of("message", AttributeValue.fromN("7")));
    Message newest = chats.say(group, 2, B);

    chats.reconcile(group);

    chats.assertTrue(newest, A, B);
    assertThat(chats.rows(A, group).get(0).extra()).isEmpty();
  }

  @Test
  void whatOnlyTheOlderOfTwoRowsHasGoesOverToTheOneThatStays() {
    String group = chats.conversation(A, B, 1);
    add(
        chats.rows(A, group).get(0),
        Map.of("pinned", AttributeValue.fromBool(true), "unread", AttributeValue.fromN("1")));
    add(chats.row(A, B, group, 2), Map.of("unread", AttributeValue.fromN("5")));
    Message newest = chats.say(group, 3, B);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.deleted()).isEqualTo(1);
    chats.assertTrue(newest, A, B);
    assertThat(chats.rows(A, group).get(0).extra())
        .isEqualTo(
            Map.of("pinned", AttributeValue.fromBool(true), "unread", AttributeValue.fromN("5")));
  }
}
