package com.cruddur.ddb.chat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Renames a user wherever the name was copied to: in the rows of everybody who talks with the user,
 * and in the user's messages. What is right already is left alone, so that a run that died is ended
 * by the same one.
 */
public final class UserRename {
  private final UserConversations conversations;
  private final UserDirectory users;

  /**
   * Renames in a store.
   *
   * @param users where a handle may be taken
   */
  public UserRename(UserConversations conversations, UserDirectory users) {
    this.conversations = conversations;
    this.users = users;
  }

  /**
   * How a user is to be called.
   *
   * @param displayName null to keep it
   * @param handle null to keep it
   */
  public record Names(String displayName, String handle) {
    public Names {
      displayName = displayName == null ? null : UserNames.displayName(displayName);
      handle = handle == null ? null : UserNames.handle(handle);
    }

    /** What a user is called then. */
    public User of(User before) {
      return new User(
          before.uuid(),
          displayName == null ? before.displayName() : displayName,
          handle == null ? before.handle() : handle);
    }
  }

  /**
   * What was changed.
   *
   * @param conversations of the user's
   * @param rows of others that name the user now
   * @param messages of the user's that were changed
   * @param unchanged messages of the user's that were right
   */
  public record Renamed(int conversations, int rows, long messages, long unchanged) {}

  /**
   * Renames a user.
   *
   * @param inMessages whether the user's messages are changed too; history as it was written else
   * @throws InvalidInputException when the handle is another user's
   * @throws NotFoundException when the user has no conversation
   */
  public Renamed rename(String userUuid, Names names, boolean inMessages) {
    requireFree(userUuid, names.handle());
    AtomicInteger rows = new AtomicInteger();
    AtomicLong changed = new AtomicLong();
    AtomicLong unchanged = new AtomicLong();
    int all =
        conversations.forEach(
            userUuid,
            row -> {
              String group = row.groupUuid();
              String other = row.other().uuid();
              boolean newest = inMessages && renameNewest(group, userUuid, names);
              rows.addAndGet(conversations.rename(group, userUuid, other, names::of, now -> {}));
              if (inMessages) {
                changed.addAndGet(newest ? 1 : 0);
                unchanged.addAndGet(newest ? -1 : 0);
                conversations
                    .messages(group)
                    .forEach(message -> rename(message, userUuid, names, changed, unchanged));
              }
            });
    if (all == 0) {
      throw new NotFoundException(
          "user " + userUuid + " has no conversation in this table",
          "See 'ddb list-users' for who has.");
    }
    return new Renamed(all, rows.get(), changed.get(), unchanged.get());
  }

  /**
   * Names the user in the newest of their messages before any row: a check takes a row for wrong
   * that this message and the users file contradict, and its repair would undo what a run that died
   * had done. The others come after the rows, from which senders are named.
   *
   * @return whether it was named otherwise
   */
  private boolean renameNewest(String groupUuid, String userUuid, Names names) {
    for (Message message : conversations.messages(groupUuid)) {
      if (message.sender().uuid().equalsIgnoreCase(userUuid)) {
        User named = names.of(message.sender());
        return !named.equals(message.sender())
            && conversations.store().rewriteMessage(message, message.from(named));
      }
    }
    return false;
  }

  private void rename(
      Message message, String userUuid, Names names, AtomicLong changed, AtomicLong unchanged) {
    if (!message.sender().uuid().equalsIgnoreCase(userUuid)) {
      return;
    }
    User named = names.of(message.sender());
    if (named.equals(message.sender())) {
      unchanged.incrementAndGet();
    } else if (conversations.store().rewriteMessage(message, message.from(named))) {
      changed.incrementAndGet();
    }
  }

  private void requireFree(String userUuid, String handle) {
    if (handle == null) {
      return;
    }
    Stream.concat(
            Stream.of(handle),
            users.handles().stream().filter(other -> TextSearch.areSame(other, handle)))
        .flatMap(other -> users.find(other).stream())
        .filter(user -> !user.uuid().equalsIgnoreCase(userUuid))
        .findFirst()
        .ifPresent(
            user -> {
              throw new InvalidInputException(
                  "the handle '" + handle + "' is taken by user " + user.uuid(),
                  "Choose another one.");
            });
  }
}
