package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one rule that keeps conversation rows true: every member has one row, at the newest message.
 *
 * <p>It is level-triggered: it looks at what is stored, never at the event that called it. So it
 * may be repeated, reordered or run by many at once; it never moves a row backwards, and a crash
 * leaves a row old, never lost and never doubled. Every change is one conditional write of its own;
 * when one is refused, the member's state is read again (strongly consistent) and judged anew.
 */
public final class Reconciler {
  /** More than the eight concurrent senders of one conversation that were tried need. */
  private static final int TRIES = 12;

  private static final Comparator<ConversationRow> BY_TIME =
      Comparator.comparing(ConversationRow::instant).thenComparing(ConversationRow::lastMessageAt);

  private final ConversationStore store;
  private final Backoff backoff;

  public Reconciler(ConversationStore store, Backoff backoff) {
    this.store = store;
    this.backoff = backoff;
  }

  /** The same rule on another store. */
  Reconciler over(ConversationStore other) {
    return new Reconciler(other, backoff);
  }

  /** Reconciles a conversation whose members are found from what is stored. */
  public Reconciliation reconcile(String groupUuid) {
    return reconcile(groupUuid, List.of());
  }

  /**
   * Reconciles a conversation.
   *
   * @param known members that the caller knows of, whose rows are made if they are missing
   * @throws BusyException when others changed a row at every one of 12 tries
   */
  public Reconciliation reconcile(String groupUuid, Collection<User> known) {
    return reconcile(groupUuid, known, () -> store.indexedRows(groupUuid));
  }

  /**
   * Reconciles a conversation with what the index has shown a moment ago: to a rule that trusts it
   * for nothing, that is an index that lags a moment more. A row that has moved since refuses its
   * transaction and is read again.
   */
  Reconciliation reconcileShown(String groupUuid, List<ConversationRow> indexed) {
    return reconcile(groupUuid, List.of(), () -> indexed);
  }

  private Reconciliation reconcile(
      String groupUuid, Collection<User> known, Supplier<List<ConversationRow>> indexed) {
    Optional<Message> newest = store.newestMessage(groupUuid);
    if (newest.isEmpty()) {
      return new Reconciliation(groupUuid, null, 0, 0, 0, 0, List.of());
    }
    Members members = new Members(newest.get(), known, indexed.get());
    List<String> owners = List.copyOf(members.rows.keySet());
    Tally tally = new Tally();
    for (String owner : owners) {
      settle(owner, members, tally);
    }
    return tally.result(groupUuid, members.newest);
  }

