package com.cruddur.ddb.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** Text made safe for a terminal, and measured in its cells. */
public final class VisibleText {
  private static final Pattern GRAPHEME = Pattern.compile("\\X");
  private static final char EMOJI_STYLE = '\ufe0f';
  private static final char JOINER = '\u200d';
  private static final char ELLIPSIS = '…';

  /** A family of four, each with a skin tone. */
  private static final int LONGEST_EMOJI = 19;

  /** UTF-16 units for a cell, with as many accents as are meant to be read. */
  private static final int LONGEST_PER_CELL = 16;

  private VisibleText() {}

  /**
   * The text with everything a terminal would obey spelled out: {@code \n}, {@code \r}, {@code \t},
   * and four hex digits for other control characters, bidirectional controls, line separators and
   * lone surrogates. A backslash is doubled where it could be taken for the start of such an
   * escape, so two texts never look the same.
   */
  public static String of(String s) {
    int start = 0;
    while (start < s.length() && !isSpecial(s, start)) {
      start++;
    }
    if (start == s.length()) {
      return s;
    }
    StringBuilder visible = new StringBuilder(s.length() + 16).append(s, 0, start);
    for (int i = start; i < s.length(); i++) {
      append(visible, s, i);
    }
    return visible.toString();
  }

  /** The terminal cells that text from {@link #of} takes where joined characters are joined. */
  public static int width(String s) {
    return width(s, VisibleText::graphemeWidth);
  }

  /** The most cells that it takes: some terminals draw every character of a joined one. */
  static int mostWidth(String s) {
    return width(s, VisibleText::mostGraphemeWidth);
  }

  private static int width(String s, ToIntFunction<String> measure) {
    if (isAscii(s)) {
      return s.length();
    }
    int width = 0;
    Matcher graphemes = GRAPHEME.matcher(s);
    while (graphemes.find()) {
      width += measure.applyAsInt(graphemes.group());
    }
    return width;
  }

  /**
   * The text from {@link #of} cut to so many cells, the cut shown as … and never inside a
   * character, unless that is made of more code points than any that is meant to be read.
   */
  public static String fit(String s, int columns) {
    return fit(s, columns, VisibleText::graphemeWidth);
  }

  /** As {@link #fit}, by {@link #mostWidth}. */
  static String fitMost(String s, int columns) {
    return fit(s, columns, VisibleText::mostGraphemeWidth);
  }

  /** The text over lines of so many cells at most, broken at blanks where there are any. */
  static List<String> wrap(String s, int columns) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    int width = 0;
    int blank = -1;
    Matcher graphemes = GRAPHEME.matcher(s);
    while (graphemes.find()) {
      width += mostGraphemeWidth(graphemes.group());
      if (width > columns && graphemes.start() > start) {
        int end = blank > start ? blank : graphemes.start();
        lines.add(s.substring(start, end));
        start = blank > start ? blank + 1 : end;
        blank = -1;
        width = mostWidth(s.substring(start, graphemes.end()));
      }
      if (graphemes.group().equals(" ")) {
        blank = graphemes.start();
      }
    }
    lines.add(s.substring(start));
    return lines;
  }

  private static String fit(String s, int columns, ToIntFunction<String> measure) {
    int longest = Math.max(0, columns) * LONGEST_PER_CELL;
    if (s.length() <= longest && width(s, measure) <= columns) {
      return s;
    }
    if (columns <= 0) {
      return "";
    }
    int width = 0;
    int end = 0;
    Matcher graphemes = GRAPHEME.matcher(s);
    while (graphemes.find() && graphemes.end() <= longest) {
      width += measure.applyAsInt(graphemes.group());
      if (width > columns - 1) {
        break;
      }
      end = graphemes.end();
    }
    return s.substring(0, end) + ELLIPSIS;
  }

  /**
   * Whether a terminal obeys this character, or JSON readers stumble over it, although it may stand
   * in a text.
   */
  static boolean isObeyed(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  /**
   * Whether the character at this place is half of a surrogate pair whose other half is missing.
   */
  static boolean isLoneSurrogate(CharSequence s, int i) {
    char c = s.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == s.length() || !Character.isLowSurrogate(s.charAt(i + 1));
    }
    return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(s.charAt(i - 1)));
  }

  /** The six characters that spell one character in hex, as JSON and Java do. */
  static String hex(char c) {
    return String.format("\\u%04x", (int) c);
  }

  private static boolean isSpecial(String s, int i) {
    char c = s.charAt(i);
    return c < 0x7f ? c < ' ' || c == '\\' : isObeyed(c) || isLoneSurrogate(s, i);
  }

  private static void append(StringBuilder visible, String s, int i) {
    char c = s.charAt(i);
    if (c == '\\') {
      visible.append(startsEscape(s, i + 1) ? "\\\\" : "\\");
    } else if (!isObeyed(c) && !isLoneSurrogate(s, i)) {
      visible.append(c);
    } else {
      visible.append(
          switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> hex(c);
          });
    }
  }

  private static boolean startsEscape(String s, int next) {
    return next < s.length() && ("nrtu".indexOf(s.charAt(next)) >= 0 || isSpecial(s, next));
  }

  /**
   * The library knows code points; a terminal draws a joined emoji or a flag in two cells. Whatever
   * else is one character by the rules, such as a row of Hangul consonants, is as wide as its code
   * points.
   */
  private static int graphemeWidth(String grapheme) {
    int width = mostGraphemeWidth(grapheme);
    boolean emoji =
        width > 2
            && grapheme.length() <= LONGEST_EMOJI
            && grapheme.codePoints().anyMatch(VisibleText::joins);
    return emoji ? 2 : width;
  }

  private static int mostGraphemeWidth(String grapheme) {
    int width = 0;
    for (int i = 0; i < grapheme.length(); i += Character.charCount(grapheme.codePointAt(i))) {
      width += Math.max(0, WCWidth.wcwidth(grapheme.codePointAt(i)));
    }
    return width < 2 && grapheme.indexOf(EMOJI_STYLE) > 0 ? 2 : width;
  }

  /** What makes one emoji of several code points: a joiner, a style, a skin tone, half a flag. */
  private static boolean joins(int codePoint) {
    return codePoint == JOINER
        || codePoint == EMOJI_STYLE
        || (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff)
        || (codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff);
  }

  private static boolean isAscii(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
