package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.Reconciliation.Unmoved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The one rule that keeps conversation rows true: every participant has one row, at the newest
 * message.
 *
 * <p>It is level-triggered: it looks at what is stored, never at the event that called it. So it
 * may be repeated, reordered or run by many at once; it never moves a row backwards, and a crash
 * leaves a row old, never lost and never doubled. Every change is one conditional write of its own;
 * when one is refused, the participant's state is read again (strongly consistent) and judged
 * again. Only after a deletion does a row go back, and only one that stands at the deleted
 * message's moment.
 */
public final class Reconciler {
  /** More than the eight concurrent senders of one conversation that were tried need. */
  private static final int TRIES = 12;

  private static final Comparator<ConversationRow> BY_TIME =
      Comparator.comparing(ConversationRow::instant).thenComparing(ConversationRow::lastMessageAt);

  private final ConversationStore store;
  private final Backoff backoff;

  /** One that waits a little before it tries a row again. */
  public Reconciler(ConversationStore store) {
    this(store, Backoff.jittered());
  }

  public Reconciler(ConversationStore store, Backoff backoff) {
    this.store = store;
    this.backoff = backoff;
  }

  /** The same rule on another store. */
  Reconciler over(ConversationStore other) {
    return new Reconciler(other, backoff);
  }

  /** Reconciles a conversation by what is stored. */
  public Reconciliation reconcile(String groupUuid) {
    return reconcile(groupUuid, Hints.NONE);
  }

  /**
   * Reconciles a conversation. A row that cannot be written keeps no other from moving: it is in
   * the result.
   *
   * @param hints where to look besides; {@link Hints#NONE} for nowhere
   */
  public Reconciliation reconcile(String groupUuid, Hints hints) {
    return reconcile(groupUuid, hints, () -> store.indexedRows(groupUuid));
  }

  /**
   * Reconciles a conversation with what the index has shown a moment ago: to a rule that trusts it
   * for nothing, that is an index that lags a moment more. A row that has moved since refuses its
   * transaction and is read again.
   */
  Reconciliation reconcileShown(String groupUuid, Hints hints, List<ConversationRow> indexed) {
    return reconcile(groupUuid, hints, () -> indexed);
  }

  private Reconciliation reconcile(
      String groupUuid, Hints hints, Supplier<List<ConversationRow>> indexed) {
    NewestMessage newest = new NewestMessage(store, groupUuid, hints);
    Optional<Message> found = newest.read();
    Counts counts = new Counts();
    if (found.isEmpty() && !newest.deleted().isEmpty()) {
      found = removeRows(groupUuid, newest, indexed.get(), counts);
    }
    if (found.isEmpty()) {
      return counts.result(groupUuid, null);
    }
    ConversationParticipants participants =
        new ConversationParticipants(
            store, found.get(), hints.users(), shown(newest, indexed.get()));
    Pass pass = new Pass(newest, participants, found.get());
    for (String owner : participants.owners()) {
      if (owner.equalsIgnoreCase(hints.leaving())) {
        continue;
      }
      try {
        settle(owner, pass, counts);
      } catch (BusyException | RowRefusedException e) {
        counts.unmoved.add(new Unmoved(owner, e));
      }
    }
    Reconciliation done = counts.result(groupUuid, pass.newest);
    if (done.moved() + done.created() > 0 && newest.isGone(pass.newest)) {
      // Whoever deleted it may have looked at the rows before they stood there.
      List<ConversationRow> known = new ArrayList<>(indexed.get());
      participants.owners().forEach(owner -> known.addAll(participants.rows(owner)));
      Hints gone = hints.withKey(pass.newest.createdAt());
      return done.then(reconcile(groupUuid, gone, () -> known));
    }
    return done;
  }

  /**
   * The rows of the index, which may be old: an old one that is to move refuses its transaction.
   * After a deletion it might seem to stand right, so then each is read from the table.
   */
  private List<ConversationRow> shown(NewestMessage newest, List<ConversationRow> indexed) {
    return newest.deleted().isEmpty()
        ? indexed
        : owners(indexed).stream()
            .flatMap(owner -> store.rows(owner, indexed.get(0).groupUuid()).stream())
            .toList();
  }

  /** Whose rows they are, and whom they name. */
  private static Set<String> owners(List<ConversationRow> rows) {
    Set<String> owners = new LinkedHashSet<>();
    for (ConversationRow row : rows) {
      owners.add(row.ownerUuid());
      owners.add(row.other().uuid());
    }
    owners.removeIf(owner -> owner.isEmpty() || Uuids.isForgotten(owner));
    return owners;
  }

  /**
   * After the deletion of the last message: rows that stand at it go too. If a new one comes
   * meanwhile, it is returned, and the rows are back.
   */
  private Optional<Message> removeRows(
      String groupUuid, NewestMessage newest, List<ConversationRow> indexed, Counts counts) {
    List<ConversationRow> removed = new ArrayList<>();
    for (String owner : owners(indexed)) {
      for (ConversationRow row : store.rows(owner, groupUuid)) {
        if (newest.deleted().contains(row.instant()) && store.deleteRow(row) == RowWrite.DONE) {
          removed.add(row);
          counts.count(Kind.DELETED, owner);
        }
      }
    }
    Optional<Message> arrived = newest.read();
    arrived.ifPresent(message -> removed.forEach(row -> restore(row.movedTo(message))));
    return arrived;
  }

