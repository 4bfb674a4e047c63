package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.C;
import static com.cruddur.ddb.chat.Conversations.NO_PAUSE;
import static com.cruddur.ddb.chat.Conversations.newGroup;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.CrashingStore.Crash;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reconcile when processes die, the index lags, or others are always faster. */
class ReconcilerFaultsTest {
  private final Conversations chats = new Conversations();

  /** What a reconcile finds before it crashes. */
  enum Before {
    STALE {
      @Override
      void prepare(Conversations chats, String group) {}
    },
    DOUBLED {
      @Override
      void prepare(Conversations chats, String group) {
        chats.row(A, B, group, 2);
        chats.row(A, B, group, 3);
        chats.row(B, A, group, 2);
      }
    },
    MISSING {
      @Override
      void prepare(Conversations chats, String group) {
        chats.table.delete(chats.rows(A, group).get(0));
      }
    },
    OTHER_TEXT {
      @Override
      void prepare(Conversations chats, String group) {
        chats.rows(A, group).forEach(chats.table::delete);
        String key = Timestamps.format(Conversations.at(5));
        chats.rowAt(A, B, group, key);
      }
    },
    KEY_TAKEN {
      @Override
      void prepare(Conversations chats, String group) {
        chats.row(A, C, newGroup(), 5);
        chats.row(B, C, newGroup(), 5);
      }
    };

    abstract void prepare(Conversations chats, String group);
  }

  @ParameterizedTest
  @EnumSource(Before.class)
  void afterACrashAtAnyWriteNoRowIsLostAndTheNextReconcileMakesAllTrue(Before before) {
    for (boolean afterEffect : new boolean[] {false, true}) {
      boolean crashed = true;
      for (int fatal = 1; crashed; fatal++) {
        assertThat(fatal).isLessThan(20);
        String group = chats.conversation(A, B, 1);
        Message newest = chats.say(group, 5, B);
        before.prepare(chats, group);
        int rowsOfA = chats.rows(A, group).size();

        crashed = crash(group, new CrashingStore(chats.store, fatal, afterEffect));

        assertThat(chats.rows(A, group)).hasSizeBetween(Math.min(1, rowsOfA), Math.max(1, rowsOfA));
        assertThat(chats.rows(B, group)).isNotEmpty();
        chats.reconcile(group);
        chats.assertTrue(newest, A, B);
      }
    }
  }

  private static boolean crash(String group, ConversationStore store) {
    try {
      new Reconciler(store, NO_PAUSE).reconcile(group);
      return false;
    } catch (Crash e) {
      return true;
    }
  }

