package com.cruddur.ddb.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The participants of a conversation and their rows: whoever the index shows, the sender, whoever
 * those rows name, and whom the caller knows. The index lags, so a participant that it does not
 * show exactly once is read from the table.
 */
final class ConversationParticipants {
  private final Map<String, List<ConversationRow>> rows = new LinkedHashMap<>();
  private final Map<String, User> profiles = new LinkedHashMap<>();
  private final String groupUuid;
  private final List<User> known;
  private final ConversationStore store;

  /**
   * Finds them.
   *
   * @param newest its sender is a participant if they have a row
   * @param known whom the caller knows
   * @param indexed what the index shows
   */
  ConversationParticipants(
      ConversationStore store, Message newest, List<User> known, List<ConversationRow> indexed) {
    this.store = store;
    this.known = known;
    this.groupUuid = newest.groupUuid();
    for (ConversationRow row : indexed) {
      // A row of nobody is in no list: check names it.
      if (!row.ownerUuid().isEmpty()) {
        rows.computeIfAbsent(row.ownerUuid(), o -> new ArrayList<>()).add(row);
      }
    }
    rows.replaceAll((owner, shown) -> shown.size() == 1 ? shown : read(owner));
    List.copyOf(rows.values()).forEach(this::follow);
    // Last: whose row another program wrote in capitals has no second one in lower case.
    known.stream().filter(user -> !isThere(user)).forEach(this::name);
    addSender(newest.sender());
    known.forEach(user -> profiles.put(user.uuid(), user));
  }

  /** A sender whom no row names and who has none is no participant: a stray message makes none. */
  private void addSender(User sender) {
    if (!rows.containsKey(sender.uuid()) && !Uuids.isForgotten(sender.uuid())) {
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

  private boolean isThere(User user) {
    return rows.entrySet().stream()
        .anyMatch(of -> of.getKey().equalsIgnoreCase(user.uuid()) && !of.getValue().isEmpty());
  }

  private void follow(List<ConversationRow> shown) {
    shown.forEach(row -> name(row.other()));
  }

  private void name(User user) {
    if (user.uuid().isEmpty() || Uuids.isForgotten(user.uuid())) {
      return;
    }
    profiles.put(user.uuid(), user);
    if (!rows.containsKey(user.uuid())) {
      List<ConversationRow> own = read(user.uuid());
      rows.put(user.uuid(), own);
      follow(own);
    }
  }

  /** A participant's rows now. */
  List<ConversationRow> read(String owner) {
    return store.rows(owner, groupUuid);
  }

  /** In the order in which they were found. */
  List<String> owners() {
    return List.copyOf(rows.keySet());
  }

  /** A participant's rows as they were found; none when it is missing. */
  List<ConversationRow> rows(String owner) {
    return rows.get(owner);
  }

  /**
   * Whether a user without a row was forgotten: somebody's row names a stand-in now. The index may
   * still show the user's row, but it must not come back.
   */
  boolean isForgotten(String owner) {
    return rows.keySet().stream()
        .filter(other -> !other.equals(owner))
        .flatMap(other -> read(other).stream())
        .anyMatch(row -> Uuids.isForgotten(row.other().uuid()));
  }

  /**
   * Whom a missing row of the owner's must name: the other of two that the caller knows, else the
   * one other participant. With three, or with a newest message from a stranger, it cannot be told
   * who belongs here, and no row is made.
   *
   * @param sender of the newest message
   */
  Optional<User> other(String owner, User sender) {
    if (known.size() == 2 && known.stream().anyMatch(user -> user.uuid().equals(owner))) {
      return known.stream().filter(user -> !user.uuid().equals(owner)).findFirst();
    }
    List<String> others = rows.keySet().stream().filter(u -> !u.equals(owner)).toList();
    if (others.size() != 1 || !rows.containsKey(sender.uuid())) {
      return Optional.empty();
    }
    String uuid = others.get(0);
    return Optional.ofNullable(profiles.get(uuid)).or(() -> store.findSender(groupUuid, uuid));
  }
}
