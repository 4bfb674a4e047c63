package com.cruddur.ddb.chat;

/** The rule for the text of a message: 1 to 1,024 code points after trimming, well-formed. */
public final class MessageText {
  /** The greatest length, in code points. */
  public static final int LIMIT = 1024;

  private MessageText() {}

  /**
   * The text trimmed of Unicode white space at both ends.
   *
   * @throws InvalidInputException when it is blank, too long or has half of a surrogate pair
   */
  public static String of(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      throw new InvalidInputException(
          "the message is empty", "Give 1 to 1,024 characters of text.");
    }
    int length = trimmed.codePointCount(0, trimmed.length());
    if (length > LIMIT) {
      throw new InvalidInputException(
          "the message has " + length + " characters, the limit is 1,024",
          "Shorten it, or send it in parts.");
    }
    if (hasLoneSurrogate(trimmed)) {
      throw new InvalidInputException(
          "the message holds half of a surrogate pair", "Send well-formed Unicode text.");
    }
    return trimmed;
  }

  /** Whether a text has half of a surrogate pair, which no encoding can write. */
  public static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
