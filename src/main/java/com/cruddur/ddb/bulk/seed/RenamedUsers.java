package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.text.Count;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Users whom the input calls otherwise than the rows of the table do. A seed leaves rows as they
 * are, so the new name would be nowhere, and nobody would know. For several threads.
 */
final class RenamedUsers {
  /** How many users of the input are looked for that no conversation of it has shown. */
  private static final int MOST_LOOKED_FOR = 200;

  private static final int MOST_TOLD = 20;

  private final ConversationStore store;
  private final Set<String> met = ConcurrentHashMap.newKeySet();
  private final Map<String, User> inTable = new ConcurrentHashMap<>();
  private final Map<String, User> inInput = new ConcurrentHashMap<>();

  RenamedUsers(ConversationStore store) {
    this.store = store;
  }

  /** Holds the rows of a conversation against those whom the input names as taking part in it. */
  void compare(Collection<ConversationRow> rows, List<User> participants) {
    participants.forEach(user -> met.add(user.uuid()));
    for (ConversationRow row : rows) {
      // A row of nobody is in no list: 'check' names it.
      participants.stream()
          .filter(user -> !row.ownerUuid().isEmpty() && user.uuid().equals(row.other().uuid()))
          .forEach(user -> compare(row.other(), user));
    }
  }

  private void compare(User there, User here) {
    if (!there.equals(here)) {
      inTable.put(here.uuid(), there);
      inInput.put(here.uuid(), here);
    }
  }

  /** Looks for users of the input that no conversation of it has shown: one of their rows each. */
  void lookFor(Collection<User> users) {
    users.stream()
        .filter(user -> !met.contains(user.uuid()))
        .limit(MOST_LOOKED_FOR)
        .forEach(this::lookFor);
  }

  /** A row of the user names the other one, whose row names the user. */
  private void lookFor(User user) {
    store.conversations(new ConversationQuery(user.uuid(), 1, null)).items().stream()
        .filter(row -> !row.other().uuid().isEmpty())
        .flatMap(row -> store.rows(row.other().uuid(), row.groupUuid()).stream())
        .map(ConversationRow::other)
        .filter(there -> there.uuid().equals(user.uuid()))
        .forEach(there -> compare(there, user));
  }

  /** Tells each of them, and how to rename. */
  void tell(Consumer<String> notes) {
    inInput.values().stream().limit(MOST_TOLD).forEach(user -> notes.accept(told(user)));
    if (inInput.size() > MOST_TOLD) {
      notes.accept(
          Count.of(
              inInput.size() - MOST_TOLD,
              "more user has another name in the table",
              "more users have another name in the table"));
    }
  }

  private String told(User user) {
    User there = inTable.get(user.uuid());
    String name =
        there.displayName().equals(user.displayName())
            ? ""
            : " --display-name '" + user.displayName().replace("'", "'\\''") + "'";
    String handle =
        there.handle().equals(user.handle())
            ? ""
            : " --handle '" + user.handle().replace("'", "'\\''") + "'";
    boolean nameless = there.displayName().isEmpty() && there.handle().isEmpty();
    String called =
        nameless ? " has no name" : " is " + there.displayName() + " (@" + there.handle() + ")";
    return "user "
        + user.uuid()
        + called
        + " in the table and stays so; 'ddb rename-user "
        + user.uuid()
        + name
        + handle
        + "' changes it everywhere";
  }
}
