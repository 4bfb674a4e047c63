package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.C;
import static com.cruddur.ddb.chat.Conversations.NO_PAUSE;
import static com.cruddur.ddb.chat.Conversations.OUTSIDER;
import static com.cruddur.ddb.chat.Conversations.at;
import static com.cruddur.ddb.chat.Conversations.newGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.chat.CrashingStore.Crash;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTest {
  private final Conversations chats = new Conversations();

  /** Knows A, B and the outsider, as a users file would. */
  private static Optional<User> users(String reference) {
    return Stream.of(A, B, OUTSIDER)
        .filter(user -> user.uuid().equals(reference) || user.handle().equals(reference))
        .findFirst();
  }

  private static Chat chat(ConversationStore store, int n) {
    return new Chat(
        store,
        ChatTest::users,
        new Reconciler(store, NO_PAUSE),
        InstantSource.fixed(at(n)),
        () -> UUID.randomUUID().toString());
  }

  private Chat chat(int n) {
    return chat(chats.store, n);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user-a", "@user-a", "UUID"})
  void aMessageIsStoredTrimmedAndBothRowsMove(String from) {
    String group = chats.conversation(A, B, 1);

    Sent sent = Sent.send(chat(2), group, from.replace("UUID", A.uuid()), "  hello ", null);

    assertThat(sent.alreadySent()).isFalse();
    assertThat(sent.message().text()).isEqualTo("hello");
    assertThat(sent.message().sender()).isEqualTo(A);
    assertThat(sent.message().createdAt()).isEqualTo(Timestamps.format(at(2)));
    assertThat(sent.rows().moved()).isEqualTo(2);
    assertThat(chats.table.storedMessages(group)).contains(sent.message()).hasSize(2);
    chats.assertTrue(sent.message(), A, B);
  }

  @Test
  void aSendAsksTheIndexOnceAndIsRightThoughAnotherMovedTheRowsMeanwhile() {
    String group = chats.conversation(A, B, 1);
    int[] asked = new int[1];
    ConversationStore busy =
        new ForwardingStore(chats.store) {
          @Override
          public List<ConversationRow> indexedRows(String groupUuid) {
            asked[0]++;
            return super.indexedRows(groupUuid);
          }

          @Override
          public Optional<Message> putMessage(Message message) {
            Sent.send(chat(2), group, "user-b", "between", null);
            return super.putMessage(message);
          }
        };

    Sent sent = Sent.send(chat(busy, 3), group, "user-a", "hello", null);

    assertThat(asked[0]).isEqualTo(1);
    chats.assertTrue(sent.message(), A, B);
  }

  @Test
  void aParticipantWhomOnlyTheConversationNamesMaySendByHandle() {
    String group = chats.conversation(A, C, 1);

    assertThat(Sent.send(chat(2), group, "user-c", "hi", null).message().sender()).isEqualTo(C);
  }

  @ParameterizedTest
  @CsvSource({
    "not-a-uuid, user-a, text, , the conversation 'not-a-uuid' is not a uuid",
    "GROUP, user-a, '  ', , the message is empty",
    "GROUP, user-a, text, 17, the message '17' is not a uuid"
  })
  void unusableInputIsRefusedBeforeAnythingIsStored(
      String group, String from, String text, String messageUuid, String error) {
    String there = chats.conversation(A, B, 1);
    List<?> before = chats.table.items();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> Sent.send(chat(2), group.replace("GROUP", there), from, text, messageUuid))
        .withMessage(error);

    assertThat(chats.table.items()).isEqualTo(before);
  }

  @Test
  void aConversationThatDoesNotExistIsNotFoundAndNotMade() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> Sent.send(chat(1), newGroup(), "user-a", "text", null))
        .withMessageContaining("does not exist");

    assertThat(chats.table.items()).isEmpty();
  }

  @Test
  void anUnknownHandleIsNotFound() {
    String group = chats.conversation(A, B, 1);

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> Sent.send(chat(2), group, "nobody", "text", null))
        .withMessageContaining("neither in this conversation nor in the users file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "@"})
  void aBlankSenderIsNobodyThoughAParticipantHasNoHandle(String from) {
    String group = newGroup();
    User unnamed = new User(C.uuid(), "", "");
    chats.say(group, 1, A);
    chats.row(A, unnamed, group, 1);
    chats.row(unnamed, A, group, 1);

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> Sent.send(chat(2), group, from, "text", null));

    assertThat(chats.table.storedMessages(group)).hasSize(1);
  }

  @Test
  void aUserWhoTakesNoPartMayNotSendEvenIfTheyOnceDid() {
    String group = chats.conversation(A, B, 1);
    chats.say(group, 2, OUTSIDER);

    for (String from : List.of("user-outsider", OUTSIDER.uuid(), C.uuid())) {
      assertThatExceptionOfType(NotParticipantException.class)
          .isThrownBy(() -> Sent.send(chat(3), group, from, "text", null))
          .withMessageContaining("takes no part");
    }
    assertThat(chats.table.storedMessages(group)).hasSize(2);
  }

  @Test
  void aParticipantWhomTheIndexDoesNotShowYetMaySend() {
    String group = chats.conversation(A, B, 1);
    StaleIndexStore blind = new StaleIndexStore(chats.store, history -> List.of());

    Sent sent = Sent.send(chat(blind, 2), group, "user-a", "text", null);

    chats.assertTrue(sent.message(), A, B);
  }

  @Test
  void aMessageWhoseKeyIsTakenIsWrittenAtTheFirstFreeMicrosecondAfterIt() {
    String group = chats.conversation(A, B, 1);
    Message first = chats.say(group, 2, B);
    Message second = chats.say(group, 3, B);

    Message third = Sent.send(chat(2), group, "user-a", "third", null).message();
    Message fourth = Sent.send(chat(2), group, "user-b", "fourth", newGroup()).message();

    assertThat(third.createdAt()).isEqualTo(Timestamps.format(at(4)));
    assertThat(fourth.createdAt()).isEqualTo(Timestamps.format(at(5)));
    assertThat(chats.table.storedMessages(group)).contains(first, second, third, fourth).hasSize(5);
    chats.assertTrue(fourth, A, B);
  }

  @Test
  void aMessageSentAgainUnderItsUuidIsNotStoredAgain() {
    String group = chats.conversation(A, B, 1);
    String uuid = newGroup();

    Sent first = Sent.send(chat(2), group, "user-a", "text", uuid);
    Sent again = Sent.send(chat(3), group, "user-a", "text", uuid);

    assertThat(first.alreadySent()).isFalse();
    assertThat(again.alreadySent()).isTrue();
    assertThat(again.message()).isEqualTo(first.message());
    assertThat(chats.table.storedMessages(group)).hasSize(2);
  }

  @Test
  void theSameMessageUuidInAnotherConversationIsAnotherMessage() {
    String one = chats.conversation(A, B, 1);
    String two = chats.conversation(A, C, 2);
    String uuid = newGroup();

    Sent.send(chat(3), one, "user-a", "text", uuid);
    Sent.send(chat(4), two, "user-a", "text", uuid);

    assertThat(chats.table.storedMessages(one)).hasSize(2);
    assertThat(chats.table.storedMessages(two)).hasSize(2);
  }

  @Test
  void theSameMessageUuidInAnotherTableIsAnotherMessage() {
    String group = chats.conversation(A, B, 1);
    Conversations elsewhere = new Conversations();
    elsewhere.table.put(chats.table.storedMessages(group).get(0));
    chats.table.storedRows(A.uuid()).forEach(elsewhere.table::put);
    chats.table.storedRows(B.uuid()).forEach(elsewhere.table::put);
    String uuid = newGroup();

    Message here = Sent.send(chat(2), group, "user-a", "text", uuid).message();
    Message there = Sent.send(chat(elsewhere.store, 2), group, "user-a", "text", uuid).message();

    assertThat(chats.table.storedMessages(group)).contains(here);
    assertThat(elsewhere.table.storedMessages(group)).contains(there);
  }

  @Test
  void twoThreadsThatSendOneMessageUuidAtOnceStoreOneMessage() throws Exception {
    for (int round = 0; round < 15; round++) {
      String group = chats.conversation(A, B, 1);
      chats.say(group, 100, B);
      String uuid = newGroup();
      int step = round % 3;

      List<Sent> sent =
          Parallel.run(2, i -> Sent.send(chat(100 + i * step), group, "user-a", "text", uuid));

      List<Message> stored = chats.table.storedMessages(group);
      assertThat(stored).hasSize(3);
      Message message =
          stored.stream().filter(m -> m.uuid().equals(uuid)).findFirst().orElseThrow();
      assertThat(sent).allMatch(s -> s.message().equals(message));
      chats.assertTrue(message, A, B);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aSendThatDiedAtAnyWriteAndIsSentAgainStoresOneMessage(int fatal) {
    for (boolean afterEffect : new boolean[] {false, true}) {
      String group = chats.conversation(A, B, 1);
      String uuid = newGroup();
      assertThatExceptionOfType(Crash.class)
          .isThrownBy(
              () ->
                  Sent.send(
                      chat(new CrashingStore(chats.store, fatal, afterEffect), 2),
                      group,
                      "user-a",
                      "text",
                      uuid));

      Sent again = Sent.send(chat(3), group, "user-a", "text", uuid);

      assertThat(again.alreadySent()).isEqualTo(fatal > 1 || afterEffect);
      assertThat(chats.table.storedMessages(group)).hasSize(2).contains(again.message());
      chats.assertTrue(again.message(), A, B);
    }
  }

  @Test
  void aSendThatDiedIsMadeGoodByAnyLaterSend() {
    String group = chats.conversation(A, B, 1);
    assertThatExceptionOfType(Crash.class)
        .isThrownBy(
            () ->
                Sent.send(
                    chat(new CrashingStore(chats.store, 1, true), 2),
                    group,
                    "user-a",
                    "lost answer",
                    null));

    Message next = Sent.send(chat(3), group, "user-b", "next", null).message();

    assertThat(chats.table.storedMessages(group)).hasSize(3);
    chats.assertTrue(next, A, B);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eightConcurrentSendersLoseNoMessageAndLeaveOneRowEachAtTheNewest(boolean staleIndex)
      throws Exception {
    String group = chats.conversation(A, B, 1);
    ConversationStore store =
        staleIndex ? new StaleIndexStore(chats.store, StaleIndexStore.random(7)) : chats.store;
    Chat chat =
        new Chat(
            store,
            ChatTest::users,
            new Reconciler(store, Backoff.jittered()),
            InstantSource.system(),
            () -> UUID.randomUUID().toString());

    Parallel.run(
        8,
        sender -> {
          for (int i = 0; i < 10; i++) {
            Sent.send(chat, group, sender % 2 == 0 ? "user-a" : "user-b", sender + ":" + i, null);
          }
          return null;
        });

    List<Message> stored = chats.table.storedMessages(group);
    assertThat(stored.stream().skip(1).map(Message::text))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 80).mapToObj(i -> i / 10 + ":" + i % 10).toList());
    chats.assertTrue(stored.get(stored.size() - 1), A, B);
    assertThat(chats.table.items()).hasSize(81 + 2);
  }

  @Test
  void aSenderWhoseRowsStayBusyIsToldThatTheMessageIsStoredAndNotToSendItAgain() {
    String group = chats.conversation(A, B, 1);
    ForwardingStore contended =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite moveRow(ConversationRow from, ConversationRow to) {
            return RowWrite.CONFLICT;
          }
        };

    assertThatExceptionOfType(RowsBehindException.class)
        .isThrownBy(() -> Sent.send(chat(contended, 2), group, "user-a", "text", null))
        .withMessageStartingWith("the message is stored, but ")
        .satisfies(e -> assertThat(e.hint()).contains("Do not send it again"));

    assertThat(chats.table.storedMessages(group)).hasSize(2);
  }

  @Test
  void aSenderWhoseConnectionEndsAfterThePutIsToldThatTheMessageIsStored() {
    String group = chats.conversation(A, B, 1);
    ForwardingStore cut =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite moveRow(ConversationRow from, ConversationRow to) {
            throw new IllegalStateException("connection reset\nat some place");
          }
        };

    assertThatExceptionOfType(RowsBehindException.class)
        .isThrownBy(() -> Sent.send(chat(cut, 2), group, "user-a", "text", null))
        .withMessage("the message is stored, but not every row was moved to it")
        .withRootCauseExactlyInstanceOf(IllegalStateException.class);

    assertThat(chats.table.storedMessages(group)).hasSize(2);
  }

  @Test
  void aConversationStartsWithItsFirstMessageAndBothRows() {
    Message first = chat(1).start("user-a", "@user-b", " hello ");

    assertThat(first.text()).isEqualTo("hello");
    chats.assertTrue(first, A, B);
    assertThat(chats.table.items()).hasSize(3);
  }

  @Test
  void conversationsStartedOnOneMicrosecondAllStand() throws Exception {
    List<Message> started =
        Parallel.run(6, i -> chat(1).start(i % 2 == 0 ? "user-a" : "user-b", other(i), "hi " + i));

    assertThat(chats.table.storedRows(A.uuid())).hasSize(6);
    assertThat(chats.table.storedRows(B.uuid())).hasSize(6);
    started.forEach(sent -> chats.assertTrue(sent, A, B));
    assertThat(chats.table.items()).hasSize(18);
  }

  private static String other(int i) {
    return i % 2 == 0 ? "user-b" : "user-a";
  }

  @Test
  void aConversationNeedsTwoUsersOfTheUsersFileAndAText() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> chat(1).start("user-a", A.uuid(), "text"))
        .withMessageContaining("needs two users");
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> chat(1).start("user-a", "user-c", "text"))
        .withMessageContaining("'user-c' is not in the users file");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> chat(1).start("user-a", "user-b", ""));

    assertThat(chats.table.items()).isEmpty();
  }

  @Test
  void messagesOfAConversationThatDoesNotExistAreNotFound() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(
            () -> chat(1).messages(new MessageQuery(newGroup(), 10, null, null, false, null)));
  }

  @Test
  void aConversationWithRowsOrOutsideTheTimesAskedForIsEmptyNotMissing() {
    String rowsOnly = newGroup();
    chats.row(A, B, rowsOnly, 1);
    String group = chats.conversation(A, B, 2);

    assertThat(chat(1).messages(new MessageQuery(rowsOnly, 10, null, null, false, null)).items())
        .isEmpty();
    assertThat(chat(1).messages(new MessageQuery(group, 10, at(3), null, false, null)).items())
        .isEmpty();
  }
}
