package com.cruddur.ddb.dynamo.check;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * Something about the table that is not as the data model says.
 *
 * @param kind what is wrong
 * @param groupUuid the conversation; empty when the item names none
 * @param userUuid whose row it is; empty when it is no row
 * @param key the sort key of the item in question; empty when the item is missing
 * @param detail one line for a person, without message texts
 * @param action what a repair does about it; null when it can do nothing
 */
public record Finding(
    Kind kind, String groupUuid, String userUuid, String key, String detail, String action)
    implements Serializable {

  private static final Set<Kind> NOTES =
      EnumSet.of(Kind.NO_OFFSET, Kind.FUTURE, Kind.AHEAD, Kind.SAME_MICROSECOND, Kind.STRANGER);

  private static final Set<Kind> OF_KEYS =
      EnumSet.of(
          Kind.TIMESTAMP,
          Kind.DUPLICATE,
          Kind.WRONG_TYPE,
          Kind.DOUBLED_UUID,
          Kind.CAPITALS,
          Kind.UNKNOWN_ITEM);

  /** What can be wrong, in the order in which it is repaired. */
  public enum Kind {
    /** A sort key that does not sort as its time does, or is no time. */
    TIMESTAMP,
    /** A row that names somebody else than the other participant. */
    WRONG_PARTICIPANT,
    /** A participant has no row. */
    MISSING,
    /** A participant has a second row of the conversation. */
    DUPLICATE,
    /** A row that is older than the newest message. */
    STALE,
    /** A row at the newest message, with another text. */
    WRONG_TEXT,
    /** A row of a conversation that has no message. */
    ORPHANED,
    /** A row that gives the other participant no name, or another one than everything else does. */
    WRONG_NAME,
    /** A known attribute of another type than a string. */
    WRONG_TYPE,
    /** A message whose uuid another one of the conversation has. */
    DOUBLED_UUID,
    /** A key with capitals in its uuid: ddb writes and looks for lower case. */
    CAPITALS,
    /** An item that is neither a message nor a conversation row. */
    UNKNOWN_ITEM,
    /** Legal: a sender who takes no part, as a program's notices have; or whose row was lost. */
    STRANGER,
    /** Legal: keys without an offset, taken as UTC; whose program may have meant local time. */
    NO_OFFSET,
    /** Legal: the newest message is of the future, and keeps its conversation on top until then. */
    FUTURE,
    /** Legal: a row is ahead of the newest message, as other programs' seeds write them. */
    AHEAD,
    /** Legal: two conversations of one user at one microsecond, told apart by more digits. */
    SAME_MICROSECOND
  }

  /** Whether it is worth knowing, but nothing to repair. */
  public boolean note() {
    return NOTES.contains(kind);
  }

  /** Whether it is of one item that conversation and user do not tell from others. */
  public boolean isOfKey() {
    return OF_KEYS.contains(kind) && !key.isEmpty();
  }

  /** Whether a repair can do it. */
  public boolean repairable() {
    return action != null;
  }

  /** Whether the other finding is about the same thing, perhaps after its key has changed. */
  boolean isStill(Finding other) {
    return kind == other.kind
        && groupUuid.equals(other.groupUuid)
        && userUuid.equals(other.userUuid);
  }
}
