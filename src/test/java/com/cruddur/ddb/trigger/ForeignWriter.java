package com.cruddur.ddb.trigger;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntPredicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * A program that knows nothing of rows and writes its messages' keys as its language and its zone
 * happen to: with an offset, with {@code Z}, with none, with or without a fraction. Its clock is
 * coarse, so that many messages want one moment.
 */
final class ForeignWriter {
  private static final List<String> OFFSETS =
      List.of("+00:00", "+02:00", "-05:00", "+05:30", "+14:00", "-12:00", "+09:00");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
  private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private final HammeredTable table;
  private final Random random;
  private final int number;
  private final List<Map<String, AttributeValue>> written = new ArrayList<>();

  ForeignWriter(HammeredTable table, long seed, int number) {
    this.table = table;
    this.random = new Random(seed);
    this.number = number;
  }

  /**
   * Writes messages, edits some and deletes some.
   *
   * @param goesOn asked with the number of messages before each
   * @return how many it wrote
   */
  int write(IntPredicate goesOn) {
    int messages = 0;
    for (int i = 0; goesOn.test(i); i++) {
      String text = "message " + i + " of writer " + number;
      patiently(() -> put(text));
      if (!written.isEmpty() && random.nextInt(4) == 0) {
        Map<String, AttributeValue> one = any();
        patiently(() -> edit(one, text + ", edited"));
      }
      if (!written.isEmpty() && random.nextInt(4) == 0) {
        Map<String, AttributeValue> one = any();
        if (HammeredTable.mayShrink(one.get("pk").s())) {
          patiently(() -> delete(one));
        }
      }
      TableHammer.pause(random.nextInt(30));
      messages++;
    }
    return messages;
  }

  /** One of the last few. */
  private Map<String, AttributeValue> any() {
    return written.get(written.size() - 1 - random.nextInt(Math.min(3, written.size())));
  }

  private String key(Instant at) {
    int form = random.nextInt(OFFSETS.size() + 3);
    LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    if (form == OFFSETS.size()) {
      return MICROS.format(utc);
    } else if (form == OFFSETS.size() + 1) {
      return ISO.format(utc);
    } else if (form == OFFSETS.size() + 2) {
      return MICROS.format(utc) + "Z";
    }
    OffsetDateTime zoned = at.atOffset(ZoneOffset.of(OFFSETS.get(form)));
    return MICROS.format(zoned) + OFFSETS.get(form);
  }

  private void put(String text) {
    int with = 1 + random.nextInt(HammeredTable.CONVERSATIONS);
    int sender = random.nextBoolean() ? 0 : with;
    Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Map<String, String> texts = new HashMap<>();
    texts.put("pk", "MSG#" + HammeredTable.group(with));
    texts.put("sk", key(at.minusMillis(random.nextInt(3))));
    texts.put("message_uuid", UUID.randomUUID().toString());
    texts.put("message", text);
    texts.put("user_uuid", HammeredTable.user(sender));
    texts.put("user_display_name", "User " + sender);
    texts.put("user_handle", "user" + sender);
    Map<String, AttributeValue> item = HammeredTable.item(texts);
    table
        .client()
        .putItem(
            r ->
                r.tableName(table.name())
                    .item(item)
                    .conditionExpression("attribute_not_exists(pk)"));
    written.add(item);
  }

  private void edit(Map<String, AttributeValue> item, String text) {
    table
        .client()
        .updateItem(
            r ->
                r.tableName(table.name())
                    .key(key(item))
                    .updateExpression("SET message = :text")
                    .conditionExpression("attribute_exists(pk)")
                    .expressionAttributeValues(Map.of(":text", AttributeValue.fromS(text))));
  }

  private void delete(Map<String, AttributeValue> item) {
    table.client().deleteItem(r -> r.tableName(table.name()).key(key(item)));
    written.remove(item);
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Map.of("pk", item.get("pk"), "sk", item.get("sk"));
  }

  /** A key that is taken, or an item that a repair has moved, is let be. */
  private static void patiently(Runnable write) {
    while (true) {
      try {
        write.run();
        return;
      } catch (ConditionalCheckFailedException e) {
        return;
      } catch (TransactionConflictException e) {
        TableHammer.pause(5);
      } catch (DynamoDbException e) {
        if (!e.isThrottlingException()) {
          throw e;
        }
        TableHammer.pause(50);
      }
    }
  }
}
