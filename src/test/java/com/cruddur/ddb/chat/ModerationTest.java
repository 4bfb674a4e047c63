package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.NO_PAUSE;
import static com.cruddur.ddb.chat.Conversations.newGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.chat.CrashingStore.Crash;
import com.cruddur.ddb.chat.Moderation.Deleted;
import com.cruddur.ddb.chat.Moderation.Moderated;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Messages and conversations that are taken away, also by processes that die. */
class ModerationTest {
  private final Conversations chats = new Conversations();
  private final Moderation moderation = over(chats.store);

  private static Moderation over(ConversationStore store) {
    return new Moderation(store, new Reconciler(store, NO_PAUSE));
  }

  @Test
  void rowsOfTheNewestMessageGoBackToTheOneBefore() {
    String group = chats.conversation(A, B, 1);
    Message before = chats.say(group, 2, B);
    Message newest = chats.say(group, 3, A);
    chats.reconcile(group);

    Moderated done = moderation.delete(group, newest.uuid());

    assertThat(done.message()).contains(newest);
    assertThat(done.rows().moved()).isEqualTo(2);
    chats.assertTrue(before, A, B);
    assertThat(chats.store.findMessages(group, newest.uuid())).isEmpty();
  }

  @Test
  void anOlderMessageGoesWithoutTheRows() {
    String group = chats.conversation(A, B, 1);
    Message newest = chats.say(group, 3, A);
    chats.reconcile(group);
    Message older = Conversations.message(group, 1, A);

    assertThat(moderation.delete(group, older.uuid()).rows().rowsWritten()).isZero();

    chats.assertTrue(newest, A, B);
  }

  @Test
  void theLastMessageTakesTheRowsWithIt() {
    String group = chats.conversation(A, B, 1);

    Moderated done = moderation.delete(group, Conversations.message(group, 1, A).uuid());

    assertThat(done.rows().deleted()).isEqualTo(2);
    assertThat(chats.rows(A, group)).isEmpty();
    assertThat(chats.rows(B, group)).isEmpty();
  }

  @Test
  void aMessageSentMeanwhileWins() {
    String group = chats.conversation(A, B, 1);
    Message deleted = chats.say(group, 2, A);
    chats.reconcile(group);
    ConversationStore busy =
        new ForwardingStore(chats.store) {
          @Override
          public boolean deleteMessage(Message message) {
            boolean done = super.deleteMessage(message);
            chats.say(group, 9, B);
            chats.reconcile(group);
            return done;
          }
        };

    over(busy).delete(group, deleted.uuid());

    chats.assertTrue(Conversations.message(group, 9, B), A, B);
  }

  @Test
  void afterACrashAtAnyWriteOfADeletionTheSameCallEndsIt() {
    crashEverywhere(
        (group, store) -> over(store).delete(group, Conversations.message(group, 5, B).uuid()),
        group -> chats.assertTrue(Conversations.message(group, 1, A), A, B));
  }

  @Test
  void afterACrashAtAnyWriteOfARedactionTheSameCallEndsIt() {
    crashEverywhere(
        (group, store) ->
            over(store).redact(group, Conversations.message(group, 5, B).uuid(), "gone"),
        group -> chats.assertTrue(Conversations.message(group, 5, B).with("gone"), A, B));
  }

  @Test
  void afterACrashAtAnyWriteOfTheDeletionOfAConversationTheSameCallEndsIt() {
    crashEverywhere(
        (group, store) -> over(store).deleteConversation(group, n -> true),
        group -> {
          assertThat(chats.store.newestMessage(group)).isEmpty();
          assertThat(chats.rows(A, group)).isEmpty();
          assertThat(chats.rows(B, group)).isEmpty();
        });
  }

  private interface Action {
    void run(String group, ConversationStore store);
  }

  private void crashEverywhere(Action action, Consumer<String> isDone) {
    for (boolean afterEffect : new boolean[] {false, true}) {
      boolean crashed = true;
      for (int fatal = 1; crashed; fatal++) {
        assertThat(fatal).isLessThan(20);
        String group = chats.conversation(A, B, 1);
        chats.say(group, 5, B);
        chats.reconcile(group);

        try {
          action.run(group, new CrashingStore(chats.store, fatal, afterEffect));
          crashed = false;
        } catch (Crash e) {
          repeat(action, group);
        }
        isDone.accept(group);
      }
    }
  }

  /** A run that died after its last write has left nothing to do. */
  private void repeat(Action action, String group) {
    try {
      action.run(group, chats.store);
    } catch (NotFoundException e) {
      assertThat(e).hasMessageContaining(group);
    }
  }

  @Test
  void aRedactedMessageKeepsItsPlaceAndItsRowsShowTheNewText() {
    String group = chats.conversation(A, B, 1);
    Message newest = chats.say(group, 3, A);
    chats.reconcile(group);

    Moderated done = moderation.redact(group, newest.uuid(), Moderation.REDACTED);

    assertThat(done.changed()).isTrue();
    Message redacted = newest.with(Moderation.REDACTED);
    assertThat(chats.store.findMessages(group, newest.uuid())).contains(redacted);
    chats.assertTrue(redacted, A, B);
    assertThat(moderation.redact(group, newest.uuid(), Moderation.REDACTED).changed()).isFalse();
  }

  @Test
  void aConversationGoesWithAllItsMessagesAndWhatIsSentMeanwhile() {
    String group = chats.conversation(A, B, 1);
    String other = chats.conversation(A, B, 700);
    for (int n = 2; n <= 130; n++) {
      chats.say(group, n, B);
    }
    ConversationStore busy =
        new ForwardingStore(chats.store) {
          private boolean sent;

          @Override
          public void deleteMessages(List<Message> messages) {
            super.deleteMessages(messages);
            if (!sent) {
              sent = true;
              Message late = chats.say(group, 500, A);
              chats.table.put(ConversationRow.of(A.uuid(), B, late));
            }
          }
        };

    Deleted deleted = over(busy).deleteConversation(group, n -> true);

    assertThat(deleted).isEqualTo(new Deleted(131, 3));
    assertThat(chats.store.newestMessage(group)).isEmpty();
    assertThat(chats.rows(A, group)).isEmpty();
    assertThat(chats.store.newestMessage(other)).isPresent();
  }

  @Test
  void whatIsNotThereIsNamedAndNothingChanges() {
    String group = chats.conversation(A, B, 1);
    String other = chats.conversation(A, B, 2);
    Message ofOther = Conversations.message(other, 2, A);

    assertThatThrownBy(() -> moderation.delete(group, ofOther.uuid()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("conversation " + group + " has no message " + ofOther.uuid());
    String nowhere = newGroup();
    assertThatThrownBy(() -> moderation.redact(nowhere, ofOther.uuid(), "x"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("conversation " + nowhere + " does not exist");
    assertThatThrownBy(() -> moderation.deleteConversation(nowhere, n -> true))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> moderation.delete(group, "x"))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> moderation.redact(group, UUID.randomUUID().toString(), " "))
        .isInstanceOf(InvalidInputException.class);
    chats.assertTrue(Conversations.message(group, 1, A), A, B);
  }
}
