package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.C;
import static com.cruddur.ddb.chat.Conversations.NO_PAUSE;
import static com.cruddur.ddb.chat.Conversations.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SendBatchTest {
  private final Conversations chats = new Conversations();
  private final String group = chats.conversation(A, B, 1);
  private final String other = chats.conversation(A, C, 0);

  private static SendBatch run(ConversationStore store) {
    return new Chat(
            store,
            reference -> Optional.empty(),
            new Reconciler(store, NO_PAUSE),
            InstantSource.fixed(at(2)),
            () -> UUID.randomUUID().toString())
        .sends();
  }

  @Test
  void messagesAreStoredAtOnceAndTheRowsMoveOnceAtTheEnd() {
    int[] asked = new int[1];
    SendBatch run =
        run(
            new ForwardingStore(chats.store) {
              @Override
              public List<ConversationRow> indexedRows(String groupUuid) {
                asked[0]++;
                return super.indexedRows(groupUuid);
              }
            });

    run.send(group, "user-a", "one", null);
    Message two = run.send(group, "user-b", "two", null).message();
    Message three = run.send(other, "user-a", "three", null).message();

    assertThat(chats.table.storedMessages(group)).hasSize(3).contains(two);
    assertThat(chats.rows(A, group))
        .singleElement()
        .matches(row -> row.message().equals("message 1"));
    assertThat(run.end())
        .extracting(Reconciliation::groupUuid, Reconciliation::moved)
        .containsExactly(tuple(group, 2), tuple(other, 2));
    chats.assertTrue(two, A, B);
    chats.assertTrue(three, A, C);
    assertThat(asked[0]).isEqualTo(2);
    assertThat(run.end()).isEmpty();
  }

  @Test
  void aMessageThatIsRefusedOrSentBeforeLeavesTheOthersRowsToMove() {
    String uuid = UUID.randomUUID().toString();
    SendBatch run = run(chats.store);

    Message one = run.send(group, "user-a", "one", uuid).message();
    assertThat(run.send(group, "user-a", "one", uuid).alreadySent()).isTrue();
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> run.send(group, "nobody", "text", null));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> run.send(group, "user-a", " ", null));

    assertThat(run.end()).singleElement().matches(rows -> rows.moved() == 2);
    assertThat(chats.table.storedMessages(group)).hasSize(2);
    chats.assertTrue(one, A, B);
  }

  @Test
  void whereRowsCannotBeMovedTheOthersStillAre() {
    SendBatch run =
        run(
            new ForwardingStore(chats.store) {
              @Override
              public RowWrite moveRow(ConversationRow from, ConversationRow to) {
                return from.groupUuid().equals(group) ? RowWrite.CONFLICT : super.moveRow(from, to);
              }
            });
    run.send(group, "user-a", "one", null);
    Message two = run.send(other, "user-a", "two", null).message();

    assertThatExceptionOfType(RowsBehindException.class)
        .isThrownBy(run::end)
        .satisfies(e -> assertThat(e.hint()).contains(group));

    chats.assertTrue(two, A, C);
    assertThat(chats.table.storedMessages(group)).hasSize(2);
  }

  @Test
  void whereNothingWasStoredThereIsNothingToMove() {
    SendBatch run =
        run(
            new ForwardingStore(chats.store) {
              @Override
              public Optional<Message> putMessage(Message message) {
                throw new IllegalStateException("connection reset");
              }

              @Override
              public Optional<Message> newestMessage(String groupUuid) {
                throw new IllegalStateException("connection refused");
              }
            });
    assertThatIllegalStateException().isThrownBy(() -> run.send(group, "user-a", "one", null));

    assertThat(run.end()).isEmpty();
  }
}
