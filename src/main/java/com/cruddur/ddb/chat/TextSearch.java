package com.cruddur.ddb.chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;

/** What counts as found in a text. */
public final class TextSearch {
  private TextSearch() {}

  /**
   * Finds a text within others: composed and decomposed forms are the same, and so are capitals and
   * small letters by Unicode's rules ({@code ß} and {@code SS} too, and all four Turkish i's),
   * unless the match is exact.
   *
   * @throws InvalidInputException when the text is blank
   */
  public static Predicate<String> of(String text, boolean exact) {
    if (text.isBlank()) {
      throw new InvalidInputException("TEXT is empty", "Give what to look for.");
    }
    if (exact) {
      return within -> within.contains(text);
    }
    String folded = folded(text);
    return within -> folded(within).contains(folded);
  }

  /** Whether two texts differ in capitals and in the form of their characters alone. */
  static boolean areSame(String one, String other) {
    return folded(one).equals(folded(other));
  }

  private static String folded(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    // A sigma at the end of a word has a form of its own; the Turkish capital i keeps its dot.
    return Normalizer.normalize(folded, Normalizer.Form.NFC)
        .replace('ς', 'σ')
        .replace("i\u0307", "i");
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
