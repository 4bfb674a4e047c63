package com.cruddur.ddb.chat;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a caller of reconcile knows of a conversation and the table does not show at once. A hint is
 * never believed: it only says where else to look.
 *
 * @param users participants, whose rows are made if they are missing
 * @param keys sort keys of messages that stood in the table, among which the newest may be: a key
 *     with another offset stands up to 18 hours away from its moment, where a look at the last one
 *     misses it. One that is gone counts as deleted
 * @param deleted moments of deleted messages, cut to microseconds: only a row that stands at one of
 *     them may go back
 * @param leaving the uuid of a participant whose row is about to be deleted and is left where it
 *     is; empty for nobody
 */
public record Hints(List<User> users, Set<String> keys, Set<Instant> deleted, String leaving) {
  public static final Hints NONE = new Hints(List.of(), Set.of(), Set.of(), "");

  public Hints {
    users = List.copyOf(users);
    keys = Set.copyOf(keys);
    deleted = Set.copyOf(deleted);
  }

  public static Hints ofUsers(Collection<User> users) {
    return new Hints(List.copyOf(users), Set.of(), Set.of(), "");
  }

  public static Hints ofKeys(Collection<String> keys) {
    return new Hints(List.of(), Set.copyOf(keys), Set.of(), "");
  }

  /** The same, with participants. */
  Hints withUsers(List<User> known) {
    return new Hints(known, keys, deleted, leaving);
  }

  /** The same, with sort keys of messages. */
  public Hints withKeys(Collection<String> more) {
    return new Hints(users, Set.copyOf(more), deleted, leaving);
  }

  /** The same, with one more sort key of a message. */
  Hints withKey(String key) {
    Set<String> more = new HashSet<>(keys);
    more.add(key);
    return new Hints(users, more, deleted, leaving);
  }

  /** The same, with sort keys of messages that were deleted. */
  public Hints withDeleted(Collection<String> deletedKeys) {
    return new Hints(
        users,
        keys,
        deletedKeys.stream()
            .map(Timestamps::microseconds)
            .filter(at -> !at.equals(Instant.MIN))
            .collect(Collectors.toSet()),
        leaving);
  }

  /** The same, with a participant who leaves. */
  Hints withLeaving(String userUuid) {
    return new Hints(users, keys, deleted, userUuid);
  }
}
