package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemsTest {
  private static final User USER = new User("u", "User 😀", "user");

  @Test
  void aMessageIsTheItemOfTheDataModelAndBack() {
    Message message = new Message("g", "2026-03-19T23:59:59.000000+00:00", "m", "text", USER);

    Map<String, AttributeValue> item = Items.item(message);

    assertThat(item)
        .containsOnlyKeys(
            "pk", "sk", "message_uuid", "message", "user_uuid", "user_display_name", "user_handle")
        .containsEntry("pk", AttributeValue.fromS("MSG#g"));
    assertThat(Items.message(item)).isEqualTo(message);
  }

  @Test
  void aRowWithAttributesOfOthersIsTheSameItemAfterReadingAndWriting() {
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {0, -1});
    Map<String, AttributeValue> item =
        new HashMap<>(Items.item(new ConversationRow("o", "g", "zzz", "text", USER, Map.of())));
    assertThat(item)
        .containsOnlyKeys(
            "pk",
            "sk",
            "message_group_uuid",
            "message",
            "user_uuid",
            "user_display_name",
            "user_handle");
    item.put("message_uuid", AttributeValue.fromS("extra in a row"));
    item.put("n", AttributeValue.fromN("9007199254740993"));
    item.put("b", AttributeValue.fromB(bytes));
    item.put("bool", AttributeValue.fromBool(true));
    item.put("null", AttributeValue.fromNul(true));
    item.put("ss", AttributeValue.fromSs(List.of("a", "b")));
    item.put("ns", AttributeValue.fromNs(List.of("1", "2")));
    item.put("bs", AttributeValue.fromBs(List.of(bytes)));
    item.put("l", AttributeValue.fromL(List.of()));
    item.put("m", AttributeValue.fromM(Map.of("in", AttributeValue.fromL(List.of()))));

    assertThat(Items.item(Items.row(item))).isEqualTo(item);
  }

  @Test
  void attributesThatAreMissingOrNoStringReadAsEmpty() {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS("GRP#o"),
            "sk", AttributeValue.fromS("x"),
            "message", AttributeValue.fromN("5"));

    ConversationRow row = Items.row(item);

    // What is no string is kept as others' attributes are.
    Map<String, ?> kept = Map.of("message", AttributeValue.fromN("5"));
    assertThat(row).isEqualTo(new ConversationRow("o", "", "x", "", new User("", "", ""), kept));
    assertThat(Items.item(row)).containsAllEntriesOf(item);
    assertThat(Items.message(item).text()).isEmpty();
  }

  @Test
  void plainItemsHaveTheirKeysFirstAndKeepEveryDigit() {
    Map<String, Object> plain =
        PlainItem.of(
            Map.of(
                "a", AttributeValue.fromN("12345678901234567890.12345678901234567"),
                "sk", AttributeValue.fromS("s"),
                "pk", AttributeValue.fromS("p"),
                "z", AttributeValue.fromNul(true)));

    assertThat(plain.keySet()).containsExactly("pk", "sk", "a", "z");
    assertThat(plain.get("a")).hasToString("12345678901234567890.12345678901234567");
    assertThat(plain.get("z")).isNull();
  }
}
