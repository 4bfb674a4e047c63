package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.InvalidInputException;
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
 * The opaque text that names where a page ended: the last key, bound to its partition, before a
 * checksum: a token that was cut short would silently skip entries. The key comes first, so that no
 * token begins with {@code -} and looks like an option.
 */
public final class PageToken {
  private static final int CHECK_BYTES = 4;

  private PageToken() {}

  /** The token of a last evaluated key; null when there is none. */
  public static String of(Map<String, AttributeValue> lastKey) {
    if (lastKey == null || lastKey.isEmpty()) {
      return null;
    }
    String text = Items.text(lastKey, Keys.PK) + "\n" + Items.text(lastKey, Keys.SK);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer checked =
        ByteBuffer.allocate(bytes.length + CHECK_BYTES).put(bytes).putInt(check(bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(checked.array());
  }

  /**
   * The key to go on after; null for no token.
   *
   * @throws InvalidInputException when the token is damaged or belongs to another partition
   */
  static Map<String, AttributeValue> startKey(String token, String pk) {
    if (token == null) {
      return null;
    }
    String prefix = pk + "\n";
    String text = decode(token);
    if (text.startsWith(prefix) && text.length() > prefix.length()) {
      return Keys.key(pk, text.substring(prefix.length()));
    }
    throw new InvalidInputException(
        "the token is not one of this list",
        "Use the next_token that the same command printed, unchanged.");
  }

  /**
   * The order of a partition's pages.
   *
   * @param forward whether sort keys grow from page to page
   */
  public record Order(String pk, boolean forward) {
    /** Whether a page from a token can have these sort keys, in whatever order, and this token. */
    public boolean fits(String from, List<String> keys, String next) {
      Comparator<String> order =
          forward ? Comparator.naturalOrder() : Comparator.<String>naturalOrder().reversed();
      Optional<String> last = keys.stream().max(order);
      boolean behind =
          from == null
              || place(from)
                  .map(start -> keys.stream().allMatch(key -> order.compare(key, start) > 0))
                  .orElse(false);
      return behind
          && keys.stream().distinct().count() == keys.size()
          && (next == null || (last.isPresent() && place(next).equals(last)));
    }

    /** The sort key that a token of this partition holds. */
    private Optional<String> place(String token) {
      try {
        return Optional.of(startKey(token, pk).get(Keys.SK).s());
      } catch (InvalidInputException e) {
        return Optional.empty();
      }
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
