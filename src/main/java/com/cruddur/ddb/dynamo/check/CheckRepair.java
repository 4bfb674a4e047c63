package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.Hints;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Reconciliation.Unmoved;
import com.cruddur.ddb.chat.RowRefusedException;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.SdkMessages;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Repairs what a {@link Check} found. Rows are repaired by reconcile; before that, what reconcile
 * takes for granted is put right: keys that sort, and rows that name the right participant. Every
 * change is conditional and moves an item in one transaction, so readers see it once at any moment,
 * and every attribute is kept.
 */
public final class CheckRepair {
  private static final int TRIES = 50;

  /** How many of a user's latest rows are followed for a name. */
  private static final int MOST_ROWS = 20;

  private final ConversationStore store;
  private final Reconciler reconciler;
  private final UserDirectory users;

  /**
   * A repair of a table; the store and the reconciler write to the same one.
   *
   * @param users names participants whom nothing in the table names
   */
  public CheckRepair(ConversationStore store, Reconciler reconciler, UserDirectory users) {
    this.users = users;
    this.store = store;
    this.reconciler = reconciler;
  }

  /** Repairs a conversation's rows; returns what stood in the way, or null. */
  String repair(ConversationFacts facts, List<Finding> found) {
    String group = facts.groupUuid();
    String trouble = null;
    try {
      // The latest first, whose attributes count for more. Reconcile would do it, but it would also
      // believe in whom an old row names.
      for (int i = found.size() - 1; i >= 0; i--) {
        if (found.get(i).kind() == Kind.DUPLICATE) {
          merge(found.get(i).userUuid(), group, found.get(i).key());
        }
      }
      for (Finding finding : found) {
        if (finding.kind() == Kind.WRONG_PARTICIPANT && finding.repairable()) {
          String expected = new RowRules(facts).expectedOther(finding.userUuid());
          Optional<User> other = profile(facts, expected);
          if (other.isPresent()) {
            rename(finding.userUuid(), group, other.get());
          } else {
            trouble = "nothing that is stored names user " + expected;
          }
        } else if (finding.kind() == Kind.WRONG_NAME) {
          String named = new RowRules(facts).expectedOther(finding.userUuid());
          Optional<User> other = trueName(facts, named);
          other.ifPresent(user -> name(finding.userUuid(), group, user));
          trouble = other.isPresent() ? trouble : "nothing that is stored names user " + named;
        } else if (finding.kind() == Kind.TIMESTAMP) {
          respell(finding.userUuid(), group, finding.key());
        } else if (finding.kind() == Kind.ORPHANED && store.newestMessage(group).isEmpty()) {
          rows(finding.userUuid(), group, finding.key()).forEach(store::deleteRow);
        }
      }
      Hints hints = Hints.ofUsers(missing(facts, found)).withKeys(facts.newestKeys());
      List<Unmoved> left = reconciler.reconcile(group, hints).unmoved();
      return left.isEmpty() ? trouble : left.get(0).cause().getMessage();
    } catch (BusyException | RowRefusedException e) {
      return e.getMessage();
    } catch (DynamoDbException e) {
      // A service that is away or refuses everything ends the run; a refusal of these items not.
      if (e.statusCode() >= 500 || e.isThrottlingException() || !isRefusal(e)) {
        throw e;
      }
      return SdkMessages.of(e);
    }
  }

  private static boolean isRefusal(DynamoDbException e) {
    return e instanceof TransactionCanceledException
        || (e.awsErrorDetails() != null
            && "ValidationException".equals(e.awsErrorDetails().errorCode()));
  }

  private void name(String owner, String group, User other) {
    for (ConversationRow row : store.rows(owner, group)) {
      if (row.other().uuid().equals(other.uuid()) && !row.other().equals(other)) {
        store.renameRow(row, other);
      }
    }
  }

  /** As their newest message names them, else the users file, else their other rows. */
  private Optional<User> trueName(ConversationFacts facts, String userUuid) {
    return store
        .findSender(facts.groupUuid(), userUuid)
        .filter(CheckRepair::isNamed)
        .or(() -> users.find(userUuid))
        .or(() -> elsewhere(userUuid))
        .filter(CheckRepair::isNamed);
  }

  private static boolean isNamed(User user) {
    return !user.displayName().isBlank() && !user.handle().isBlank();
  }

