package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.C;
import static com.cruddur.ddb.chat.Conversations.OUTSIDER;
import static com.cruddur.ddb.chat.Conversations.at;
import static com.cruddur.ddb.chat.Conversations.message;
import static com.cruddur.ddb.chat.Conversations.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.dynamo.Items;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ReconcilerTest {
  private final Conversations chats = new Conversations();

  @Test
  void bothRowsMoveToTheNewestMessage() {
    String group = chats.conversation(A, B, 1);
    Message newest = chats.say(group, 2, A);

    Reconciliation done = chats.reconcile(group);

    assertThat(done).isEqualTo(new Reconciliation(group, newest, 2, 0, 0, 0, List.of()));
    chats.assertTrue(newest, A, B);
    assertThat(chats.table.items()).hasSize(4);
  }

  @Test
  void aSecondCallChangesNothing() {
    String group = chats.conversation(A, B, 1);
    Message newest = chats.say(group, 2, B);
    chats.reconcile(group);
    List<?> before = chats.table.items();

    Reconciliation again = chats.reconcile(group);

    assertThat(again).isEqualTo(new Reconciliation(group, newest, 0, 0, 0, 2, List.of()));
    assertThat(chats.table.items()).isEqualTo(before);
  }

  @Test
  void aConversationWithoutMessagesIsLeftAlone() {
    String group = newGroup();
    ConversationRow row = chats.row(A, B, group, 1);

    assertThat(chats.reconcile(group))
        .isEqualTo(new Reconciliation(group, null, 0, 0, 0, 0, List.of()));
    assertThat(chats.rows(A, group)).containsExactly(row);
  }

  @Test
  void aRowThatIsAheadStaysAndTheOtherMoves() {
    String group = newGroup();
    ConversationRow ahead = chats.row(A, B, group, 9);
    chats.row(B, A, group, 1);
    Message newest = chats.say(group, 5, B);

    chats.reconcile(group);

    assertThat(chats.rows(A, group)).containsExactly(ahead);
    chats.assertRow(B, A, newest);
  }

  @Test
  void anOlderMessageThatArrivesLateMovesNothingBack() {
    String group = chats.conversation(A, B, 5);
    Message newest = message(group, 5, A);
    chats.say(group, 3, B);

    chats.reconcile(group);
    chats.say(group, 1, B);
    chats.reconcile(group);

    chats.assertTrue(newest, A, B);
  }

  @Test
  void anotherTextUnderTheSameKeyIsRewrittenInPlace() {
    String group = chats.conversation(A, B, 1);
    Message edited =
        new Message(group, Timestamps.format(at(1)), Uuids.derived("edited"), "edited", A);
    chats.table.put(edited);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.moved()).isEqualTo(2);
    chats.assertTrue(edited, A, B);
    assertThat(chats.table.items()).hasSize(3);
  }

  @Test
  void attributesOfEveryTypeThatOthersAddedAreKeptOnAMove() {
    String group = chats.conversation(A, B, 1);
    Map<String, AttributeValue> extra = attributesOfEveryType();
    Map<String, AttributeValue> item = new HashMap<>(Items.item(chats.row(A, B, group, 1)));
    item.putAll(extra);
    chats.table.put(item);
    Message newest = chats.say(group, 2, B);

    chats.reconcile(group);

    Map<String, AttributeValue> expected = new HashMap<>(Items.item(moved(newest, item)));
    assertThat(chats.table.partitionItems("GRP#" + A.uuid())).containsExactly(expected);
    assertThat(expected).containsAllEntriesOf(extra);
    chats.assertTrue(newest, A, B);
  }

  private static ConversationRow moved(Message newest, Map<String, AttributeValue> item) {
    return Items.row(item).movedTo(newest);
  }

  private static Map<String, AttributeValue> attributesOfEveryType() {
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {0, -1, 127});
    return Map.of(
        "x_s", AttributeValue.fromS("😀 text"),
        "x_n", AttributeValue.fromN("12345678901234567890123456789012345678"),
        "x_b", AttributeValue.fromB(bytes),
        "x_bool", AttributeValue.fromBool(false),
        "x_null", AttributeValue.fromNul(true),
        "x_ss", AttributeValue.fromSs(List.of("one", "two")),
        "x_ns", AttributeValue.fromNs(List.of("1", "2.5")),
        "x_bs", AttributeValue.fromBs(List.of(bytes)),
        "x_l", AttributeValue.fromL(List.of(AttributeValue.fromS(""), AttributeValue.fromN("0"))),
        "x_m", AttributeValue.fromM(Map.of("in", AttributeValue.fromNul(true))));
  }

  @Test
  void twoRowsOfOneUserBecomeTheNewerOneAndMove() {
    String group = chats.conversation(A, B, 1);
    chats.row(A, B, group, 2);
    Message newest = chats.say(group, 3, B);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.deleted()).isEqualTo(1);
    chats.assertTrue(newest, A, B);
  }

  @Test
  void threeRowsOfOneUserBecomeOneAlsoWhenOneStandsAtTheNewestMessage() {
    String group = chats.conversation(A, B, 1);
    chats.row(A, B, group, 2);
    chats.row(A, B, group, 3);
    Message newest = chats.say(group, 3, B);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.deleted()).isEqualTo(2);
    chats.assertTrue(newest, A, B);
  }

  @Test
  void ofTwoRowsTheOneThatIsAheadStays() {
    String group = chats.conversation(A, B, 1);
    ConversationRow ahead = chats.row(A, B, group, 9);

    chats.reconcile(group);

    assertThat(chats.rows(A, group)).containsExactly(ahead);
  }

  @Test
  void aMissingRowIsMadeAgainWhenTheOtherRowNamesItsOwner() {
    String group = chats.conversation(A, B, 1);
    chats.table.delete(chats.rows(B, group).get(0));
    Message newest = chats.say(group, 2, A);

    Reconciliation done = chats.reconcile(group);

    assertThat(done).isEqualTo(new Reconciliation(group, newest, 1, 1, 0, 0, List.of()));
    chats.assertTrue(newest, A, B);
  }

  @Test
  void theRowMadeAgainNamesTheOtherAsTheirMessagesDo() {
    String group = chats.conversation(A, B, 1);
    chats.table.delete(chats.rows(B, group).get(0));
    Message newest = chats.say(group, 2, B);

    chats.reconcile(group);

    chats.assertTrue(newest, A, B);
  }

  @Test
  void aMissingRowWhoseOtherParticipantNothingNamesIsReportedAndNotMade() {
    String group = newGroup();
    chats.row(A, B, group, 1);
    Message newest = chats.say(group, 2, B);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.missing()).containsExactly(B.uuid());
    assertThat(done.created()).isZero();
    chats.assertRow(A, B, newest);
    assertThat(chats.table.storedRows(B.uuid())).isEmpty();
  }

  @Test
  void aRowThatNamesAnOutsiderByMistakeMakesNoRowForThem() {
    String group = chats.conversation(A, B, 1);
    chats.row(A, OUTSIDER, group, 1);
    Message newest = chats.say(group, 2, B);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.missing()).containsExactly(OUTSIDER.uuid());
    assertThat(chats.table.storedRows(OUTSIDER.uuid())).isEmpty();
    chats.assertRow(A, OUTSIDER, newest);
    chats.assertRow(B, A, newest);
  }

  @Test
  void aStrayMessageOfAnOutsiderMovesTheRowsAndMakesNoneForThem() {
    String group = chats.conversation(A, B, 1);
    Message stray = chats.say(group, 2, OUTSIDER);

    Reconciliation done = chats.reconcile(group);

    assertThat(done).isEqualTo(new Reconciliation(group, stray, 2, 0, 0, 0, List.of()));
    chats.assertTrue(stray, A, B);
    assertThat(chats.table.storedRows(OUTSIDER.uuid())).isEmpty();
  }

  @Test
  void aStrayMessageInAConversationThatLostARowNamesNobodyWrongly() {
    String group = chats.conversation(A, B, 1);
    chats.table.delete(chats.rows(B, group).get(0));
    Message stray = chats.say(group, 2, OUTSIDER);

    Reconciliation done = chats.reconcile(group);

    assertThat(done.missing()).containsExactly(B.uuid());
    chats.assertRow(A, B, stray);
    assertThat(chats.table.storedRows(B.uuid())).isEmpty();
    assertThat(chats.table.storedRows(OUTSIDER.uuid())).isEmpty();
  }

  @Test
  void rowsOfThreeMembersAllMove() {
    String group = chats.conversation(A, B, 1);
    chats.row(C, A, group, 1);
    Message newest = chats.say(group, 2, C);

    assertThat(chats.reconcile(group).moved()).isEqualTo(3);

    chats.assertTrue(newest, A, B);
    chats.assertRow(C, A, newest);
  }

  @Test
  void amongThreeMembersAMissingRowIsReportedAndNotMade() {
    String group = newGroup();
    chats.row(A, B, group, 1);
    chats.row(C, A, group, 1);
    Message newest = chats.say(group, 2, A);

    assertThat(chats.reconcile(group).missing()).containsExactly(B.uuid());

    chats.assertRow(A, B, newest);
    chats.assertRow(C, A, newest);
    assertThat(chats.table.storedRows(B.uuid())).isEmpty();
  }

  @Test
  void aRowUnderAnUnreadableKeyMovesToTheNewestMessage() {
    String group = newGroup();
    chats.rowAt(A, B, group, "zzz");
    chats.rowAt(B, A, group, "2026-13-45T99:00:00");
    Message newest = chats.say(group, 2, A);

    chats.reconcile(group);

    chats.assertTrue(newest, A, B);
  }

  @Test
  void ofTwoRowsTheOneUnderAnUnreadableKeyGoes() {
    String group = chats.conversation(A, B, 1);
    chats.rowAt(A, B, group, "zzz");

    chats.reconcile(group);

    chats.assertTrue(message(group, 1, A), A, B);
  }

  @Test
  void rowsInOtherFormsOfTheNewestMomentStayWhereTheyStand() {
    String group = newGroup();
    Message newest = new Message(group, "2023-05-01T08:00:00", Uuids.derived("m"), "odd", B);
    chats.table.put(newest);
    ConversationRow bare = chats.rowAt(A, B, group, "2023-05-01T08:00:00");
    ConversationRow offset = chats.rowAt(B, A, group, "2023-05-01T10:00:00+02:00");

    assertThat(chats.reconcile(group).unchanged()).isEqualTo(2);

    assertThat(chats.rows(A, group)).containsExactly(bare);
    assertThat(chats.rows(B, group)).containsExactly(offset);
  }

  @Test
  void rowsInOtherFormsMoveToCanonicalKeys() {
    String group = newGroup();
    chats.rowAt(A, B, group, "2023-05-01T08:00:00");
    chats.rowAt(B, A, group, "2023-05-01T10:00:00Z");
    Message newest = chats.say(group, 1, A);

    chats.reconcile(group);

    chats.assertTrue(newest, A, B);
  }

  @Test
  void messagesUnderUnreadableKeysThatSortLastDoNotHideTheNewest() {
    String group = chats.conversation(A, B, 1);
    for (String key : List.of("zzz", "zzzz", "~")) {
      chats.table.put(new Message(group, key, Uuids.derived(key), "unreadable", A));
    }
    Message newest = chats.say(group, 2, A);

    assertThat(chats.reconcile(group).newest()).isEqualTo(newest);

    chats.assertTrue(newest, A, B);
  }

  @Test
  void participantsThatTheCallerKnowsGetRows() {
    String group = newGroup();
    Message newest = chats.say(group, 1, B);

    Reconciliation done = chats.reconciler.reconcile(group, Hints.ofUsers(List.of(A, B)));

    assertThat(done).isEqualTo(new Reconciliation(group, newest, 0, 2, 0, 0, List.of()));
    chats.assertTrue(newest, A, B);
  }

  @Test
  void aCallerThatKnowsTheParticipantsDoublesNoRow() {
    String group = chats.conversation(A, B, 1);
    Message newest = chats.say(group, 2, B);

    chats.reconciler.reconcile(group, Hints.ofUsers(List.of(A, B)));

    chats.assertTrue(newest, A, B);
  }

  @Test
  void participantsThatTheCallerKnowsGetRowsThoughTheNewestMessageIsAnOutsiders() {
    String group = newGroup();
    Message stray = chats.say(group, 1, OUTSIDER);

    Reconciliation done = chats.reconciler.reconcile(group, Hints.ofUsers(List.of(A, B)));

    assertThat(done.created()).isEqualTo(2);
    chats.assertTrue(stray, A, B);
    assertThat(chats.table.storedRows(OUTSIDER.uuid())).isEmpty();
  }

  @Test
  void reorderedAndRepeatedCallsEndAtTheNewestMessage() {
    String group = chats.conversation(A, B, 0);
    Message newest = null;
    for (int n : new int[] {3, 1, 5, 2, 4}) {
      Message said = chats.say(group, n, n % 2 == 0 ? A : B);
      newest = newest == null || said.instant().isAfter(newest.instant()) ? said : newest;
      chats.reconcile(group);
      chats.reconcile(group);
    }

    chats.assertTrue(newest, A, B);
  }
}
