package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.User;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Maps items to the domain's records and back. Reading is lenient (an attribute that is missing or
 * no string reads as empty), since other programs write to the table too.
 */
public final class Items {
  private static final String MESSAGE_UUID = "message_uuid";
  private static final String TEXT = "message";
  private static final String USER_UUID = "user_uuid";
  private static final String DISPLAY_NAME = "user_display_name";
  private static final String HANDLE = "user_handle";

  /** All attributes of the data model, in the order in which items are shown. */
  public static final List<String> ATTRIBUTES =
      List.of(Keys.PK, Keys.SK, Keys.GROUP, MESSAGE_UUID, TEXT, USER_UUID, DISPLAY_NAME, HANDLE);

  public static final Set<String> ROW_ATTRIBUTES =
      Set.of(Keys.PK, Keys.SK, Keys.GROUP, TEXT, USER_UUID, DISPLAY_NAME, HANDLE);

  private Items() {}

  public static Message message(Map<String, AttributeValue> item) {
    return new Message(
        Keys.uuid(text(item, Keys.PK)),
        text(item, Keys.SK),
        text(item, MESSAGE_UUID),
        text(item, TEXT),
        user(item));
  }

  public static ConversationRow row(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> extra = new HashMap<>(item);
    // Known attributes of another type read as empty, and must not be written so.
    extra.entrySet().removeIf(e -> ROW_ATTRIBUTES.contains(e.getKey()) && e.getValue().s() != null);
    return new ConversationRow(
        Keys.uuid(text(item, Keys.PK)),
        text(item, Keys.GROUP),
        text(item, Keys.SK),
        text(item, TEXT),
        user(item),
        extra);
  }

  public static Map<String, AttributeValue> item(Message message) {
    return item(message, AttributeValue::fromS);
  }

  /**
   * The same for one of many messages.
   *
   * @param shared makes a value of what many of them have: their conversation and sender
   */
  public static Map<String, AttributeValue> item(
      Message message, Function<String, AttributeValue> shared) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put(Keys.PK, shared.apply(Keys.messages(message.groupUuid())));
    put(item, Keys.SK, message.createdAt());
    put(item, MESSAGE_UUID, message.uuid());
    put(item, TEXT, message.text());
    putUser(item, message.sender(), shared);
    return item;
  }

  public static Map<String, AttributeValue> item(ConversationRow row) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    put(item, Keys.PK, Keys.conversations(row.ownerUuid()));
    put(item, Keys.SK, row.lastMessageAt());
    put(item, Keys.GROUP, row.groupUuid());
    put(item, TEXT, row.message());
    putUser(item, row.other(), AttributeValue::fromS);
    row.extra().forEach((name, value) -> keep(item, name, (AttributeValue) value));
    return item;
  }

  /** A known attribute of another type stays until ddb has a value for it. */
  private static void keep(Map<String, AttributeValue> item, String name, AttributeValue value) {
    AttributeValue known = item.get(name);
    if (known == null || known.s().isEmpty()) {
      item.put(name, value);
    }
  }

  /** The known attributes of a message or a row that are of another type than a string. */
  public static List<String> oddTypes(Map<String, AttributeValue> item) {
    return Stream.concat(ROW_ATTRIBUTES.stream(), Stream.of(MESSAGE_UUID))
        .filter(name -> item.containsKey(name) && item.get(name).s() == null)
        .sorted()
        .toList();
  }

  /** A string attribute; empty when it is missing or of another type. */
  public static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }

  /** The attributes that name a sender or the other participant. */
  public static Map<String, AttributeValue> user(User user) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    putUser(attributes, user, AttributeValue::fromS);
    return attributes;
  }

  /** The attributes of a message that say something else than before, or of another sender. */
  public static Map<String, AttributeValue> changes(Message from, Message to) {
    Map<String, AttributeValue> changes = changes(item(from), item(to));
    changes.keySet().removeAll(List.of(Keys.PK, Keys.SK, MESSAGE_UUID));
    return changes;
  }

  /** The attributes that name a user in another way than before. */
  public static Map<String, AttributeValue> changes(User from, User to) {
    return changes(user(from), user(to));
  }

  /**
   * What differs, and nothing else: what others changed since it was read stays then, and so does
   * an attribute of another type, which reads as empty.
   */
  private static Map<String, AttributeValue> changes(
      Map<String, AttributeValue> from, Map<String, AttributeValue> to) {
    Map<String, AttributeValue> changes = new LinkedHashMap<>(to);
    changes.entrySet().removeAll(from.entrySet());
    return changes;
  }

  private static User user(Map<String, AttributeValue> item) {
    return new User(text(item, USER_UUID), text(item, DISPLAY_NAME), text(item, HANDLE));
  }

  private static void putUser(
      Map<String, AttributeValue> item, User user, Function<String, AttributeValue> value) {
    item.put(USER_UUID, value.apply(user.uuid()));
    item.put(DISPLAY_NAME, value.apply(user.displayName()));
    item.put(HANDLE, value.apply(user.handle()));
  }

  private static void put(Map<String, AttributeValue> item, String name, String value) {
    item.put(name, AttributeValue.fromS(value));
  }
}