  private void restore(ConversationRow row) {
    int tieBreaks = 0;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      RowWrite outcome = store.createRow(placed(row, tieBreaks));
      if (outcome == RowWrite.KEY_TAKEN) {
        tieBreaks++;
      } else if (outcome == RowWrite.CONFLICT) {
        backoff.pause(attempt);
      } else {
        return;
      }
    }
  }

  /** One reconcile of one conversation; what is newest may change while it goes on. */
  private static final class Pass {
    private final NewestMessage reader;
    private final ConversationParticipants participants;
    private Message newest;

    Pass(NewestMessage reader, ConversationParticipants participants, Message newest) {
      this.reader = reader;
      this.participants = participants;
      this.newest = newest;
    }

    List<ConversationRow> readAgain(String owner) {
      newest = reader.read().orElse(newest);
      return participants.read(owner);
    }
  }

  /** Brings one participant's row to the newest message, however many others try the same. */
  private void settle(String owner, Pass pass, Counts counts) {
    int tieBreaks = 0;
    List<ConversationRow> rows = pass.participants.rows(owner);
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Step step = next(owner, rows, pass, tieBreaks);
      if (step.write == null) {
        if (attempt == 1 || step.kind == Kind.MISSING) {
          counts.count(step.kind, owner);
        }
        return;
      }
      RowWrite outcome = step.write.get();
      if (outcome == RowWrite.DONE) {
        counts.count(step.kind, owner);
        if (step.last) {
          return;
        }
      } else if (outcome == RowWrite.KEY_TAKEN) {
        tieBreaks++;
        continue;
      } else if (outcome == RowWrite.CONFLICT || attempt > 1) {
        backoff.pause(attempt);
      }
      rows = pass.readAgain(owner);
    }
    throw new BusyException(
        "the conversation row of user " + owner + " changed at each of " + TRIES + " tries",
        "Nothing is lost: run the command again, or 'ddb check --repair'.");
  }

  private enum Kind {
    UNCHANGED,
    MOVED,
    CREATED,
    DELETED,
    MISSING
  }

  /**
   * What to do next about a participant; write is null when nothing is, last when nothing follows
   * it.
   */
  private record Step(Kind kind, Supplier<RowWrite> write, boolean last) {}

  private Step next(String owner, List<ConversationRow> rows, Pass pass, int tieBreaks) {
    Message newest = pass.newest;
    if (rows.isEmpty() && pass.participants.isForgotten(owner)) {
      return new Step(Kind.UNCHANGED, null, true);
    } else if (rows.isEmpty()) {
      // Two at once may both make it, at different messages: so look again after it.
      return pass.participants
          .other(owner, newest.sender())
          .map(other -> placed(ConversationRow.of(owner, other, newest), tieBreaks))
          .map(row -> new Step(Kind.CREATED, () -> store.createRow(row), false))
          .orElse(new Step(Kind.MISSING, null, true));
    }
    if (rows.size() > 1) {
      List<ConversationRow> byTime = rows.stream().sorted(BY_TIME).toList();
      ConversationRow latest = byTime.get(byTime.size() - 1);
      ConversationRow second = byTime.get(byTime.size() - 2);
      return new Step(Kind.DELETED, () -> store.mergeRow(second, latest), false);
    }
    ConversationRow row = rows.get(0);
    int order = row.instant().compareTo(newest.instant());
    boolean back = order > 0 && pass.reader.deleted().contains(row.instant());
    boolean rewrites = order == 0 && !row.message().equals(newest.text());
    String text = rewrites ? pass.reader.again(newest).text() : newest.text();
    if ((order > 0 && !back) || (order == 0 && row.message().equals(text))) {
      return new Step(Kind.UNCHANGED, null, true);
    }
    if (order == 0) {
      // A newer message may have come since the text was read: so look again after it.
      return new Step(Kind.MOVED, () -> store.rewriteRow(row, text), false);
    }
    // One that went back may have passed a message that came meanwhile: so look again after it.
    ConversationRow moved = placed(row.movedTo(newest), tieBreaks);
    return new Step(Kind.MOVED, () -> store.moveRow(row, moved), !back);
  }

  private static ConversationRow placed(ConversationRow row, int tieBreaks) {
    return tieBreaks == 0
        ? row
        : row.withLastMessageAt(
            Timestamps.tieBreak(row.lastMessageAt(), row.groupUuid(), tieBreaks - 1));
  }

  private static final class Counts {
    private final int[] counts = new int[Kind.values().length];
    private final List<String> missing = new ArrayList<>();
    private final List<Unmoved> unmoved = new ArrayList<>();

    void count(Kind kind, String owner) {
      counts[kind.ordinal()]++;
      if (kind == Kind.MISSING) {
        missing.add(owner);
      }
    }

    Reconciliation result(String groupUuid, Message newest) {
      return new Reconciliation(
          groupUuid,
          newest,
          counts[Kind.MOVED.ordinal()],
          counts[Kind.CREATED.ordinal()],
          counts[Kind.DELETED.ordinal()],
          counts[Kind.UNCHANGED.ordinal()],
          missing,
          unmoved);
    }
  }
}
