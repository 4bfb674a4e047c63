package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.PendingPuts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
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

  private final ConversationStore store;
  private final ItemTable items;
  private final ConversationOpening opening;
  private final RowSettlement rows;
  private final ItemSink batches;
  private final InstantSource clock;

  ConversationWriter(
      ConversationStore store,
      ItemTable items,
      ConversationOpening opening,
      RowSettlement rows,
      ItemSink batches,
      InstantSource clock) {
    this.store = store;
    this.items = items;
    this.opening = opening;
    this.rows = rows;
    this.batches = batches;
    this.clock = clock;
  }

  /** Writes messages of conversations, in any order; those for batches are only handed over. */
  void write(
      List<Map.Entry<ConversationState, List<ValidMessage>>> round,
      PendingPuts puts,
      BatchResult outcome) {
    List<ConversationPart> parts = new ArrayList<>();
    round.forEach(
        of -> {
          opening.look(of.getKey(), outcome);
          part(of.getKey(), of.getValue(), outcome).ifPresent(parts::add);
        });
    opening.startTogether(parts.stream().filter(part -> !part.load.standing).toList(), outcome);
    parts.forEach(part -> write(part, puts, outcome));
  }

  /** What is to be written of a conversation; nothing of one that is refused. */
  private Optional<ConversationPart> part(
      ConversationState load, List<ValidMessage> drafts, BatchResult outcome) {
    if (load.refusal() != null) {
      drafts.forEach(d -> outcome.reject(Kind.MESSAGE, d.place(), load.refusalOfMessages()));
      return Optional.empty();
    }
    List<ValidMessage> sorted = ConversationPart.sorted(drafts);
    ExistingMessages standing =
        !isAbove(load, sorted.get(0)) && isInTop(load, sorted.get(0))
            ? load.top
            : new ExistingMessages(items, load.groupUuid);
    return Optional.of(new ConversationPart(load, sorted, standing));
  }

  private void write(ConversationPart part, PendingPuts puts, BatchResult outcome) {
    ConversationState load = part.load;
    if (!load.standing && !opening.start(part, outcome) && load.refusal() != null) {
      part(load, part.left(), outcome);
      return;
    }
    List<ValidMessage> left = part.left();
    for (int i = 0; i < left.size(); i += CHUNK) {
      outcome.change(Keys.messages(load.groupUuid));
      place(part, left.subList(i, Math.min(i + CHUNK, left.size())), puts, outcome);
    }
    load.puts = puts;
  }

  /** Whether a message is later than all that the table holds of its conversation. */
  private static boolean isAbove(ConversationState load, ValidMessage message) {
    return load.lastKey == null || message.message().createdAt().compareTo(load.lastKey) > 0;
  }

  /** Whether all that stands from a message on was written by this run, and is known. */
  private static boolean isInTop(ConversationState load, ValidMessage message) {
    return load.top != null && message.micros() >= load.topFrom;
  }

  private void place(
      ConversationPart part, List<ValidMessage> sorted, PendingPuts puts, BatchResult outcome) {
    ConversationState load = part.load;
    ExistingMessages standing = part.standing;
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
      if (load.newest == null || message.createdAt().compareTo(load.newestKey()) > 0) {
        load.newest = message;
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

  /**
   * Settles the rows of conversations whose messages are all written, as far as it goes at once.
   */
  void settleTogether(List<ConversationState> ended, BatchResult outcome) {
    rows.settleTogether(ended);
  }

  /** Settles the rows of a conversation whose messages are all written, and counts its record. */
  void finish(ConversationState load, BatchResult outcome) {
    opening.look(load, outcome);
    if (load.refusal() == null && load.standing) {
      rows.settle(load, outcome);
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
