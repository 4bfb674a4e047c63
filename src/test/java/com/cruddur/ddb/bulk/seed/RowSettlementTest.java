package com.cruddur.ddb.bulk.seed;

import static com.cruddur.ddb.bulk.seed.SeedFixture.ANDREW;
import static com.cruddur.ddb.bulk.seed.SeedFixture.BAYKO;
import static com.cruddur.ddb.bulk.seed.SeedFixture.GROUP;
import static com.cruddur.ddb.bulk.seed.SeedFixture.OTHER_GROUP;
import static com.cruddur.ddb.bulk.seed.SeedFixture.WORF;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows that a seed has made, and what others did to them before it moves them. */
final class RowSettlementTest {
  private static final String T0 = "2024-01-05T10:00:00.000000+00:00";
  private static final String T1 = "2024-01-05T10:01:00.000000+00:00";
  private static final String T2 = "2024-01-05T10:02:00.000000+00:00";

  private final SeedFixture fixture = new SeedFixture();
  private final ItemReads reads = new DynamoDbItemTable(fixture.client, fixture.table).reads();
  private final RowSettlement rows =
      new RowSettlement(fixture.store, reads, new Reconciler(fixture.store, attempt -> {}));

  @AfterEach
  void close() {
    reads.close();
    fixture.close();
  }

  private static Message message(String group, String at, String text) {
    return new Message(group, at, "11111111-1111-4111-8111-111111111111", text, ANDREW);
  }

  /** With rows at its first message, and a newer one that stands, too. */
  private ConversationState behind(String group, User other) {
    Message first = message(group, T0, "first");
    ConversationState load = new ConversationState(group, null, List.of(ANDREW, other));
    fixture.store.start(
        first,
        List.of(
            ConversationRow.of(ANDREW.uuid(), other, first),
            ConversationRow.of(other.uuid(), ANDREW, first)));
    load.begun = true;
    load.standing = true;
    load.rowsAt = T0;
    load.newest = message(group, T1, "newest");
    fixture.store.putMessage(load.newest);
    return load;
  }

  private void settle(ConversationState... loads) {
    rows.settleTogether(List.of(loads));
    for (ConversationState load : loads) {
      rows.settle(load, new BatchResult());
    }
  }

  private void assertRowsAt(String time, String text, String group, User... owners) {
    for (User owner : owners) {
      ConversationRow row = fixture.onlyRow(owner, group);
      assertThat(row.lastMessageAt() + " " + row.message()).isEqualTo(time + " " + text);
    }
  }

  private Map<String, AttributeValue> row(User owner, String at) {
    return Keys.key(Keys.conversations(owner.uuid()), at);
  }

  @Test
  void rowsOfSeveralConversationsMoveTogether() {
    ConversationState one = behind(GROUP, BAYKO);
    // Of one user and moment: its row stands beside the other's.
    fixture.store.moveRow(
        fixture.onlyRow(ANDREW, GROUP), ConversationRow.of(ANDREW.uuid(), BAYKO, one.newest));
    one.rowsAt = null;
    ConversationState other = behind(OTHER_GROUP, WORF);
    rows.settleTogether(List.of(one, other));
    assertThat(other.rowsAt).as("one of its rows is in the way of another's").isEqualTo(T0);
    settle(one, other);
    assertRowsAt(T1, "newest", GROUP, ANDREW, BAYKO);
    assertThat(fixture.onlyRow(ANDREW, OTHER_GROUP).message()).isEqualTo("newest");
    assertRowsAt(T1, "newest", OTHER_GROUP, WORF);
    assertThat(other.changed).isTrue();
  }

  @Test
  void whatOthersAddedToARowMeanwhileMovesWithIt() {
    ConversationState load = behind(GROUP, BAYKO);
    fixture.client.updateItem(
        r ->
            r.tableName(fixture.table)
                .key(row(BAYKO, T0))
                .updateExpression("SET unread = :n")
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromN("7"))));
    rows.settleTogether(List.of(load));
    assertThat(load.rowsAt).as("nothing is left to do").isEqualTo(T1);
    assertRowsAt(T1, "newest", GROUP, ANDREW, BAYKO);
    assertThat(fixture.onlyRow(BAYKO, GROUP).extra().get("unread"))
        .isEqualTo(AttributeValue.fromN("7"));
  }

  @Test
  void rowsThatSomebodyHasMovedFurtherStay() {
    ConversationState load = behind(GROUP, BAYKO);
    Message later = message(GROUP, T2, "later");
    fixture.store.putMessage(later);
    for (User owner : List.of(ANDREW, BAYKO)) {
      ConversationRow row = fixture.onlyRow(owner, GROUP);
      fixture.store.moveRow(row, ConversationRow.of(owner.uuid(), row.other(), later));
    }
    settle(load);
    assertRowsAt(T2, "later", GROUP, ANDREW, BAYKO);
  }

  @Test
  void rowsGoBackFromAMessageThatSomebodyHasDeleted() {
    ConversationState load = behind(GROUP, BAYKO);
    fixture.store.deleteMessage(load.newest);
    settle(load);
    assertRowsAt(T0, "first", GROUP, ANDREW, BAYKO);
  }

  @Test
  void oneConversationThatCannotMoveHoldsUpNoOther() {
    ConversationState load = behind(GROUP, BAYKO);
    ConversationState lacking = behind(OTHER_GROUP, WORF);
    fixture.client.deleteItem(r -> r.tableName(fixture.table).key(row(WORF, T0)));
    settle(load, lacking);
    assertRowsAt(T1, "newest", GROUP, ANDREW, BAYKO);
    assertRowsAt(T1, "newest", OTHER_GROUP, WORF);
  }
}
