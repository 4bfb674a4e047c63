package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.ConversationStore.Start;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out what the table holds of conversations, and makes those that it does not hold. */
final class ConversationOpening {
  /** Of a start that meets throttling or other writers: bulk work is patient. */
  private static final int TRIES = 100;

  private final ConversationStore store;
  private final ItemTable items;
  private final RowSettlement rows;
  private final RenamedUsers renamed;

  /** Whether the table was empty when the run began: a row has come with its message since. */
  private final boolean wasEmpty;

  private final Backoff backoff = Backoff.jittered();

  ConversationOpening(
      ConversationStore store,
      ItemTable items,
      RowSettlement rows,
      RenamedUsers renamed,
      boolean wasEmpty) {
    this.store = store;
    this.items = items;
    this.rows = rows;
    this.renamed = renamed;
    this.wasEmpty = wasEmpty;
  }

  /**
   * Looks up what the table holds of a conversation, if that was not done, and refuses it if its
   * members are others.
   */
  void look(ConversationState load, BatchResult outcome) {
    if (!load.begun && load.refusal() == null) {
      begin(load, outcome);
    }
  }

  private void begin(ConversationState load, BatchResult outcome) {
    load.begun = true;
    load.lastKey =
        items
            .messages(new MessageQuery(load.groupUuid, 1, null, null, false, null).consistently())
            .map(item -> item.get(Keys.SK).s())
            .findFirst()
            .orElse(null);
    List<ConversationRow> shown =
        wasEmpty && load.lastKey == null ? List.of() : store.indexedRows(load.groupUuid);
    load.standing = load.lastKey != null || !shown.isEmpty();
    if (load.standing && shown.isEmpty()) {
      shown =
          load.participants.stream()
              .flatMap(user -> store.rows(user.uuid(), load.groupUuid).stream())
              .toList();
    }
    renamed.compare(shown, load.participants);
    Optional<String> stranger =
        shown.stream()
            .flatMap(row -> Stream.of(row.ownerUuid(), row.other().uuid()))
            .filter(uuid -> !uuid.isEmpty() && !load.isParticipant(uuid))
            .findFirst();
    if (stranger.isPresent()) {
      load.refuse("it is in the table with another participant, " + stranger.get());
    } else if (load.standing && shown.isEmpty()) {
      // Messages without rows: what was left behind must not wait for the end of this run.
      rows.settle(load, outcome);
    }
  }

  /**
   * Makes conversations that are not there, in transactions that they share. Those that cannot be
   * made so are left as they are, for {@link #start} to say why.
   */
  void startTogether(List<ConversationPart> parts, BatchResult outcome) {
    Map<Start, ConversationPart> starts = new LinkedHashMap<>();
    for (ConversationPart part : parts) {
      Message first = part.first().message();
      starts.put(new Start(first, rows(part.load, first, 0)), part);
    }
    Set<Start> left = new HashSet<>(store.startAll(List.copyOf(starts.keySet())));
    starts.forEach(
        (start, part) -> {
          if (!left.contains(start)) {
            started(part, 0, outcome);
          }
        });
  }

  /** Makes a message and both rows at once; false when somebody else did meanwhile. */
  boolean start(ConversationPart part, BatchResult outcome) {
    ConversationState load = part.load;
    Message first = part.first().message();
    int taken = 0;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      switch (store.start(first, rows(load, first, taken))) {
        case DONE -> {
          started(part, taken, outcome);
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

  private static void started(ConversationPart part, int taken, BatchResult outcome) {
    ConversationState load = part.load;
    Message first = part.first().message();
    load.standing = true;
    load.changed = true;
    load.lastKey = first.createdAt();
    load.newest = first;
    load.rowsAt = taken == 0 ? first.createdAt() : null;
    part.standing.take(first, part.first().micros());
    load.top = part.standing;
    part.started();
    outcome.count(Kind.MESSAGE, RecordStatus.WRITTEN);
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
}
