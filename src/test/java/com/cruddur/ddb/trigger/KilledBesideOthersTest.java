package com.cruddur.ddb.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ChatException;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.CrashingStore;
import com.cruddur.ddb.chat.CrashingStore.Crash;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Moderation;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.SendBatch;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserConversations;
import com.cruddur.ddb.chat.UserErasure;
import com.cruddur.ddb.chat.UserRename;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.check.Check;
import com.cruddur.ddb.dynamo.check.Checked;
import com.cruddur.ddb.trigger.StreamPoller.Start;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Moderation, renames and erasures that die before or after each of their writes in turn, beside a
 * live sender, a worker on the stream and the Lambda function. The same call ends them as one whole
 * run does.
 */
class KilledBesideOthersTest {
  private static final String REDACTED = "taken away";

  private final MessageTable table = MessageTable.withStream();
  private final DynamoDbStreamsClient streams = TestStack.streams();
  private final List<StreamPoller> pollers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Round round;
  private volatile boolean sending = true;

  /** A conversation of two users that no other round touches, and its newest message. */
  private record Round(String group, User subject, User partner, Message newest) {}

  /** What is killed. */
  enum Command {
    DELETE_MESSAGE {
      @Override
      void run(Round round, ConversationStore store) {
        moderation(store).delete(round.group, round.newest.uuid());
      }

      @Override
      void assertDone(Round round, KilledBesideOthersTest test) {
        assertThat(test.texts(round)).doesNotContain(round.newest.text());
      }
    },
    REDACT_MESSAGE {
      @Override
      void run(Round round, ConversationStore store) {
        moderation(store).redact(round.group, round.newest.uuid(), REDACTED);
      }

      @Override
      void assertDone(Round round, KilledBesideOthersTest test) {
        assertThat(test.texts(round)).doesNotContain(round.newest.text()).contains(REDACTED);
      }
    },
    DELETE_CONVERSATION {
      @Override
      void run(Round round, ConversationStore store) {
        moderation(store).deleteConversation(round.group, n -> true);
      }

      @Override
      void assertDone(Round round, KilledBesideOthersTest test) {
        assertThat(test.texts(round)).doesNotContain(round.newest.text(), "first");
      }
    },
    RENAME_USER {
      @Override
      void run(Round round, ConversationStore store) {
        UserConversations conversations = new UserConversations(store, Backoff.jittered());
        new UserRename(conversations, handle -> Optional.empty())
            .rename(round.subject.uuid(), new UserRename.Names("New", "new"), true);
      }

      @Override
      void assertDone(Round round, KilledBesideOthersTest test) {
        assertThat(test.named(round)).doesNotContain(round.subject.handle()).contains("new");
      }
    },
    FORGET_USER {
      @Override
      void run(Round round, ConversationStore store) {
        UserConversations conversations = new UserConversations(store, Backoff.jittered());
        new UserErasure(conversations, new Reconciler(store, Backoff.jittered()))
            .erase(round.subject.uuid());
      }

      @Override
      void assertDone(Round round, KilledBesideOthersTest test) {
        assertThat(test.named(round)).doesNotContain(round.subject.handle());
        assertThat(test.texts(round)).doesNotContain(round.newest.text());
        assertThat(test.table.list(round.subject)).isEmpty();
      }
    },
    /** As the search at the end of forget-user does it. */
    FORGET_WITHOUT_LIST {
      @Override
      void run(Round round, ConversationStore store) {
        UserConversations conversations = new UserConversations(store, Backoff.jittered());
        new UserErasure(conversations, new Reconciler(store, Backoff.jittered()))
            .erase(round.subject.uuid(), round.group);
      }

      @Override
      void assertDone(Round round, KilledBesideOthersTest test) {
        FORGET_USER.assertDone(round, test);
      }
    };

    abstract void run(Round round, ConversationStore store);

    abstract void assertDone(Round round, KilledBesideOthersTest test);

