package com.cruddur.ddb.chat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where users are looked up who are not found in the conversation itself. */
@FunctionalInterface
public interface UserDirectory {

  /**
   * Finds a user.
   *
   * @param reference a uuid or a handle without {@code @}
   */
  Optional<User> find(String reference);

  /**
   * Finds a user who has to be there.
   *
   * @param reference a uuid or a handle, with or without {@code @}
   * @throws NotFoundException with the names that are near
   */
  default User require(String reference) {
    return find(withoutAt(reference))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "user '" + reference + "' is not in the users file",
                    Spelling.question(reference, handles())
                        + "Name a file that has this user with --users FILE or DDB_USERS."));
  }

  /** All handles, for whoever mistyped one; none where nobody can tell. */
  default Collection<String> handles() {
    return List.of();
  }

  /** The reference without a leading {@code @}. */
  static String withoutAt(String reference) {
    return reference.startsWith("@") ? reference.substring(1) : reference;
  }
}
