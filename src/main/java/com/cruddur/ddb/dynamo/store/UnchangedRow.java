package com.cruddur.ddb.dynamo.store;

import com.cruddur.ddb.chat.ConversationRow;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The condition that a row is still its conversation's, and that what others added to it is as it
 * was read, perhaps from the index: a value that they changed since would be lost with the row.
 *
 * @param condition an expression of at most 300 operators, so of a hundred attributes at most
 * @param names its names; null for none
 * @param values its values
 */
record UnchangedRow(
    String condition, Map<String, String> names, Map<String, AttributeValue> values) {
  /** A condition on its own, with the values of {@link #group}. */
  static final String STILL_OURS = "message_group_uuid = :group";

  private static final int MOST_COMPARED = 100;

  static UnchangedRow of(ConversationRow row) {
    StringBuilder condition = new StringBuilder(STILL_OURS);
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>(group(row));
    stillNames(row.other().displayName(), "user_display_name", ":name", condition, values);
    stillNames(row.other().handle(), "user_handle", ":handle", condition, values);
    row.extra().entrySet().stream()
        .limit(MOST_COMPARED)
        .forEach(
            extra -> {
              int number = names.size();
              condition.append(" AND #x").append(number).append(" = :x").append(number);
              names.put("#x" + number, extra.getKey());
              values.put(":x" + number, (AttributeValue) extra.getValue());
            });
    return new UnchangedRow(condition.toString(), names.isEmpty() ? null : names, values);
  }

  /** A name that was given since the row was read would be lost, too. */
  private static void stillNames(
      String name,
      String attribute,
      String placeholder,
      StringBuilder condition,
      Map<String, AttributeValue> values) {
    if (!name.isEmpty()) {
      condition.append(" AND ").append(attribute).append(" = ").append(placeholder);
      values.put(placeholder, AttributeValue.fromS(name));
    }
  }

  static Map<String, AttributeValue> group(ConversationRow row) {
    return Map.of(":group", AttributeValue.fromS(row.groupUuid()));
  }
}
