package com.cruddur.ddb.dynamo;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How the table's keys are spelled, and what an item is by its partition key. */
public final class Keys {
  /** The partition key's attribute. */
  public static final String PK = "pk";

  /** The sort key's attribute, of the table and of the index. */
  public static final String SK = "sk";

  /** The index's partition key; only conversation rows have it. */
  public static final String GROUP = "message_group_uuid";

  private static final String MESSAGE = "MSG#";
  private static final String CONVERSATION = "GRP#";

  /** DynamoDB's own bound on a partition key; other programs may have written longer names. */
  private static final int MOST_BYTES = 2048;

  private Keys() {}

  /** Whether anything can stand under a partition key. */
  public static boolean fits(String pk) {
    return pk.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  /** The partition of a conversation's messages. */
  public static String messages(String groupUuid) {
    return MESSAGE + groupUuid;
  }

  /** The partition of a user's conversation rows. */
  public static String conversations(String userUuid) {
    return CONVERSATION + userUuid;
  }

  public static boolean isMessage(String pk) {
    return pk.startsWith(MESSAGE);
  }

  public static boolean isConversationRow(String pk) {
    return pk.startsWith(CONVERSATION);
  }

  /** The uuid in a partition key: of the conversation, or of the row's owner. */
  public static String uuid(String pk) {
    return pk.substring(pk.indexOf('#') + 1);
  }

  /** The key of an item, or of what has one among other attributes. */
  public static Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    return Map.of(PK, item.get(PK), SK, item.get(SK));
  }

  public static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
  }
}
