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
   * @throws InvalidInputException when it shows nothing, is too long, or holds a character that is
   *     not seen or turns the direction of others
   */
  public static String displayName(String text) {
    return require("the display name", text.strip(), LONGEST_NAME);
  }

  /**
   * A handle, without a leading {@code @}.
   *
   * @throws InvalidInputException as {@link #displayName}; also when it is a uuid or a forgotten
   *     user's, or holds white space or {@code @}
   */
  public static String handle(String text) {
    String handle = require("the handle", UserDirectory.withoutAt(text.strip()), LONGEST_HANDLE);
    if (handle.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
      throw new InvalidInputException("the handle holds a space", "Use a handle without spaces.");
    }
    if (handle.contains("@")) {
      throw new InvalidInputException("the handle holds an @", "Use a handle without it.");
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
    text.codePoints()
        .filter(c -> isUnusable(c) || (longest == LONGEST_HANDLE && isJoiner(c)))
        .findFirst()
        .ifPresent(
            c -> {
              throw new InvalidInputException(
                  "%s holds %s character, U+%04X"
                      .formatted(what, Character.isISOControl(c) ? "a control" : "an invisible", c),
                  "Use characters that can be printed.");
            });
    if (text.codePoints().noneMatch(UserNames::isSeen)) {
      throw new InvalidInputException(
          what + " shows nothing", "Use at least one letter, digit or symbol.");
    }
    return text;
  }

  /** Joiners, which scripts and emojis need, and tags of flags are none of them. */
  private static boolean isUnusable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> !isJoiner(c);
      default -> c == 0xFFFD || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    };
  }

  private static boolean isJoiner(int c) {
    return c == 0x200C || c == 0x200D || (c >= 0xE0020 && c <= 0xE007F);
  }

  /** Marks show nothing by themselves, and fillers are letters by name only. */
  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      default -> !(c == 0x3164 || c == 0xFFA0 || c == 0x115F || c == 0x1160 || c == 0x2800);
    };
  }
}
