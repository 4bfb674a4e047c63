package com.cruddur.ddb.dynamo.check;

import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A sound conversation whose items a drift changes. */
final class DriftPlace {
  static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  static final String T1 = "2026-03-19T10:00:01.000000+00:00";
  static final String KEPT = "x_kept";

  final MessageTable table = MessageTable.withoutStream();
  final User user;
  final User other;

  DriftPlace(User user, User other) {
    this.user = user;
    this.other = other;
    table.start(GROUP, user, other, T0, "hello");
    table.put(GROUP, other, T1, "hi");
    table.reconciler().reconcile(GROUP);
    table.start(OTHER_GROUP, other, LONDO, "2026-03-19T09:00:00.000000+00:00", "elsewhere");
  }

  Map<String, AttributeValue> item(String pk, String sk, String... namesAndValues) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", s(pk));
    item.put("sk", s(sk));
    item.put(KEPT, s("of " + pk + " " + sk));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put(namesAndValues[i], s(namesAndValues[i + 1]));
    }
    return item;
  }

  Map<String, AttributeValue> row(String sk, String text) {
    return item(
        "GRP#" + user.uuid(),
        sk,
        "message_group_uuid",
        GROUP,
        "message",
        text,
        "user_uuid",
        other.uuid(),
        "user_display_name",
        other.displayName(),
        "user_handle",
        other.handle());
  }

  Map<String, AttributeValue> message(String sk, String text) {
    return item(
        "MSG#" + GROUP,
        sk,
        "message_uuid",
        "5ae290ed-55d1-47a0-bc6d-fe2bc2700001",
        "message",
        text,
        "user_uuid",
        user.uuid(),
        "user_display_name",
        user.displayName(),
        "user_handle",
        user.handle());
  }

  void delete() {
    delete("GRP#" + user.uuid(), T1);
  }

  void delete(String pk, String sk) {
    MessageTable.ownClient()
        .deleteItem(r -> r.tableName(table.name()).key(Map.of("pk", s(pk), "sk", s(sk))));
  }

  void put(Map<String, AttributeValue> item) {
    MessageTable.ownClient().putItem(r -> r.tableName(table.name()).item(item));
  }

  /** The user's row is replaced by another one. */
  void replace(Map<String, AttributeValue> row) {
    delete();
    put(row);
  }

  /** The user's row, with an attribute changed; null takes it away. */
  void change(String name, AttributeValue value) {
    Map<String, AttributeValue> row = row(T1, "hi");
    row.put(name, value);
    row.values().removeIf(v -> v == null);
    put(row);
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    item.put(name, value);
    return item;
  }
}