  /** Brings one member's row to the newest message, however many others try the same. */
  private void settle(String owner, Members members, Tally tally) {
    int tieBreaks = 0;
    List<ConversationRow> rows = members.rows.get(owner);
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Step step = next(owner, rows, members, tieBreaks);
      if (step.write == null) {
        if (attempt == 1 || step.kind == Kind.MISSING) {
          tally.count(step.kind, owner);
        }
        return;
      }
      RowWrite outcome = step.write.get();
      if (outcome == RowWrite.DONE) {
        tally.count(step.kind, owner);
        if (step.last) {
          return;
        }
      } else if (outcome == RowWrite.KEY_TAKEN) {
        tieBreaks++;
        continue;
      } else if (outcome == RowWrite.CONFLICT || attempt > 1) {
        backoff.pause(attempt);
      }
      rows = members.readAgain(owner);
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

  private interface Write {
    RowWrite get();
  }

  /**
   * What to do next about a member; write is null when nothing is, last when nothing follows it.
   */
  private record Step(Kind kind, Write write, boolean last) {}

  private Step next(String owner, List<ConversationRow> rows, Members members, int tieBreaks) {
    Message newest = members.newest;
    if (rows.isEmpty()) {
      // Two at once may both make it, at different messages: so look again after it.
      return members
          .other(owner)
          .map(other -> placed(ConversationRow.of(owner, other, newest), tieBreaks))
          .map(row -> new Step(Kind.CREATED, () -> store.createRow(row), false))
          .orElse(new Step(Kind.MISSING, null, true));
    }
    if (rows.size() > 1) {
      ConversationRow oldest = rows.stream().min(BY_TIME).orElseThrow();
      return new Step(Kind.DELETED, () -> store.deleteRow(oldest), false);
    }
    ConversationRow row = rows.get(0);
    int order = row.instant().compareTo(newest.instant());
    if (order > 0 || (order == 0 && row.message().equals(newest.text()))) {
      return new Step(Kind.UNCHANGED, null, true);
    }
    if (order == 0) {
      // A newer message may have come since the text was read: so look again after it.
      return new Step(Kind.MOVED, () -> store.rewriteRow(row, newest.text()), false);
    }
    ConversationRow moved = placed(row.movedTo(newest), tieBreaks);
    return new Step(Kind.MOVED, () -> store.moveRow(row, moved), true);
  }

  private static ConversationRow placed(ConversationRow row, int tieBreaks) {
    return tieBreaks == 0
        ? row
        : row.withLastMessageAt(
            Timestamps.tieBreak(row.lastMessageAt(), row.groupUuid(), tieBreaks - 1));
  }

  /**
   * The members of a conversation and their rows: whoever the index shows, the sender, whoever
   * those rows name, and whom the caller knows. The index lags, so a member that it does not show
   * exactly once is read from the table.
   */
  private final class Members {
    private final Map<String, List<ConversationRow>> rows = new LinkedHashMap<>();
    private final Map<String, User> profiles = new LinkedHashMap<>();
    private final String groupUuid;
    private final List<User> known;
    private Message newest;

    Members(Message newest, Collection<User> known, List<ConversationRow> indexed) {
      this.newest = newest;
      this.known = List.copyOf(known);
      this.groupUuid = newest.groupUuid();
      for (ConversationRow row : indexed) {
        rows.computeIfAbsent(row.ownerUuid(), o -> new ArrayList<>()).add(row);
      }
      rows.replaceAll((owner, shown) -> shown.size() == 1 ? shown : read(owner));
      known.forEach(this::name);
      List.copyOf(rows.values()).forEach(this::follow);
      addSender();
      known.forEach(user -> profiles.put(user.uuid(), user));
    }

    /** A sender whom no row names and who has none is no member: a stray message makes none. */
    private void addSender() {
      User sender = newest.sender();
      if (!rows.containsKey(sender.uuid())) {
        List<ConversationRow> own = read(sender.uuid());
        if (!own.isEmpty()) {
          rows.put(sender.uuid(), own);
          follow(own);
        }
      }
      if (rows.containsKey(sender.uuid())) {
        profiles.put(sender.uuid(), sender);
      }
    }

    private void follow(List<ConversationRow> shown) {
      shown.forEach(row -> name(row.other()));
    }

    private void name(User user) {
      if (user.uuid().isEmpty()) {
        return;
      }
      profiles.put(user.uuid(), user);
      if (!rows.containsKey(user.uuid())) {
        List<ConversationRow> own = read(user.uuid());
        rows.put(user.uuid(), own);
        follow(own);
      }
    }

    private List<ConversationRow> read(String owner) {
      return store.rows(owner, groupUuid);
    }

    List<ConversationRow> readAgain(String owner) {
      newest = store.newestMessage(groupUuid).orElse(newest);
      return read(owner);
    }

    /**
     * Whom a missing row of the owner's must name: the other of two that the caller knows, else the
     * one other member. With three, or with a newest message from a stranger, it cannot be told who
     * belongs here, and no row is made.
     */
    Optional<User> other(String owner) {
      if (known.size() == 2 && known.stream().anyMatch(user -> user.uuid().equals(owner))) {
        return known.stream().filter(user -> !user.uuid().equals(owner)).findFirst();
      }
      List<String> others = rows.keySet().stream().filter(u -> !u.equals(owner)).toList();
      if (others.size() != 1 || !rows.containsKey(newest.sender().uuid())) {
        return Optional.empty();
      }
      String uuid = others.get(0);
      return Optional.ofNullable(profiles.get(uuid)).or(() -> store.findSender(groupUuid, uuid));
    }
  }

  private static final class Tally {
    private final int[] counts = new int[Kind.values().length];
    private final List<String> missing = new ArrayList<>();

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
          missing);
    }
  }
}
