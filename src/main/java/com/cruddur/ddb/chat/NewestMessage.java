package com.cruddur.ddb.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A conversation's newest message by moment: of the one that sorts last and those that the caller
 * knows of; of two of one moment the one that sorts last. A key with another offset sorts up to 18
 * hours away from its moment: without the second look one of the future would hide every later
 * message, and one of the past would move nothing.
 */
final class NewestMessage {
  private final ConversationStore store;
  private final String groupUuid;
  private final List<String> candidates;
  private final Set<Instant> deleted;
  private boolean last;

  NewestMessage(ConversationStore store, String groupUuid, Hints hints) {
    this.store = store;
    this.groupUuid = groupUuid;
    this.deleted = new HashSet<>(hints.deleted());
    this.candidates =
        new ArrayList<>(
            hints.keys().stream()
                .filter(key -> !Timestamps.microseconds(key).equals(Instant.MIN))
                .sorted(
                    Comparator.comparing(Timestamps::microseconds)
                        .thenComparing(Comparator.naturalOrder())
                        .reversed())
                .toList());
  }

  /** Reads it, strongly consistent; empty when there is no message whose time can be read. */
  Optional<Message> read() {
    Optional<Message> sortsLast = sortsLast();
    while (!candidates.isEmpty() && isLater(candidates.get(0), sortsLast)) {
      Optional<Message> there = store.message(groupUuid, candidates.get(0));
      if (there.isPresent()) {
        last = false;
        return there;
      }
      // Whoever deleted it since the caller saw it may have ended before the rows went back.
      deleted.add(Timestamps.microseconds(candidates.remove(0)));
      sortsLast = sortsLast();
    }
    return sortsLast;
  }

  private Optional<Message> sortsLast() {
    last = true;
    return deleted.isEmpty() ? store.newestMessage(groupUuid) : store.newestByMoment(groupUuid);
  }

  private static boolean isLater(String key, Optional<Message> message) {
    return message.map(m -> Timestamps.microseconds(key).isAfter(m.instant())).orElse(true);
  }

  /**
   * Reads it once more before a row gets its text: it may have been edited since, and the row too.
   * Another one of the same moment, which the caller need not know of, counts if it sorts last.
   */
  Message again(Message newest) {
    return (last ? store.message(groupUuid, newest.createdAt()) : store.newestByMoment(groupUuid))
        .orElse(newest);
  }

  /** Whether a message is gone from where it stood; strongly consistent. */
  boolean isGone(Message message) {
    return store.message(groupUuid, message.createdAt()).isEmpty();
  }

  /** Moments of messages that are gone: only a row that stands at one of them may go back. */
  Set<Instant> deleted() {
    return deleted;
  }
}
