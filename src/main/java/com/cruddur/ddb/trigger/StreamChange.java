package com.cruddur.ddb.trigger;

import com.cruddur.ddb.dynamo.Keys;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * What matters of one stream record.
 *
 * @param eventName {@code INSERT}, {@code MODIFY}, {@code REMOVE}, or one that came later
 * @param pk the partition key; empty when the record has none
 * @param sk the sort key; empty when the record has none
 * @param sequenceNumber the record's place in its shard
 * @param at when the change was made, as the stream says (to the second); null when it does not
 */
public record StreamChange(
    String eventName, String pk, String sk, String sequenceNumber, Instant at) {
  public StreamChange {
    eventName = orEmpty(eventName);
    pk = orEmpty(pk);
    sk = orEmpty(sk);
    sequenceNumber = orEmpty(sequenceNumber);
  }

  /** One of which the stream does not say when it was made. */
  public StreamChange(String eventName, String pk, String sk, String sequenceNumber) {
    this(eventName, pk, sk, sequenceNumber, null);
  }

  public static StreamChange of(Record record) {
    Map<String, AttributeValue> keys = record.dynamodb().keys();
    return new StreamChange(
        record.eventNameAsString(),
        text(keys.get(Keys.PK)),
        text(keys.get(Keys.SK)),
        record.dynamodb().sequenceNumber(),
        record.dynamodb().approximateCreationDateTime());
  }

  /** Whether a message was deleted: all that makes a row go back. */
  public boolean isDeletion() {
    return isOfConversation() && eventName.equals("REMOVE");
  }

  /** Whether a message was put or changed. */
  public boolean isMessage() {
    return isOfConversation() && (eventName.equals("INSERT") || eventName.equals("MODIFY"));
  }

  /** A bare {@code MSG#} names no conversation that could have rows; {@code check} tells of it. */
  private boolean isOfConversation() {
    return Keys.isMessage(pk) && !groupUuid().isEmpty();
  }

  /** The message's conversation; empty when the key names none. */
  public String groupUuid() {
    return Keys.uuid(pk);
  }

  private static String text(AttributeValue value) {
    return value == null ? null : value.s();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
