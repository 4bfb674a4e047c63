package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.chat.MessageText;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.chat.Uuids;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The users of the input, and behind them those of a users file. */
final class SeedUsers {
  private final Map<String, User> byUuid = new HashMap<>();
  private final Map<String, User> byHandle = new HashMap<>();
  private final UserDirectory others;

  SeedUsers(UserDirectory others) {
    this.others = others;
  }

  /** Takes a user in; returns why not, or null. */
  String add(String uuid, String displayName, String handle) {
    if (uuid == null || !Uuids.isUuid(uuid)) {
      return uuid == null ? "uuid is missing" : "uuid '" + uuid + "' is not a uuid";
    }
    if (handle == null || UserDirectory.withoutAt(handle).isBlank()) {
      return "handle is missing";
    }
    String name = UserDirectory.withoutAt(handle);
    if (MessageText.hasLoneSurrogate(name + displayName)) {
      return "handle or display_name holds half of a surrogate pair";
    }
    User user = new User(uuid, displayName == null ? name : displayName, name);
    User same = byUuid.get(uuid);
    if (same != null) {
      return same.equals(user) ? null : "user " + uuid + " has another name or handle above";
    }
    User namesake = byHandle.putIfAbsent(name, user);
    if (namesake != null) {
      return "handle '" + name + "' is that of user " + namesake.uuid() + " above";
    }
    byUuid.put(uuid, user);
    return null;
  }

  /** The users of the input. */
  Collection<User> ofInput() {
    return byUuid.values();
  }

  /** A user by uuid, or by handle with or without {@code @}. */
  Optional<User> find(String reference) {
    String name = Uuids.normalized(UserDirectory.withoutAt(reference));
    User user = byUuid.getOrDefault(name, byHandle.get(name));
    return user == null ? others.find(name) : Optional.of(user);
  }
}
