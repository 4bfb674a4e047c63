package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Hints;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Reconciliation;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.PendingPuts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes the messages of conversations, and at last their rows. For several threads, each at
 * another conversation.
 *
 * <p>Most messages go through {@code BatchWriteItem}, whose puts ask nothing and would overwrite.
 * That is safe here: a key is used only after a strongly consistent read has shown it free (or
 * behind it nothing stands at all), and programs that are alive write at the present moment, which
 * is why messages of the last {@link #LIVE} and of the future are put one by one, on condition that
 * their key is free. What could still meet on an old key is another bulk load of the same
 * conversation at the same time; of the same input it writes the same.
 */
final class ConversationWriter {
  /** How old a message must be for its moment to be past for every clock and every slow writer. */
  static final Duration LIVE = Duration.ofMinutes(15);

  /** How many messages one read looks around for. */
  private static final int CHUNK = 500;

  /** Of a start that meets throttling or other writers: bulk work is patient. */
  private static final int TRIES = 100;

  private final ConversationStore store;
  private final ItemTable items;
  private final Reconciler reconciler;
  private final ItemSink batches;
  private final RenamedUsers renamed;
  private final InstantSource clock;
  private final Backoff backoff = Backoff.jittered();

  ConversationWriter(
      ConversationStore store,
      ItemTable items,
      Reconciler reconciler,
      ItemSink batches,
      RenamedUsers renamed,
      InstantSource clock) {
    this.store = store;
    this.items = items;
    this.reconciler = reconciler;
    this.batches = batches;
    this.renamed = renamed;
    this.clock = clock;
  }

  /** Looks up what the table holds of a conversation, and refuses it if its members are others. */
  void begin(ConversationState load, BatchResult outcome) {
    load.begun = true;
    List<ConversationRow> rows = store.indexedRows(load.groupUuid);
    load.lastKey =
        items
            .messages(new MessageQuery(load.groupUuid, 1, null, null, false, null).consistently())
            .map(item -> item.get(Keys.SK).s())
            .findFirst()
            .orElse(null);
    load.standing = load.lastKey != null || !rows.isEmpty();
    if (load.standing && rows.isEmpty()) {
      rows =
          load.participants.stream()
              .flatMap(user -> store.rows(user.uuid(), load.groupUuid).stream())
              .toList();
    }
    renamed.compare(rows, load.participants);
    Optional<String> stranger =
        rows.stream()
            .flatMap(row -> Stream.of(row.ownerUuid(), row.other().uuid()))
            .filter(uuid -> !uuid.isEmpty() && !load.isParticipant(uuid))
            .findFirst();
    if (stranger.isPresent()) {
      load.refuse("it is in the table with another participant, " + stranger.get());
    } else if (load.standing && rows.isEmpty()) {
      // Messages without rows: what was left behind must not wait for the end of this run.
      settle(load, outcome);
    }
  }

  /** Writes messages of one conversation, in any order; those for batches are only handed over. */
  void write(
      ConversationState load, List<ValidMessage> drafts, PendingPuts puts, BatchResult outcome) {
    if (!load.begun && load.refusal() == null) {
      begin(load, outcome);
    }
    if (load.refusal() != null) {
      drafts.forEach(d -> outcome.reject(Kind.MESSAGE, d.place(), load.refusalOfMessages()));
      return;
    }
    List<ValidMessage> sorted = sorted(drafts);
    ExistingMessages standing =
        !isAbove(load, sorted.get(0)) && isInTop(load, sorted.get(0))
            ? load.top
            : new ExistingMessages(items, load.groupUuid);
    if (!load.standing) {
      int first = startsWith(sorted);
      if (start(load, sorted.get(first), standing, outcome)) {
        load.topFrom = sorted.get(0).micros();
        sorted = without(sorted, first);
      } else if (load.refusal() != null) {
        write(load, drafts, puts, outcome);
        return;
      }
    }
    for (int i = 0; i < sorted.size(); i += CHUNK) {
      outcome.change(Keys.messages(load.groupUuid));
      place(load, sorted.subList(i, Math.min(i + CHUNK, sorted.size())), standing, puts, outcome);
    }
    load.puts = puts;
  }

  /**
   * Which message is stored with the rows: the last one, so that the rows need not move, unless
   * another one may have to give way to its microsecond, or is of the same uuid.
   */
  private static int startsWith(List<ValidMessage> sorted) {
    int last = sorted.size() - 1;
    ValidMessage newest = sorted.get(last);
    boolean apart = last > 0 && newest.micros() - sorted.get(last - 1).micros() > sorted.size();
    String uuid = newest.message().uuid();
    return apart && sorted.stream().filter(m -> m.message().uuid().equals(uuid)).count() == 1
        ? last
        : 0;
  }

  private static List<ValidMessage> without(List<ValidMessage> sorted, int one) {
    return one == 0 ? sorted.subList(1, sorted.size()) : sorted.subList(0, one);
  }

  /** Whether a message is later than all that the table holds of its conversation. */
  private static boolean isAbove(ConversationState load, ValidMessage message) {
    return load.lastKey == null || message.message().createdAt().compareTo(load.lastKey) > 0;
  }

  /** Whether all that stands from a message on was written by this run, and is known. */
  private static boolean isInTop(ConversationState load, ValidMessage message) {
    return load.top != null && message.micros() >= load.topFrom;
  }

  /** In order of time, as they usually are. */
  private static List<ValidMessage> sorted(List<ValidMessage> drafts) {
    for (int i = 1; i < drafts.size(); i++) {
      if (drafts.get(i - 1).micros() > drafts.get(i).micros()) {
        return drafts.stream().sorted(Comparator.comparingLong(ValidMessage::micros)).toList();
      }
    }
    return drafts;
  }

  /** Makes a message and both rows at once; false when somebody else did meanwhile. */
  private boolean start(
      ConversationState load, ValidMessage draft, ExistingMessages standing, BatchResult outcome) {
    Message first = draft.message();
    int taken = 0;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      switch (store.start(first, rows(load, first, taken))) {
        case DONE -> {
          load.standing = true;
          load.changed = true;
          load.lastKey = first.createdAt();
          load.newestKey = first.createdAt();
          load.rowsAt = taken == 0 ? first.createdAt() : null;
          standing.take(first, draft.micros());
          load.top = standing;
          outcome.count(Kind.MESSAGE, RecordStatus.WRITTEN);
          return true;
        }
        case CONFLICT -> backoff.pause(attempt);
        case KEY_TAKEN, OVERTAKEN -> {
          begin(load, outcome);
          if (load.standing || load.refusal() != null) {
            return false;
          }
          taken++;
        }
      }
    }
    throw new BusyException(
        "conversation " + load.groupUuid + " could not be started in " + TRIES + " tries",
        "Nothing is lost: run the command again.");
  }

  private static List<ConversationRow> rows(ConversationState load, Message first, int taken) {
    User one = load.participants.get(0);
    User other = load.participants.get(1);
    return List.of(row(one, other, first, taken), row(other, one, first, taken));
  }

  /** A row at a message; between its microsecond and the next when that is another's row's. */
  private static ConversationRow row(User owner, User other, Message first, int taken) {
    ConversationRow row = ConversationRow.of(owner.uuid(), other, first);
    return taken == 0
        ? row
        : new ConversationRow(
            row.ownerUuid(),
            row.groupUuid(),
            Timestamps.tieBreak(row.lastMessageAt(), row.groupUuid(), taken - 1),
            row.message(),
            row.other(),
            row.extra());
  }

  private void place(
      ConversationState load,
      List<ValidMessage> sorted,
      ExistingMessages standing,
      PendingPuts puts,
      BatchResult outcome) {
    ValidMessage first = sorted.get(0);
    if (isAbove(load, first)) {
      if (load.top != standing) {
        load.top = standing;
        load.topFrom = first.micros();
      }
    } else if (load.top != standing || !isInTop(load, first)) {
      load.top = null;
      if (load.puts != null) {
        // What earlier rounds put must be seen.
        batches.await(load.puts);
      }
      standing.read(sorted);
    }
    long live = ValidMessage.micros(clock.instant().minus(LIVE));
    Map<String, AttributeValue> values = new HashMap<>();
    Function<String, AttributeValue> shared = s -> values.computeIfAbsent(s, AttributeValue::fromS);
    for (ValidMessage draft : sorted) {
      String there = standing.textOf(draft.message().uuid());
      if (there != null) {
        stands(draft, there, outcome);
        continue;
      }
      OptionalLong at = standing.firstFree(draft.micros());
      if (at.isEmpty()) {
        outcome.reject(
            Kind.MESSAGE, draft.place(), "no microsecond is free within 0.1 s of created_at");
        continue;
      }
      Message message = draft.at(at.getAsLong());
      if (at.getAsLong() < live) {
        batches.put(Items.item(message, shared), puts);
        outcome.count(Kind.MESSAGE, RecordStatus.WRITTEN);
        standing.take(message, at.getAsLong());
      } else {
        message = putLive(draft, at.getAsLong(), outcome);
        standing.take(message, ValidMessage.micros(message.instant()));
      }
      if (load.newestKey == null || message.createdAt().compareTo(load.newestKey) > 0) {
        load.newestKey = message.createdAt();
      }
      if (load.lastKey == null || message.createdAt().compareTo(load.lastKey) > 0) {
        load.lastKey = message.createdAt();
      }
    }
  }

  private static void stands(ValidMessage draft, String there, BatchResult outcome) {
    if (there.equals(draft.message().text())) {
      outcome.count(Kind.MESSAGE, RecordStatus.UNCHANGED);
    } else {
      outcome.reject(
          Kind.MESSAGE,
          draft.place(),
          "message " + draft.message().uuid() + " already exists with different text");
    }
  }

  /** Where somebody may be writing at this moment: one by one, never onto a taken key. */
  private Message putLive(ValidMessage draft, long from, BatchResult outcome) {
    for (long at = from; at <= from + ExistingMessages.MOST_SHIFT; at++) {
      Message message = draft.at(at);
      Message there = store.putMessage(message).orElse(message);
      if (there.equals(message)) {
        outcome.count(Kind.MESSAGE, RecordStatus.WRITTEN);
        return message;
      }
      if (there.uuid().equals(message.uuid())) {
        stands(draft, there.text(), outcome);
        return there;
      }
    }
    throw new BusyException(
        "no free microsecond for message " + draft.message().uuid(), "Run the command again.");
  }

  /** Brings the rows to the newest message. */
  private void settle(ConversationState load, BatchResult outcome) {
    if (load.rowsAt != null && load.rowsAt.equals(load.newestKey)) {
      // Whoever writes a newer one meanwhile moves them.
      return;
    }
    List<String> newest = load.newestKey == null ? List.of() : List.of(load.newestKey);
    Hints hints = Hints.ofUsers(load.participants).withKeys(newest);
    Reconciliation done = reconciler.reconcile(load.groupUuid, hints);
    load.changed |= done.rowsWritten() > 0;
    done.unmoved().forEach(row -> outcome.behind(row.cause().getMessage()));
  }

  /** Settles the rows of a conversation whose messages are all written, and counts its record. */
  void finish(ConversationState load, BatchResult outcome) {
    if (load.refusal() == null && !load.begun) {
      begin(load, outcome);
    }
    if (load.refusal() == null && load.standing) {
      settle(load, outcome);
    } else if (load.refusal() == null) {
      load.refuse("it has no message that was accepted, and no rows in the table");
    }
    if (load.record == null) {
      return;
    } else if (load.refusal() != null) {
      outcome.reject(Kind.CONVERSATION, load.record, load.refusal());
    } else {
      outcome.count(
          Kind.CONVERSATION, load.changed ? RecordStatus.WRITTEN : RecordStatus.UNCHANGED);
    }
  }
}
