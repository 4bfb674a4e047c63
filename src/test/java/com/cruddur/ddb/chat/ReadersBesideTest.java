package com.cruddur.ddb.chat;

import static com.cruddur.ddb.chat.Conversations.A;
import static com.cruddur.ddb.chat.Conversations.B;
import static com.cruddur.ddb.chat.Conversations.NO_PAUSE;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.UserRename.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What readers see between any two writes of a command: each list has the conversation once, at a
 * message that stands or that the command takes away, and the latter only until it ends.
 */
class ReadersBesideTest {
  private static final String BAD = "message 5";

  private final Conversations chats = new Conversations();
  private final String group = chats.conversation(A, B, 1);
  private final List<String> seen = new ArrayList<>();

  /** What runs; the newest message is A's. */
  enum Command {
    DELETE {
      @Override
      void run(String group, ConversationStore store, Reconciler reconciler) {
        new Moderation(store, reconciler).delete(group, Conversations.message(group, 5, A).uuid());
      }
    },
    REDACT {
      @Override
      void run(String group, ConversationStore store, Reconciler reconciler) {
        String uuid = Conversations.message(group, 5, A).uuid();
        new Moderation(store, reconciler).redact(group, uuid, Moderation.REDACTED);
      }
    },
    FORGET {
      @Override
      void run(String group, ConversationStore store, Reconciler reconciler) {
        new UserErasure(new UserConversations(store, NO_PAUSE), reconciler).erase(A.uuid());
      }
    },
    RENAME {
      @Override
      void run(String group, ConversationStore store, Reconciler reconciler) {
        new UserRename(new UserConversations(store, NO_PAUSE), reference -> Optional.empty())
            .rename(A.uuid(), new Names("New", "new"), true);
      }
    };

    abstract void run(String group, ConversationStore store, Reconciler reconciler);
  }

  @ParameterizedTest
  @EnumSource
  void noListNamesAMessageThatIsGoneForLongerThanTheCommandRuns(Command command) {
    chats.say(group, 5, A);
    chats.reconcile(group);
    ConversationStore watched =
        new ForwardingStore(chats.store) {
          @Override
          <T> T write(Supplier<T> write) {
            T result = write.get();
            look();
            return result;
          }
        };

    command.run(group, watched, new Reconciler(watched, NO_PAUSE));

    assertThat(seen).hasSizeGreaterThan(2).isSubsetOf(BAD, "message 1", Moderation.REDACTED);
    String now = chats.rows(B, group).get(0).message();
    Message newest = chats.store.newestMessage(group).orElseThrow();
    assertThat(now).isEqualTo(newest.text());
    assertThat(now.equals(BAD)).isEqualTo(command == Command.RENAME);
  }

  /** B's list, and A's as long as A has one. */
  private void look() {
    assertThat(chats.rows(B, group)).hasSize(1);
    assertThat(chats.rows(A, group)).hasSizeLessThan(2);
    chats.rows(B, group).forEach(row -> seen.add(row.message()));
    chats.rows(A, group).forEach(row -> seen.add(row.message()));
  }
}
