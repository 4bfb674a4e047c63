package com.cruddur.ddb.chat;

/** The rule for the names that ddb writes for a user. */
public final class UserNames {
  /** The greatest length of a display name, in code points. */
  public static final int LONGEST_NAME = 128;

  /** The greatest length of a handle, in code points. */
  public static final int LONGEST_HANDLE = 64;

  private UserNames() {}

  /**
   * A display name, trimmed.
   *
   * @throws InvalidInputException when it is blank, too long, or holds a control character
   */
  public static String displayName(String text) {
    return require("the display name", text.strip(), LONGEST_NAME);
  }

  /**
   * A handle, without a leading {@code @}.
   *
   * @throws InvalidInputException when it is blank, too long, a uuid or a forgotten user's, or
   *     holds white space or a control character
   */
  public static String handle(String text) {
    String handle = require("the handle", UserDirectory.withoutAt(text.strip()), LONGEST_HANDLE);
    if (handle.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
      throw new InvalidInputException("the handle holds a blank", "Use a name without blanks.");
    }
    if (handle.matches("(?i)" + UserErasure.HANDLE + "[0-9a-f]{12}")) {
      throw new InvalidInputException(
          "the handle '" + handle + "' is of a kind that forgotten users get",
          "Choose another one.");
    }
    if (Uuids.isUuid(handle)) {
      throw new InvalidInputException("the handle is a uuid", "A handle is a name such as bayko.");
    }
    return handle;
  }

  private static String require(String what, String text, int longest) {
    int length = text.codePointCount(0, text.length());
    if (length == 0 || length > longest) {
      throw new InvalidInputException(
          what + " has " + length + " characters", "It has 1 to " + longest + " characters.");
    }
    if (text.codePoints().anyMatch(UserNames::isUnusable)) {
      throw new InvalidInputException(
          what + " holds a control character", "Use characters that can be printed.");
    }
    return text;
  }

  private static boolean isUnusable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || c == 0xFFFD
        // Marks that turn the direction of what follows.
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
