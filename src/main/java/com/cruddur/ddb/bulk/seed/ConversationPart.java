package com.cruddur.ddb.bulk.seed;

import java.util.Comparator;
import java.util.List;

/** What one round holds of a conversation that is not refused, while it is written. */
final class ConversationPart {
  final ConversationState load;

  /** What stands where the messages want to go, as far as it is known. */
  final ExistingMessages standing;

  /** In order of time. */
  private final List<ValidMessage> messages;

  private List<ValidMessage> left;

  ConversationPart(ConversationState load, List<ValidMessage> messages, ExistingMessages standing) {
    this.load = load;
    this.messages = messages;
    this.left = messages;
    this.standing = standing;
  }

  /** In order of time, as they usually are. */
  static List<ValidMessage> sorted(List<ValidMessage> drafts) {
    for (int i = 1; i < drafts.size(); i++) {
      if (drafts.get(i - 1).micros() > drafts.get(i).micros()) {
        return drafts.stream().sorted(Comparator.comparingLong(ValidMessage::micros)).toList();
      }
    }
    return drafts;
  }

  /** The messages that the rows' transaction has not stored. */
  List<ValidMessage> left() {
    return left;
  }

  /** The message that is to be stored with the rows of a new conversation. */
  ValidMessage first() {
    return messages.get(firstAt());
  }

  /** It is stored. */
  void started() {
    int first = firstAt();
    load.topFrom = messages.get(0).micros();
    left = first == 0 ? messages.subList(1, messages.size()) : messages.subList(0, first);
  }

  /**
   * The last one, so that the rows need not move, unless another one may have to give way to its
   * microsecond, or is of the same uuid.
   */
  private int firstAt() {
    int last = messages.size() - 1;
    ValidMessage newest = messages.get(last);
    boolean apart = last > 0 && newest.micros() - messages.get(last - 1).micros() > messages.size();
    String uuid = newest.message().uuid();
    return apart && messages.stream().filter(m -> m.message().uuid().equals(uuid)).count() == 1
        ? last
        : 0;
  }
}
