package com.cruddur.ddb.chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;

/** What counts as found in a text. */
public final class TextSearch {
  private TextSearch() {}

  /**
   * Finds a text within others: composed and decomposed forms are the same, and so are capitals and
   * small letters by Unicode's rules ({@code ß} and {@code SS} too), unless the match is exact.
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

  private static String folded(String text) {
    if (isSmallAscii(text)) {
      return text;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    // A sigma at the end of a word has a form of its own.
    return Normalizer.normalize(folded, Normalizer.Form.NFC).replace('ς', 'σ');
  }

  private static boolean isSmallAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
