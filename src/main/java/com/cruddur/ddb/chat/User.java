package com.cruddur.ddb.chat;

import static java.util.Objects.requireNonNull;

/**
 * A person who takes part in conversations, as messages and conversation rows name them.
 *
 * @param uuid the identity; the rest may change
 * @param displayName the name shown to others
 * @param handle the short name, without {@code @}
 */
public record User(String uuid, String displayName, String handle) {
  public User {
    requireNonNull(uuid, "uuid");
    displayName = displayName == null ? "" : displayName;
    handle = handle == null ? "" : handle;
  }
}
