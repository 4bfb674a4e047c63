package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that sort otherwise than their moments, and messages that are gone. */
class ReconcilerMomentTest {
  private final Conversations chats = new Conversations();

  private Message sayAt(String group, String key, String text) {
    Message message = new Message(group, key, Uuids.derived(group, key), text, B);
    chats.table.put(message);
    return message;
  }

  private static String key(Instant at, String offset) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx")
        .format(at.atOffset(ZoneOffset.of(offset)));
  }

  private Reconciliation reconcile(String group, Message... known) {
    List<String> keys = List.of(known).stream().map(Message::createdAt).toList();
    return chats.reconciler.reconcile(group, Hints.ofKeys(keys));
  }

  private Reconciliation afterDeletion(Message deleted) {
    return chats.reconciler.reconcile(
        deleted.groupUuid(), Hints.NONE.withDeleted(List.of(deleted.createdAt())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+02:00", "+14:00", "+18:00"})
  void aKeyThatSortsInTheFutureHidesNoLaterMessageThatTheCallerKnows(String offset) {
    String group = chats.conversation(A, B, 1);
    Message odd = sayAt(group, key(at(2), offset), "from the east");
    chats.reconcile(group);
    chats.assertTrue(odd, A, B);
    Message newest = chats.say(group, 3, A);

    assertThat(reconcile(group, newest).newest()).isEqualTo(newest);

    chats.assertTrue(newest, A, B);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-05:00", "-12:00", "-18:00"})
  void aKeyThatSortsInThePastMovesTheRowsWhenTheCallerKnowsIt(String offset) {
    String group = chats.conversation(A, B, 1);
    Message newest = sayAt(group, key(at(2), offset), "from the west");

    reconcile(group, newest);

    chats.assertTrue(newest, A, B);
    chats.reconcile(group);
    chats.assertTrue(newest, A, B);
  }

  @Test
  void aMessageThatTheCallerSawButIsGoneMovesNothing() {
    String group = chats.conversation(A, B, 1);
    Message gone = Conversations.message(group, 9, A);

    assertThat(reconcile(group, gone).unchanged()).isEqualTo(2);

    chats.assertTrue(Conversations.message(group, 1, A), A, B);
  }

  @Test
  void anOlderMessageThatTheCallerKnowsMovesNothingBack() {
    String group = chats.conversation(A, B, 5);
    Message older = chats.say(group, 3, B);

    reconcile(group, older);

    chats.assertTrue(Conversations.message(group, 5, A), A, B);
  }

  @Test
  void aKeyThatIsNoTimeIsNoCandidate() {
    String group = chats.conversation(A, B, 1);

    assertThat(chats.reconciler.reconcile(group, Hints.ofKeys(Set.of("zzz", ""))).unchanged())
        .isEqualTo(2);
  }

  @Test
  void afterADeletionTheRowsThatStoodAtTheMessageGoBackToTheNewestLeft() {
    String group = chats.conversation(A, B, 1);
    Message left = chats.say(group, 2, B);
    Message deleted = Conversations.message(group, 3, A);
    chats.table.put(deleted);
    chats.reconcile(group);
    chats.table.delete(deleted);

    Reconciliation done = afterDeletion(deleted);

    assertThat(done.moved()).isEqualTo(2);
    chats.assertTrue(left, A, B);
    assertThat(afterDeletion(deleted).rowsWritten()).isZero();
  }

  @Test
  void theNewestMessageThatIsLeftIsToldByItsMoment() {
    String group = chats.conversation(A, B, 1);
    Message left = sayAt(group, key(at(3), "-05:00"), "left");
    chats.say(group, 2, B);
    Message deleted = Conversations.message(group, 4, A);
    chats.row(A, B, group, 4);

    afterDeletion(deleted);

    chats.assertTrue(left, A, B);
  }

  @Test
  void aRowThatIsAheadOfTheDeletedMessageStays() {
    String group = chats.conversation(A, B, 1);
    chats.rows(A, group).forEach(chats.table::delete);
    ConversationRow ahead = chats.row(A, B, group, 9);

    afterDeletion(Conversations.message(group, 4, A));

    assertThat(chats.rows(A, group)).containsExactly(ahead);
  }

  @Test
  void aMessageThatIsStillThereMovesNothingBack() {
    String group = chats.conversation(A, B, 4);
    Message alive = Conversations.message(group, 4, A);

    afterDeletion(alive);

    chats.assertTrue(alive, A, B);
  }

  @Test
  void theLastMessageTakesTheRowsThatStandAtItWithIt() {
    String group = chats.conversation(A, B, 1);
    Message deleted = Conversations.message(group, 1, A);
    chats.table.delete(deleted);

    assertThat(afterDeletion(deleted).deleted()).isEqualTo(2);

    assertThat(chats.table.items()).isEmpty();
  }

  @Test
  void aMessageThatComesWhileTheLastOneTakesItsRowsBringsThemBack() {
    String group = chats.conversation(A, B, 1);
    Message deleted = Conversations.message(group, 1, A);
    chats.table.delete(deleted);
    Message newest = Conversations.message(group, 2, B);
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite deleteRow(ConversationRow row) {
            RowWrite outcome = super.deleteRow(row);
            chats.table.put(newest);
            return outcome;
          }
        };

    new Reconciler(racing, Conversations.NO_PAUSE)
        .reconcile(group, Hints.NONE.withDeleted(List.of(deleted.createdAt())));

    chats.assertTrue(newest, A, B);
  }

  @Test
  void aMessageThatComesWhileARowGoesBackIsNotPassed() {
    String group = chats.conversation(A, B, 1);
    Message deleted = Conversations.message(group, 9, A);
    chats.row(A, B, group, 9);
    Message newest = Conversations.message(group, 5, B);
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite moveRow(ConversationRow from, ConversationRow to) {
            if (chats.store.message(group, newest.createdAt()).isEmpty()) {
              chats.table.put(newest);
              chats.reconciler.reconcile(group, Hints.ofKeys(List.of(newest.createdAt())));
            }
            return super.moveRow(from, to);
          }
        };

    new Reconciler(racing, Conversations.NO_PAUSE)
        .reconcile(group, Hints.NONE.withDeleted(List.of(deleted.createdAt())));

    chats.assertTrue(newest, A, B);
  }

  @Test
  void aMessageThatIsDeletedWhileItsRowsMoveLeavesNoRowBehind() {
    String group = chats.conversation(A, B, 1);
    Message left = Conversations.message(group, 1, A);
    Message newest = chats.say(group, 2, B);
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite moveRow(ConversationRow from, ConversationRow to) {
            if (chats.store.message(group, newest.createdAt()).isPresent()) {
              chats.table.delete(newest);
              assertThat(afterDeletion(newest).rowsWritten()).isZero();
            }
            return super.moveRow(from, to);
          }
        };

    Reconciliation done =
        new Reconciler(racing, Conversations.NO_PAUSE)
            .reconcile(group, Hints.ofKeys(List.of(newest.createdAt())));

    assertThat(done.newest()).isEqualTo(left);
    chats.assertTrue(left, A, B);
  }

  @Test
  void aLastMessageThatIsDeletedWhileItsRowsMoveTakesThemWithIt() {
    String group = chats.conversation(A, B, 1);
    chats.table.delete(Conversations.message(group, 1, A));
    Message newest = chats.say(group, 2, B);
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite moveRow(ConversationRow from, ConversationRow to) {
            chats.table.delete(newest);
            return super.moveRow(from, to);
          }
        };

    new Reconciler(racing, Conversations.NO_PAUSE).reconcile(group);

    assertThat(chats.table.items()).isEmpty();
  }

  @Test
  void rowsThatStandAtAMessageThatIsGoneGoBackWhenItsRecordComesAgain() {
    String group = chats.conversation(A, B, 1);
    Message gone = Conversations.message(group, 2, B);
    chats.rows(A, group).forEach(chats.table::delete);
    chats.row(A, B, group, 2);

    reconcile(group, gone);

    chats.assertTrue(Conversations.message(group, 1, A), A, B);
  }

  @Test
  void afterADeletionNoIndexIsBelieved() {
    String group = chats.conversation(A, B, 1);
    List<ConversationRow> old = chats.store.indexedRows(group);
    Message deleted = chats.say(group, 2, B);
    chats.reconcile(group);
    chats.table.delete(deleted);

    chats.reconciler.reconcileShown(
        group, Hints.NONE.withDeleted(List.of(deleted.createdAt())), old);

    chats.assertTrue(Conversations.message(group, 1, A), A, B);
  }

  @Test
  void ofMessagesOfOneMomentTheOneThatSortsLastCountsWhicheverIsKnown() {
    String group = chats.conversation(A, B, 1);
    Message west = sayAt(group, key(at(3), "-05:00"), "west");
    Message naive = sayAt(group, key(at(3), "+00:00").substring(0, 26), "naive");
    Message utc = sayAt(group, key(at(3), "+00:00"), "utc");
    // Of an earlier moment, but it sorts behind them all.
    sayAt(group, key(at(2), "+09:00"), "east");

    for (Message known : List.of(naive, west, utc, naive, west)) {
      reconcile(group, known);
    }

    chats.assertTrue(utc, A, B);
    assertThat(reconcile(group, west).rowsWritten()).isZero();
  }

  @Test
  void theRowsAreBackWhenAnotherConversationStandsAtTheMomentOfAMessageThatComesMeanwhile() {
    String group = chats.conversation(A, B, 1);
    chats.conversation(A, B, 2);
    Message deleted = Conversations.message(group, 1, A);
    chats.table.delete(deleted);
    Message newest = Conversations.message(group, 2, B);
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite deleteRow(ConversationRow row) {
            chats.table.put(newest);
            return super.deleteRow(row);
          }

          @Override
          public List<ConversationRow> indexedRows(String groupUuid) {
            return rows(A.uuid(), groupUuid);
          }
        };

    new Reconciler(racing, Conversations.NO_PAUSE)
        .reconcile(group, Hints.NONE.withDeleted(List.of(deleted.createdAt())));

    chats.assertTrue(newest, A, B);
  }

  @Test
  void anEditThatEndsWhileARowIsLookedAtIsNotUndone() {
    String group = chats.conversation(A, B, 1);
    Message edited = Conversations.message(group, 1, A).with("edited");
    List<String> written = new ArrayList<>();
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          public List<ConversationRow> indexedRows(String groupUuid) {
            chats.table.put(edited);
            chats.reconcile(group);
            return super.indexedRows(groupUuid);
          }

          @Override
          public RowWrite rewriteRow(ConversationRow row, String text) {
            written.add(text);
            return super.rewriteRow(row, text);
          }
        };

    new Reconciler(racing, Conversations.NO_PAUSE).reconcile(group);

    assertThat(written).isEmpty();
    chats.assertTrue(edited, A, B);
  }

  @Test
  void aRowThatGotAnotherTextSinceItWasReadKeepsIt() {
    String group = chats.conversation(A, B, 1);
    ConversationRow before = chats.rows(A, group).get(0);
    assertThat(chats.store.rewriteRow(before, "later")).isEqualTo(RowWrite.DONE);
    assertThat(chats.store.rewriteRow(before, "earlier")).isEqualTo(RowWrite.OVERTAKEN);
    assertThat(chats.rows(A, group).get(0).message()).isEqualTo("later");
  }
}
