package com.cruddur.ddb.chat;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A conversation's newest message by moment: of the one that sorts last and those that the caller
 * knows of. A key with another offset sorts up to 18 hours away from its moment: without the second
 * look one of the future would hide every later message, and one of the past would move nothing.
 */
final class NewestMessage {
  private final ConversationStore store;
  private final String groupUuid;
  private final List<String> candidates;
  private final boolean afterDeletion;

  NewestMessage(ConversationStore store, String groupUuid, Hints hints) {
    this.store = store;
    this.groupUuid = groupUuid;
    this.candidates =
        hints.keys().stream()
            .filter(key -> !Timestamps.microseconds(key).equals(Instant.MIN))
            .sorted(
                Comparator.comparing(Timestamps::microseconds)
                    .thenComparing(Comparator.naturalOrder())
                    .reversed())
            .toList();
    this.afterDeletion = !hints.deleted().isEmpty();
  }

  /** Reads it, strongly consistent; empty when there is no message whose time can be read. */
  Optional<Message> read() {
    Optional<Message> last =
        afterDeletion ? store.newestByMoment(groupUuid) : store.newestMessage(groupUuid);
    for (String key : candidates) {
      if (last.isPresent() && !Timestamps.microseconds(key).isAfter(last.get().instant())) {
        return last;
      }
      // It may have been deleted since the caller saw it.
      Optional<Message> there = store.message(groupUuid, key);
      if (there.isPresent()) {
        return there;
      }
    }
    return last;
  }
}
