package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who takes part in a conversation: by its record, or by its rows in the table. */
final class SeedParticipants {
  private final ConversationStore store;
  private final SeedUsers users;
  private final Set<String> unknown = new HashSet<>();
  private final Map<String, String> inCapitals = new HashMap<>();

  SeedParticipants(ConversationStore store, SeedUsers users) {
    this.store = store;
    this.users = users;
  }

  /** See {@link SeedSink#conversationUuid}. */
  String conversationUuid(String given) {
    String lower = Uuids.normalized(given);
    if (lower == null || (lower.equals(given) && !inCapitals.containsKey(lower))) {
      return lower;
    }
    return inCapitals.computeIfAbsent(
        lower, small -> !isThere(small) && isThere(given) ? given : small);
  }

  private boolean isThere(String groupUuid) {
    return store.newestMessage(groupUuid).isPresent() || !store.indexedRows(groupUuid).isEmpty();
  }

  /** Fills in the members; returns why it cannot, or null. */
  String problem(String groupUuid, List<String> references, Map<String, User> members) {
    if (groupUuid == null) {
      return "message_group_uuid is missing or no string";
    } else if (!Uuids.isUuid(groupUuid)) {
      return "message_group_uuid '" + groupUuid + "' is not a uuid";
    } else if (references == null) {
      return "participants are missing, or no list of strings";
    }
    for (String reference : references) {
      Optional<User> user = users.find(reference);
      if (user.isEmpty()) {
        return "participant '" + reference + "' is unknown";
      }
      members.put(user.get().uuid(), user.get());
    }
    boolean two = references.size() == 2 && members.size() == 2;
    return two ? null : "a conversation has two different participants, not " + references;
  }

  /** A conversation of the table; null when it holds none of that name. */
  ConversationState inTable(String groupUuid) {
    if (!Uuids.isUuid(groupUuid) || unknown.contains(groupUuid)) {
      return null;
    }
    ConversationState load = read(groupUuid);
    if (load == null) {
      unknown.add(groupUuid);
    }
    return load;
  }

  /** The table has changed: what it did not hold may be there now. */
  void lookAgain() {
    unknown.clear();
  }

  private ConversationState read(String groupUuid) {
    Map<String, User> members = new LinkedHashMap<>();
    List<ConversationRow> indexed = store.indexedRows(groupUuid);
    indexed.forEach(row -> name(row, members));
    // The index may lag: whom a row names has a row, which names the first one's owner.
    List.copyOf(members.values())
        .forEach(user -> store.rows(user.uuid(), groupUuid).forEach(row -> name(row, members)));
    if (members.size() == 2) {
      return new ConversationState(groupUuid, null, List.copyOf(members.values()));
    }
    return indexed.isEmpty()
        ? null
        : ConversationState.refused(
            groupUuid, null, "conversation " + groupUuid + " has no two rows in the table");
  }

  private static void name(ConversationRow row, Map<String, User> members) {
    if (!row.other().uuid().isEmpty()) {
      members.put(row.other().uuid(), row.other());
    }
  }
}
