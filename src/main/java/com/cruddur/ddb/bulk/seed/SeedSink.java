package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters;
import java.util.List;

/** What a reader hands its records to, as they stand in the input; any text may be null. */
interface SeedSink {

  void user(Place at, String uuid, String displayName, String handle);

  /**
   * A conversation's uuid: in lower case, unless it was first given in capitals and the table holds
   * it so and not in lower case; what is no uuid, null included, as it is.
   */
  String conversationUuid(String given);

  /**
   * A conversation; its messages name it by what this returns.
   *
   * @param participants handles or uuids; null when they are missing
   */
  ConversationState conversation(Place at, String groupUuid, List<String> participants);

  /** Whether each of these handles or uuids is a user known so far. */
  boolean knows(List<String> participants);

  /** The conversation of a record read earlier, or of the table's; null when there is none. */
  ConversationState find(String groupUuid);

  /**
   * A message.
   *
   * @param conversation null when it is unknown
   */
  void message(Place at, ConversationState conversation, RawMessage message);

  /** No more messages follow, so that the conversation's rows can be settled. */
  void end(ConversationState conversation);

  /**
   * The line that is handed over next, of an input that is read by lines.
   *
   * @param bytes the length of the input, unzipped, to the end of it
   */
  void at(long line, long bytes);

  /**
   * Fields of the record that is handed over next, which are not loaded.
   *
   * @param reason names them
   */
  void fields(Place at, String reason);

  /** A record that cannot be read. */
  void unreadable(Place at, RecordCounters.Kind kind, String reason);

  /** The fields of a message. */
  record RawMessage(String groupUuid, String from, String text, String createdAt, String uuid) {}
}