  /** As the rows of those name them whom the user talks with elsewhere. */
  private Optional<User> elsewhere(String userUuid) {
    return store.conversations(new ConversationQuery(userUuid, MOST_ROWS, null)).items().stream()
        .flatMap(own -> store.rows(own.other().uuid(), own.groupUuid()).stream())
        .map(ConversationRow::other)
        .filter(user -> user.uuid().equals(userUuid) && isNamed(user))
        .findFirst();
  }

  /** The row under a key goes; what others added to it stays with the user's latest one. */
  private void merge(String owner, String group, String key) {
    List<ConversationRow> own = store.rows(owner, group);
    Optional<ConversationRow> latest =
        own.stream()
            .filter(row -> !row.lastMessageAt().equals(key))
            .max(
                Comparator.comparing(ConversationRow::instant)
                    .thenComparing(ConversationRow::lastMessageAt));
    own.stream()
        .filter(row -> row.lastMessageAt().equals(key))
        .forEach(row -> latest.ifPresent(stays -> store.mergeRow(row, stays)));
  }

  private List<User> missing(ConversationFacts facts, List<Finding> found) {
    List<User> known = new ArrayList<>();
    for (Finding finding : found) {
      if (finding.kind() == Kind.MISSING && finding.repairable()) {
        profile(facts, finding.userUuid()).ifPresent(known::add);
        // Reconcile takes two for the two; whom the new row must name may be known here alone.
        facts.rows().stream()
            .map(ConversationFacts.Row::owner)
            .filter(owner -> !owner.equals(finding.userUuid()))
            .distinct()
            .flatMap(owner -> profile(facts, owner).stream())
            .forEach(known::add);
      }
    }
    return known.stream().distinct().toList();
  }

  /** A participant as another's row names them, else as their newest message does. */
  private Optional<User> profile(ConversationFacts facts, String userUuid) {
    return facts.rows().stream()
        .filter(row -> row.other().equals(userUuid))
        .flatMap(row -> store.rows(row.owner(), facts.groupUuid()).stream())
        .map(ConversationRow::other)
        .filter(user -> user.uuid().equals(userUuid))
        .findFirst()
        .or(() -> store.findSender(facts.groupUuid(), userUuid))
        .or(() -> users.find(userUuid))
        .or(() -> elsewhere(userUuid));
  }

  private List<ConversationRow> rows(String owner, String group, String key) {
    return store.rows(owner, group).stream().filter(r -> r.lastMessageAt().equals(key)).toList();
  }

  /** Away to a neighbouring key and back: the store moves rows and never overwrites one. */
  private void rename(String owner, String group, User other) {
    for (ConversationRow row : store.rows(owner, group)) {
      if (!row.other().uuid().equals(other.uuid())) {
        move(row, other).ifPresent(moved -> move(moved, other));
      }
    }
  }

  private void respell(String owner, String group, String key) {
    for (ConversationRow row : rows(owner, group, key)) {
      // One that cannot be read counts as old, and reconcile moves it.
      if (!row.instant().equals(Instant.MIN)) {
        move(row, row.other());
      }
    }
  }

  /** Moves a row to another key of its own microsecond, the canonical one if it can be had. */
  private Optional<ConversationRow> move(ConversationRow row, User other) {
    Optional<Instant> at =
        row.instant().equals(Instant.MIN)
            ? store.newestMessage(row.groupUuid()).map(Message::instant)
            : Optional.of(row.instant());
    if (at.isEmpty()) {
      return Optional.empty();
    }
    String canonical = Timestamps.format(at.get());
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String key =
          attempt == 0 ? canonical : Timestamps.tieBreak(canonical, row.groupUuid(), attempt - 1);
      if (!key.equals(row.lastMessageAt())) {
        ConversationRow moved =
            new ConversationRow(
                row.ownerUuid(), row.groupUuid(), key, row.message(), other, row.extra());
        RowWrite outcome = store.moveRow(row, moved);
        if (outcome != RowWrite.KEY_TAKEN) {
          return outcome == RowWrite.DONE ? Optional.of(moved) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Stores a message under the canonical key of its time, or the next one that is free. */
  boolean respell(Message message) {
    Instant at = message.instant();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        RowWrite outcome = store.moveMessage(message, Timestamps.format(at));
        if (outcome == RowWrite.DONE) {
          return true;
        } else if (outcome != RowWrite.KEY_TAKEN) {
          return false;
        }
      } catch (DynamoDbException e) {
        if (isRefusal(e)) {
          return false;
        }
        throw e;
      }
      at = at.plus(1, ChronoUnit.MICROS);
    }
    return false;
  }
}
