package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.C;
import static com.cruddur.ddb.chat.Conversations.NO_PAUSE;
import static com.cruddur.ddb.chat.Conversations.OUTSIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.chat.UserErasure.Erased;
import com.cruddur.ddb.chat.UserRename.Names;
import com.cruddur.ddb.chat.UserRename.Renamed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who are renamed and forgotten, also by processes that die. */
class PeopleTest {
  private static final Names NEW = new Names("New name", "new-handle");
  private static final UserDirectory NOBODY = reference -> Optional.empty();

  private final Conversations chats = new Conversations();
  private final String withB = chats.conversation(A, B, 1);
  private final String withC = chats.conversation(A, C, 20);
  private final User renamed = new User(A.uuid(), "New name", "new-handle");

  private static UserConversations over(ConversationStore store) {
    return new UserConversations(store, NO_PAUSE);
  }

  private static Renamed rename(ConversationStore store) {
    return new UserRename(over(store), NOBODY).rename(A.uuid(), NEW, true);
  }

  private static Erased erase(ConversationStore store) {
    return new UserErasure(over(store), new Reconciler(store, NO_PAUSE)).erase(A.uuid());
  }

  @Test
  void aRenamedUserIsCalledSoInEverybodysListAndInTheMessages() {
    chats.say(withB, 2, B);
    chats.reconcile(withB);

    assertThat(rename(chats.store)).isEqualTo(new Renamed(2, 2, 2, 0));

    assertRenamed();
    assertThat(rename(chats.store)).isEqualTo(new Renamed(2, 0, 0, 2));
  }

  private void assertRenamed() {
    assertThat(chats.rows(B, withB)).singleElement().extracting("other").isEqualTo(renamed);
    assertThat(chats.rows(C, withC)).singleElement().extracting("other").isEqualTo(renamed);
    assertThat(chats.rows(A, withB)).singleElement().extracting("other").isEqualTo(B);
    over(chats.store)
        .messages(withB)
        .forEach(
            message ->
                assertThat(message.sender())
                    .isEqualTo(message.sender().uuid().equals(A.uuid()) ? renamed : B));
    assertThat(chats.reconcile(withB).rowsWritten()).isZero();
  }

  @Test
  void historyMayStayAsItWasWritten() {
    new UserRename(over(chats.store), NOBODY).rename(A.uuid(), NEW, false);
    assertThat(chats.store.newestMessage(withB)).get().extracting("sender").isEqualTo(A);
    assertThat(chats.rows(B, withB)).singleElement().extracting("other").isEqualTo(renamed);
  }

  @Test
  void whatIsNotNamedStays() {
    new UserRename(over(chats.store), NOBODY).rename(A.uuid(), new Names(null, "new-handle"), true);
    assertThat(chats.rows(B, withB).get(0).other())
        .isEqualTo(new User(A.uuid(), A.displayName(), "new-handle"));
  }

  @Test
  void aRowThatMovesMeanwhileDoesNotBringTheOldNameBack() {
    AtomicBoolean moved = new AtomicBoolean();
    ConversationStore busy =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite moveRow(ConversationRow from, ConversationRow to) {
            if (from.ownerUuid().equals(B.uuid()) && moved.compareAndSet(false, true)) {
              rename(chats.store);
            }
            return super.moveRow(from, to);
          }
        };
    chats.say(withB, 5, B);

    new Reconciler(busy, NO_PAUSE).reconcile(withB);

