package com.cruddur.ddb.cli;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.Uuids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items: some as ddb writes them, others with a part that is missing, odd or of another
 * type.
 */
final class FuzzedItems {
  private static final List<String> ATTRIBUTES =
      List.of("message_uuid", "message", "user_uuid", "user_display_name", "user_handle");
  private static final int MOST_TEXT = 1_900;

  private final Random random;
  private final List<String> groups =
      IntStream.range(0, 4).mapToObj(i -> Uuids.derived("fuzz", "" + i)).toList();
  private final List<String> users =
      Stream.of(MessageTable.ANDREW, MessageTable.BAYKO, MessageTable.LONDO)
          .map(user -> user.uuid())
          .toList();

  FuzzedItems(Random random) {
    this.random = random;
  }

  List<String> groups() {
    return groups;
  }

  /** So many tries, by key. */
  Map<String, Map<String, AttributeValue>> next(int count) {
    Map<String, Map<String, AttributeValue>> items = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> item = item();
      items.put(item.get("pk").s() + "\n" + item.get("sk").s(), item);
    }
    return items;
  }

  private Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    String pk =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> "MSG#" + pick(groups);
          case 3, 4, 5 -> "GRP#" + pick(users);
          case 6 -> pick(List.of("MSG#", "GRP#")) + odd();
          default -> odd();
        };
    item.put("pk", AttributeValue.fromS(cut(pk, 300)));
    item.put("sk", AttributeValue.fromS(cut(time(), 200)));
    if (pk.startsWith("GRP#") && random.nextInt(8) > 0) {
      // A key of the index: another type than text is refused.
      item.put(
          "message_group_uuid",
          AttributeValue.fromS(random.nextInt(6) > 0 ? pick(groups) : cut(odd(), 300)));
    }
    for (String attribute : ATTRIBUTES) {
      switch (random.nextInt(8)) {
        case 0 -> {}
        case 1 -> item.put(attribute, value(2));
        case 2 -> item.put(attribute, AttributeValue.fromS(odd()));
        default ->
            item.put(
                attribute,
                AttributeValue.fromS(attribute.endsWith("uuid") ? pick(users) : "plain"));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      item.putIfAbsent(cut(odd(), 60), value(3));
    }
    if (random.nextInt(500) == 0) {
      item.put("huge", AttributeValue.fromS(odd().repeat(20) + "\u202e".repeat(50_000)));
    }
    return item;
  }

  private String time() {
    String at =
        "202%d-%02d-%02dT%02d:00:00"
            .formatted(
                random.nextInt(7),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24));
    return switch (random.nextInt(10)) {
      case 0 -> odd();
      case 1 -> at;
      case 2 -> at + "Z";
      case 3 -> at + ".1+05:30";
      case 4 ->
          pick(List.of("9999-99-99T99:99:99", "-1", "+999999999-12-31T23:59:59Z", "0000-00-00"));
      default -> at + ".%06d+00:00".formatted(random.nextInt(1_000_000));
    };
  }

  private AttributeValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 7)) {
      case 0 ->
          AttributeValue.fromN(
              pick(List.of("0", "-0.1", "9".repeat(38), "1E+125", "-1E-130", "9007199254740993")));
      case 1 -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, 27, 91, -1, 10}));
      case 2 -> AttributeValue.fromBool(random.nextBoolean());
      case 3 -> AttributeValue.fromNul(true);
      case 4 -> AttributeValue.fromSs(List.of("a", "\u001b]0;title\u0007", "\u202e"));
      case 5 -> AttributeValue.fromNs(List.of("1", "2.50", "1E+20"));
      case 6 -> AttributeValue.fromS(odd());
      case 7 -> AttributeValue.fromL(List.of(value(depth - 1), value(depth - 1)));
      case 8 -> AttributeValue.fromM(Map.of(odd(), value(depth - 1)));
      default -> AttributeValue.fromM(Map.of());
    };
  }

  /** Never empty, and without the halves of pairs, which no encoding of a request has. */
  private String odd() {
    String text =
        OddText.of(random)
            .codePoints()
            .filter(c -> c < 0xd800 || c > 0xdfff)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return text.isEmpty() ? "\u001b[2J\u0007" : cut(text, MOST_TEXT);
  }

  private static String cut(String text, int most) {
    int end = Math.min(text.length(), most);
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