    private static Moderation moderation(ConversationStore store) {
      return new Moderation(store, new Reconciler(store, Backoff.jittered()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCommandThatDiedAtAnyWriteIsEndedByTheSameOne(Command command) throws Exception {
    round = begin();
    List<Round> rounds = new ArrayList<>();
    List<Future<?>> others = List.of(threads.submit(this::send), poll(worker()), poll(lambda()));
    for (boolean afterEffect : new boolean[] {false, true}) {
      boolean crashed = true;
      for (int fatal = 1; crashed; fatal++) {
        assertThat(fatal).isLessThan(40);
        Round now = begin();
        round = now;
        crashed = dies(command, now, new CrashingStore(table.store(), fatal, afterEffect));
        if (crashed) {
          repeat(command, now);
        }
        rounds.add(now);
        // A worker that makes a row for a moment takes it back itself: that is looked at below.
        if (command != Command.DELETE_CONVERSATION) {
          command.assertDone(now, this);
        }
      }
    }
    sending = false;
    others.get(0).get();
    pollers.forEach(StreamPoller::stop);
    others.get(1).get();
    others.get(2).get();
    poller(worker()).run(true);
    rounds.forEach(done -> command.assertDone(done, this));
    List<Checked> open = new ArrayList<>();
    new Check(new DynamoDbItemTable(MessageTable.ownClient(), table.name()), table.store())
        .table(
            1,
            null,
            n -> {},
            checked -> open.addAll(checked.open() ? List.of(checked) : List.of()));
    assertThat(open).isEmpty();
    streams.close();
    table.close();
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void theFunctionFailsOnRecordsOfAnotherTable() {
    LambdaFeed feed = new LambdaFeed(table.store(), "another-table", table.streamArn());
    begin();

    assertThatThrownBy(
            () ->
                new StreamPoller(
                        streams,
                        table.streamArn(),
                        Checkpoints.inMemory(),
                        Start.TRIM_HORIZON,
                        feed::take,
                        warning -> {},
                        attempt -> {})
                    .run(true))
        .hasMessageContaining("but DDB_MESSAGE_TABLE is another-table");
    streams.close();
    table.close();
  }

  private Round begin() {
    String group = UUID.randomUUID().toString();
    String tag = group.substring(0, 8);
    User subject = new User(UUID.randomUUID().toString(), "Subject " + tag, "subject-" + tag);
    User partner = new User(UUID.randomUUID().toString(), "Partner " + tag, "partner-" + tag);
    table.start(
        group, partner, subject, Timestamps.format(Instant.now().minusSeconds(60)), "first");
    Message newest =
        table.put(group, subject, Timestamps.format(Instant.now().minusSeconds(30)), "bad " + tag);
    table.reconciler().reconcile(group);
    return new Round(group, subject, partner, newest);
  }

  private static boolean dies(Command command, Round round, ConversationStore store) {
    try {
      command.run(round, store);
      return false;
    } catch (Crash e) {
      return true;
    }
  }

  /** A run that died after its last write has left nothing to do. */
  private void repeat(Command command, Round round) {
    try {
      command.run(round, table.store());
    } catch (NotFoundException e) {
      assertThat(e).hasMessageContaining(round.group);
    }
  }

  /** Every text that the conversation or a list of its two users shows. */
  private List<String> texts(Round round) {
    List<String> texts = new ArrayList<>();
    new UserConversations(table.store(), Backoff.jittered())
        .messages(round.group)
        .forEach(message -> texts.add(message.text()));
    for (User user : List.of(round.subject, round.partner)) {
      texts.addAll(table.list(user).stream().map(ConversationRow::message).toList());
    }
    return texts;
  }

  /** Every handle of a sender or in the partner's list. */
  private List<String> named(Round round) {
    List<String> handles = new ArrayList<>();
    new UserConversations(table.store(), Backoff.jittered())
        .messages(round.group)
        .forEach(message -> handles.add(message.sender().handle()));
    table.list(round.partner).forEach(row -> handles.add(row.other().handle()));
    return handles;
  }

  /** The partner writes all the time. */
  private void send() {
    Chat chat =
        new Chat(
            table.store(),
            reference -> Optional.of(round.partner).filter(p -> p.uuid().equals(reference)),
            new Reconciler(table.store(), Backoff.jittered()),
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString());
    while (sending) {
      Round now = round;
      try {
        SendBatch sends = chat.sends();
        sends.send(now.group, now.partner.uuid(), "a live message", null);
        sends.end();
      } catch (ChatException e) {
        // The conversation is gone, or the row is moved by others all the time.
        Thread.onSpinWait();
      }
      TableHammer.pause(2);
    }
  }

  private StreamPoller.Sink worker() {
    TriggerHandler handler = new TriggerHandler(table.reconciler(), group -> {});
    return batch -> {
      handler.handle(batch.stream().map(StreamChange::of).toList());
      return Optional.empty();
    };
  }

  private StreamPoller.Sink lambda() {
    return new LambdaFeed(table.store(), table.name(), table.streamArn())::take;
  }

  private Future<?> poll(StreamPoller.Sink sink) {
    StreamPoller poller = poller(sink);
    pollers.add(poller);
    return threads.submit(() -> poller.run(false));
  }

  private StreamPoller poller(StreamPoller.Sink sink) {
    return new StreamPoller(
        streams,
        table.streamArn(),
        Checkpoints.inMemory(),
        Start.TRIM_HORIZON,
        sink,
        warning -> {},
        Backoff.jittered());
  }
}