  static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of("nothing", (StaleIndexStore.View) history -> List.of()),
        Arguments.of(
            "only the oldest row of each",
            (StaleIndexStore.View)
                history ->
                    Stream.of(A, B)
                        .flatMap(
                            user ->
                                history.stream()
                                    .filter(row -> row.ownerUuid().equals(user.uuid()))
                                    .limit(1))
                        .toList()),
        Arguments.of(
            "only A's oldest row",
            (StaleIndexStore.View)
                history ->
                    history.stream()
                        .filter(row -> row.ownerUuid().equals(A.uuid()))
                        .limit(1)
                        .toList()),
        Arguments.of("old rows and new ones", (StaleIndexStore.View) history -> history),
        Arguments.of("any of them, seed 1", StaleIndexStore.random(1)),
        Arguments.of("any of them, seed 2", StaleIndexStore.random(2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void rowsAreRightWhateverAStaleIndexShows(String name, StaleIndexStore.View view) {
    StaleIndexStore stale = new StaleIndexStore(chats.store, view);
    String group = chats.conversation(A, B, 0);
    for (int n = 1; n <= 8; n++) {
      Message newest = chats.say(group, n, n % 3 == 0 ? A : B);
      new Reconciler(stale, NO_PAUSE).reconcile(group);
      chats.assertTrue(newest, A, B);
    }
    assertThat(chats.table.items()).hasSize(9 + 2);
  }

  @Test
  void aGhostInTheIndexBringsNoRowBack() {
    String group = chats.conversation(A, B, 1);
    ConversationRow ghost = chats.rows(B, group).get(0);
    Message newest = chats.say(group, 5, A);
    chats.reconcile(group);
    StaleIndexStore stale = new StaleIndexStore(chats.store, history -> List.of(ghost));

    Reconciliation done = new Reconciler(stale, NO_PAUSE).reconcile(group);

    assertThat(done.moved() + done.created() + done.deleted()).isZero();
    chats.assertTrue(newest, A, B);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void conversationsOfOneUserThatMeetOnOneMicrosecondKeepARowEach(int count) {
    List<User> others =
        Stream.of("p", "q", "r", "s").limit(count).map(Conversations::user).toList();
    List<String> groups =
        others.stream().map(other -> chats.conversation(A, other, other.hashCode() & 3)).toList();

    for (int n : new int[] {10, 11, 20}) {
      for (int i = 0; i < count; i++) {
        chats.say(groups.get(i), n, others.get(i));
      }
      groups.forEach(chats::reconcile);
      groups.forEach(chats::reconcile);

      for (int i = 0; i < count; i++) {
        chats.assertTrue(Conversations.message(groups.get(i), n, others.get(i)), A, others.get(i));
      }
      assertThat(chats.table.storedRows(A.uuid())).hasSize(count);
    }
  }

  @Test
  void aTieBreakThatIsTakenTooGoesOnToTheNext() {
    String group = chats.conversation(A, B, 1);
    Message newest = chats.say(group, 5, B);
    chats.row(A, C, newGroup(), 5);
    String key = Timestamps.format(newest.instant());
    chats.rowAt(A, C, newGroup(), Timestamps.tieBreak(key, group, 0));
    chats.rowAt(A, C, newGroup(), Timestamps.tieBreak(key, group, 1));

    chats.reconcile(group);

    chats.assertTrue(newest, A, B);
    assertThat(chats.rows(A, group).get(0).lastMessageAt())
        .isEqualTo(Timestamps.tieBreak(key, group, 2));
    assertThat(chats.table.storedRows(A.uuid())).hasSize(4);
  }

  @Test
  void aRowThatOthersAlwaysChangeFirstEndsInBusyAfterTwelveTriesForEachRow() {
    String group = chats.conversation(A, B, 1);
    chats.say(group, 2, A);
    int[] tries = {0, 0};
    ForwardingStore contended =
        new ForwardingStore(chats.store) {
          @Override
          @SuppressWarnings("unchecked")
          <T> T write(Supplier<T> write) {
            tries[0]++;
            return (T) RowWrite.OVERTAKEN;
          }
        };

    Reconciliation done = new Reconciler(contended, attempt -> tries[1]++).reconcile(group);

    assertThat(done.unmoved())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.cause()).isInstanceOf(BusyException.class));
    assertThat(tries).containsExactly(24, 22);
  }

  @Test
  void aConflictIsTriedAgainAfterAPause() {
    String group = chats.conversation(A, B, 1);
    Message newest = chats.say(group, 2, A);
    int[] counts = {0, 0};
    ForwardingStore conflicting =
        new ForwardingStore(chats.store) {
          @Override
          @SuppressWarnings("unchecked")
          <T> T write(Supplier<T> write) {
            return counts[0]++ < 3 ? (T) RowWrite.CONFLICT : write.get();
          }
        };

    new Reconciler(conflicting, attempt -> counts[1]++).reconcile(group);

    assertThat(counts).containsExactly(5, 3);
    chats.assertTrue(newest, A, B);
  }

  @Test
  void aNewerMessageThatComesBetweenReadAndMoveIsNotOvertakenByTheOlder() {
    String group = chats.conversation(A, B, 1);
    chats.say(group, 2, A);
    Message newest = Conversations.message(group, 3, B);
    boolean[] done = {false};
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          <T> T write(Supplier<T> write) {
            if (!done[0]) {
              done[0] = true;
              chats.table.put(newest);
              chats.reconcile(group);
            }
            return write.get();
          }
        };

    new Reconciler(racing, NO_PAUSE).reconcile(group);

    chats.assertTrue(newest, A, B);
  }

  @Test
  void anAttributeThatOthersChangedSinceTheIndexSawItIsMovedAsTheyLeftIt() {
    String group = chats.conversation(A, B, 1);
    ConversationRow before = chats.rows(A, group).get(0);
    ConversationRow indexed = unread(before, "1");
    chats.table.put(unread(before, "2"));
    Message newest = chats.say(group, 2, B);
    StaleIndexStore stale = new StaleIndexStore(chats.store, history -> List.of(indexed));

    new Reconciler(stale, NO_PAUSE).reconcile(group);

    chats.assertTrue(newest, A, B);
    assertThat(chats.rows(A, group).get(0).extra()).isEqualTo(unread(before, "2").extra());
  }

  private static ConversationRow unread(ConversationRow row, String count) {
    return new ConversationRow(
        row.ownerUuid(),
        row.groupUuid(),
        row.lastMessageAt(),
        row.message(),
        row.other(),
        Map.of("unread", AttributeValue.fromN(count)));
  }

  @Test
  void twoThatMakeAMissingRowAtDifferentMessagesLeaveOne() {
    String group = chats.conversation(A, B, 1);
    chats.table.delete(chats.rows(B, group).get(0));
    chats.say(group, 2, A);
    Message newest = Conversations.message(group, 3, A);
    boolean[] done = {false};
    ForwardingStore racing =
        new ForwardingStore(chats.store) {
          @Override
          public RowWrite createRow(ConversationRow row) {
            if (!done[0]) {
              done[0] = true;
              chats.table.put(newest);
              chats.reconcile(group);
            }
            return super.createRow(row);
          }
        };

    new Reconciler(racing, NO_PAUSE).reconcile(group);

    chats.assertTrue(newest, A, B);
  }
}
