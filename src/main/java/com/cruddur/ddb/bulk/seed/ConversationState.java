package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.batch.PendingPuts;
import java.util.List;

/**
 * A conversation while it is loaded. Rounds take turns at it; only the refusal is read meanwhile.
 */
final class ConversationState {
  final String groupUuid;

  /** Where its record stands; null when only messages name it. */
  final Place record;

  final List<User> participants;

  /** Why it is not loaded; null when it is. */
  private volatile String refusal;

  /** Whether its record is counted, or it has none to count. */
  boolean counted;

  /** Whether its end was told; more of it may still come in the same round. */
  boolean ended;

  /** The round in which it was met first. */
  int round;

  /** The puts of its last round; null when it has none. */
  PendingPuts puts;

  /** Whether what the table holds of it was looked up. */
  boolean begun;

  /** Whether it has rows or messages in the table. */
  boolean standing;

  /** Whether its rows or its first message were written by this run. */
  volatile boolean changed;

  /**
   * What this run has written from a moment on, above all that the table held: many messages of one
   * moment, as chats with whole seconds have, need not be read again for each that comes.
   */
  ExistingMessages top;

  /** That moment, in microseconds since 1970. */
  long topFrom;

  /** The greatest sort key that its partition holds; null when it holds none. */
  String lastKey;

  /** The message of the greatest sort key that this run wrote; null when it wrote none. */
  Message newest;

  /** The sort key at which this run made both rows; null when it did not, or moved them since. */
  String rowsAt;

  ConversationState(String groupUuid, Place record, List<User> participants) {
    this.groupUuid = groupUuid;
    this.record = record;
    this.participants = List.copyOf(participants);
  }

  /** The greatest sort key that this run wrote; null when it wrote none. */
  String newestKey() {
    return newest == null ? null : newest.createdAt();
  }

  static ConversationState refused(String groupUuid, Place record, String refusal) {
    ConversationState load = new ConversationState(groupUuid, record, List.of());
    load.refuse(refusal);
    load.counted = true;
    return load;
  }

  void refuse(String why) {
    refusal = why;
  }

  String refusal() {
    return refusal;
  }

  /** For its messages: why they are not loaded. */
  String refusalOfMessages() {
    String line = record == null ? "" : " (line " + record.line() + ")";
    return "its conversation" + line + " was rejected: " + refusal;
  }

  /** The participant with a uuid or handle; null when there is none. */
  User participant(String reference) {
    String name = Uuids.normalized(UserDirectory.withoutAt(reference));
    for (User user : participants) {
      if (user.uuid().equalsIgnoreCase(name) || user.handle().equals(name)) {
        return user;
      }
    }
    return null;
  }

  boolean isParticipant(String userUuid) {
    for (User user : participants) {
      if (user.uuid().equalsIgnoreCase(userUuid)) {
        return true;
      }
    }
    return false;
  }
}
