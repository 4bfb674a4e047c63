package com.cruddur.ddb.chat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the sender of a message among those who take part in a conversation. */
final class SenderLookup {
  private final ConversationStore store;
  private final UserDirectory users;
  private final String groupUuid;
  private final List<ConversationRow> indexed;

  SenderLookup(ConversationStore store, UserDirectory users, String groupUuid) {
    this.store = store;
    this.users = users;
    this.groupUuid = groupUuid;
    this.indexed = store.indexedRows(groupUuid);
  }

  /** The conversation's rows as the index showed them. */
  List<ConversationRow> indexed() {
    return indexed;
  }

  /**
   * The participant with a uuid or handle.
   *
   * @throws NotFoundException when there is no such conversation or no such user
   * @throws NotParticipantException when the user takes no part in it
   */
  User require(String reference) {
    String given = UserDirectory.withoutAt(reference);
    String name = Uuids.isUuid(given) ? given.toLowerCase(Locale.ROOT) : given;
    Optional<User> named =
        indexed.stream().map(ConversationRow::other).filter(u -> matches(u, name)).findFirst();
    User user = named.or(() -> users.find(name)).or(() -> byUuid(name)).orElse(null);
    if (user != null && takesPart(user.uuid())) {
      return user;
    }
    if (indexed.isEmpty() && store.newestMessage(groupUuid).isEmpty()) {
      throw new NotFoundException(
          "conversation " + groupUuid + " does not exist",
          "See 'ddb list-conversations USER', or begin one with 'ddb start-conversation'.");
    }
    if (user == null && !Uuids.isUuid(name)) {
      throw new NotFoundException(
          "user '" + reference + "' is neither in this conversation nor in the users file",
          Spelling.question(reference, handles())
              + "Give a participant's uuid or handle, or a users file with --users FILE.");
    }
    throw new NotParticipantException(
        "user '" + reference + "' takes no part in conversation " + groupUuid,
        "Only participants may send; begin a conversation with 'ddb start-conversation'.");
  }

  private List<String> handles() {
    return Stream.concat(
            indexed.stream().map(row -> row.other().handle()), users.handles().stream())
        .toList();
  }

  /** Other programs may have stored a participant without a handle: no name is theirs. */
  private static boolean matches(User user, String name) {
    return !name.isBlank() && (user.uuid().equalsIgnoreCase(name) || user.handle().equals(name));
  }

  /** A participant whom no row and no users file names, as an older message of theirs does. */
  private Optional<User> byUuid(String name) {
    return Optional.of(name)
        .filter(Uuids::isUuid)
        .flatMap(uuid -> store.findSender(groupUuid, uuid));
  }

  /** The index may lag behind the table: what it does not show is read there. */
  private boolean takesPart(String userUuid) {
    return indexed.stream().anyMatch(row -> row.ownerUuid().equalsIgnoreCase(userUuid))
        || !store.rows(userUuid, groupUuid).isEmpty();
  }
}
