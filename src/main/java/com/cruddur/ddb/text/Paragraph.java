package com.cruddur.ddb.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prose broken into lines. */
public final class Paragraph {
  /** Below it a column of words is harder to read than lines that the terminal breaks. */
  private static final int NARROWEST = 20;

  /** A command line in single quotes, which is copied whole, or a word. */
  private static final Pattern WORD = Pattern.compile("'(?:aws|ddb) [^']*'\\S*|\\S+");

  private Paragraph() {}

  /**
   * Lines of at most {@code width} characters. A word that is longer has a line of its own, and so
   * has a command line in quotes.
   *
   * @param width characters; below 20 nothing is broken
   */
  public static List<String> wrap(String text, int width) {
    if (width < NARROWEST) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      if (!line.isEmpty() && line.length() + 1 + words.group().length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(words.group());
    }
    lines.add(line.toString());
    return lines;
  }
}
