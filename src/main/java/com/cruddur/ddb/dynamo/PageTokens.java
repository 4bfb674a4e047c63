package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.MessageQuery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The opaque texts that name where the pages of one list end: the last key, bound to its table,
 * partition and order, before a checksum: a token that was cut short, or is another list's, would
 * silently skip entries. The partition comes first, so that no token begins with {@code -} and
 * looks like an option.
 *
 * @param table its name
 * @param forward whether sort keys grow from page to page
 */
public record PageTokens(String table, String pk, boolean forward) {
  private static final int CHECK_BYTES = 4;
  private static final int PARTS = 4;
  private static final String CURE = "Use the next_token that the same command printed, unchanged.";

  /** Those of a conversation's messages. */
  public static PageTokens of(String table, MessageQuery query) {
    return new PageTokens(table, Keys.messages(query.groupUuid()), query.oldestFirst());
  }

  /** Those of a user's conversations. */
  public static PageTokens of(String table, ConversationQuery query) {
    return new PageTokens(table, Keys.conversations(query.userUuid()), false);
  }

  /** The token of the last key of a page. */
  public String after(String sk) {
    // MSG#5ae290ed-55d1-47a0-bc6d-fe2bc2700399 \n < \n cruddur-messages \n 2026-03-19T23:59:59…
    String text = String.join("\n", pk, order(), table, sk);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer checked =
        ByteBuffer.allocate(bytes.length + CHECK_BYTES).put(bytes).putInt(check(bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(checked.array());
  }

  /**
   * The key to go on after; null for no token.
   *
   * @throws InvalidInputException when the token is damaged or belongs to another list
   */
  public Map<String, AttributeValue> startKey(String token) {
    return token == null ? null : Keys.key(pk, place(token));
  }

  /** The sort key that a token of this list holds. */
  private String place(String token) {
    String[] parts = decode(token).split("\n", PARTS);
    if (parts.length < PARTS || parts[PARTS - 1].isEmpty()) {
      throw refused("is damaged or not one of ddb's");
    } else if (!parts[2].equals(table)) {
      throw refused("is one of table " + parts[2] + ", not of " + table);
    } else if (!parts[0].equals(pk)) {
      throw refused("is one of another list");
    } else if (!parts[1].equals(order())) {
      throw refused("is one of the same list " + (forward ? "newest" : "oldest") + " first");
    }
    return parts[PARTS - 1];
  }

  private String order() {
    return forward ? "<" : ">";
  }

  private static InvalidInputException refused(String why) {
    return new InvalidInputException("the token " + why, CURE);
  }

  /** Whether a page from a token can have these sort keys, in whatever order, and this token. */
  public boolean fits(String from, List<String> keys, String next) {
    Comparator<String> order =
        forward ? Comparator.naturalOrder() : Comparator.<String>naturalOrder().reversed();
    Optional<String> last = keys.stream().max(order);
    boolean behind =
        from == null
            || placeIn(from)
                .map(start -> keys.stream().allMatch(key -> order.compare(key, start) > 0))
                .orElse(false);
    return behind
        && keys.stream().distinct().count() == keys.size()
        && (next == null || (last.isPresent() && placeIn(next).equals(last)));
  }

  private Optional<String> placeIn(String token) {
    try {
      return Optional.of(place(token));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** The text of a token; empty when it is damaged. */
  private static String decode(String token) {
    try {
      ByteBuffer checked = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      if (checked.remaining() > CHECK_BYTES) {
        byte[] bytes = new byte[checked.remaining() - CHECK_BYTES];
        checked.get(bytes);
        return checked.getInt() == check(bytes) ? new String(bytes, StandardCharsets.UTF_8) : "";
      }
    } catch (IllegalArgumentException e) {
      // Not base64: damaged all the same.
    }
    return "";
  }

  private static int check(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return (int) sum.getValue();
  }
}