    assertThat(moved).isTrue();
    assertThat(chats.rows(B, withB)).singleElement().extracting("other").isEqualTo(renamed);
    assertThat(chats.rows(B, withB).get(0).instant()).isEqualTo(Conversations.at(5));
  }

  @Test
  void aTakenHandleAndAUserWithoutConversationsAreRefused() {
    UserRename rename =
        new UserRename(
            over(chats.store), handle -> Optional.of(B).filter(b -> b.handle().equals(handle)));
    assertThatThrownBy(() -> rename.rename(A.uuid(), new Names(null, B.handle()), true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(B.uuid());
    assertThatThrownBy(() -> rename.rename(OUTSIDER.uuid(), NEW, true))
        .isInstanceOf(NotFoundException.class);
    assertThat(chats.rows(B, withB).get(0).other()).isEqualTo(A);
  }

  @Test
  void aForgottenUserIsNowhereAndTheOthersKeepTheirConversations() {
    Message ofB = chats.say(withB, 2, B);
    chats.reconcile(withB);

    assertThat(erase(chats.store)).isEqualTo(new Erased(2, 2, 2, 2));

    assertForgotten();
    assertThat(chats.rows(B, withB)).singleElement().extracting("message").isEqualTo(ofB.text());
    assertThat(chats.rows(C, withC))
        .singleElement()
        .extracting("message")
        .isEqualTo(Moderation.REDACTED);
    assertThat(chats.rows(B, withB).get(0).other().uuid())
        .isNotEqualTo(chats.rows(C, withC).get(0).other().uuid());
    assertThat(erase(chats.store)).isEqualTo(new Erased(0, 0, 0, 0));
  }

  @Test
  void aRowThatMovesWhileItsUserIsForgottenGoesToo() {
    AtomicBoolean moved = new AtomicBoolean();
    ConversationStore busy =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite deleteRow(ConversationRow row) {
            if (row.groupUuid().equals(withB) && moved.compareAndSet(false, true)) {
              chats.say(withB, 5, B);
              chats.reconcile(withB);
            }
            return super.deleteRow(row);
          }
        };

    assertThat(erase(busy).deleted()).isEqualTo(2);

    assertThat(moved).isTrue();
    assertForgotten();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 40})
  void theUsersListIsReadThreeTimesHoweverLongItIs(int conversations) {
    for (int n = 2; n < conversations; n++) {
      chats.conversation(A, Conversations.user("partner-" + n), 20 + n);
    }
    AtomicInteger lists = new AtomicInteger();
    ConversationStore counted =
        new ForwardingStore(chats.store) {
          @Override
          public Page<ConversationRow> conversations(ConversationQuery query) {
            lists.incrementAndGet();
            return super.conversations(query);
          }

          @Override
          public List<ConversationRow> rows(String userUuid, String groupUuid) {
            lists.addAndGet(userUuid.equals(A.uuid()) ? 1 : 0);
            return super.rows(userUuid, groupUuid);
          }
        };

    rename(counted);
    assertThat(lists.getAndSet(0)).isEqualTo(2);
    assertThat(erase(counted).deleted()).isEqualTo(conversations);

    assertThat(lists).hasValue(3);
  }

  private void assertForgotten() {
    for (String group : List.of(withB, withC)) {
      assertThat(chats.rows(A, group)).isEmpty();
      assertThat(chats.store.indexedRows(group).toString()).doesNotContain(A.uuid(), A.handle());
      assertThat(over(chats.store).messages(group).iterator())
          .toIterable()
          .allSatisfy(
              message ->
                  assertThat(message.toString())
                      .doesNotContain(A.uuid(), A.handle(), A.displayName()));
      assertThat(chats.reconcile(group).rowsWritten()).isZero();
      assertThat(chats.reconcile(group).missing()).isEmpty();
    }
  }

  @Test
  void noRowKeepsATextWhoseKeyDoesNotSortLastNotEvenAfterACrash() {
    Message odd = new Message(withB, "2026-01-01T07:00:30.000000-05:00", "odd", "my secret", A);
    chats.table.put(odd);
    chats.reconciler.reconcile(withB, Hints.ofKeys(List.of(odd.createdAt())));
    assertThat(chats.rows(B, withB)).singleElement().extracting("message").isEqualTo("my secret");
    boolean failed = true;
    for (int fatal = 1; failed; fatal++) {
      CrashingStore dies = new CrashingStore(chats.store, fatal, true);
      failed = fails(() -> erase(dies));
    }

    assertThat(chats.table.items().toString()).doesNotContain("my secret", A.uuid());
  }

  @Test
  void whatTheUserWasCalledAnywhereIsKnownAfterwards() {
    User before = new User(A.uuid(), "Old name", "old-handle");
    chats.table.put(new Message(withC, "2026-01-01T00:00:00.000000+00:00", "m", "x", before));
    UserErasure erasure = new UserErasure(over(chats.store), chats.reconciler);

    erasure.erase(A.uuid());

    assertThat(erasure.names()).contains("Old name", "old-handle", A.displayName(), A.handle());
  }

  @Test
  void whoKeepsTheConversationCanGoOnWritingAndIsForgottenToo() {
    erase(chats.store);
    Message late = chats.say(withB, 9, B);
    chats.reconcile(withB);
    assertThat(chats.rows(B, withB).get(0).message()).isEqualTo(late.text());

    new UserErasure(over(chats.store), chats.reconciler).erase(B.uuid());

    assertThat(chats.rows(B, withB)).isEmpty();
    assertThat(chats.reconcile(withB).missing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rename,true", "rename,false", "forget,true", "forget,false"})
  void afterAFailureAtAnyWriteTheSameCallEndsIt(String action, boolean afterEffect) {
    boolean failed = true;
    for (int fatal = 1; failed; fatal++) {
      assertThat(fatal).isLessThan(30);
      PeopleTest fresh = new PeopleTest();
      fresh.chats.say(fresh.withB, 2, B);
      fresh.chats.reconcile(fresh.withB);
      CrashingStore dies = new CrashingStore(fresh.chats.store, fatal, afterEffect);
      failed =
          fails(
              () -> {
                if (action.equals("rename")) {
                  rename(dies);
                } else {
                  erase(dies);
                }
              });
      if (action.equals("rename")) {
        rename(fresh.chats.store);
        fresh.assertRenamed();
      } else {
        erase(fresh.chats.store);
        fresh.assertForgotten();
      }
    }
  }

  private static boolean fails(Runnable action) {
    try {
      action.run();
      return false;
    } catch (CrashingStore.Crash e) {
      return true;
    }
  }
}
