package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The opaque text that names where a page ended: the last key, bound to its partition. */
final class PageToken {
  private PageToken() {}

  /** The token of a last evaluated key; null when there is none. */
  static String of(Map<String, AttributeValue> lastKey) {
    if (lastKey == null || lastKey.isEmpty()) {
      return null;
    }
    String text = Items.text(lastKey, Keys.PK) + "\n" + Items.text(lastKey, Keys.SK);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
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
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int newline = text.indexOf('\n');
      if (newline > 0 && newline < text.length() - 1 && text.substring(0, newline).equals(pk)) {
        return Keys.key(pk, text.substring(newline + 1));
      }
    } catch (IllegalArgumentException e) {
      // Not base64: the same answer as for another partition's token.
    }
    throw new InvalidInputException(
        "the token is not one of this list",
        "Use the next_token that the same command printed, unchanged.");
  }
}
