package com.cruddur.ddb.engine.partiql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into tokens. */
final class PartiqlLexer {

  enum Kind {
    /** A keyword, function or bare name. */
    WORD,
    /** A name in double quotes. */
    QUOTED,
    /** A text in single quotes. */
    TEXT,
    NUMBER,
    SIGN,
    END
  }

  /**
   * @param start where it stands in the statement
   * @param length how many characters it has there
   */
  record Token(Kind kind, String text, int start, int length) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isKeyword(String keyword) {
      return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }
  }

  private static final String SIGNS = "=<>!(),.[]{}*?:+-;";
  private static final List<String> PAIRS = List.of("<>", "<=", ">=", "!=", "<<", ">>");

  private final String text;
  private int at;

  private PartiqlLexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    PartiqlLexer lexer = new PartiqlLexer(text);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (tokens.get(tokens.size() - 1).kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    skipBlanks();
    int start = at;
    if (at == text.length()) {
      return token(Kind.END, "", start);
    }
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      return token(c == '"' ? Kind.QUOTED : Kind.TEXT, quoted(c), start);
    }
    boolean digit = Character.isDigit(c) || c == '.' && isFraction();
    if (digit || Character.isLetter(c) || c == '_' || c == '$') {
      return digit ? token(Kind.NUMBER, number(), start) : token(Kind.WORD, word(), start);
    }
    String pair = text.substring(at, Math.min(at + 2, text.length()));
    if (SIGNS.indexOf(c) < 0) {
      throw PartiqlParser.malformed("");
    }
    String sign = PAIRS.contains(pair) ? pair : pair.substring(0, 1);
    at += sign.length();
    return token(Kind.SIGN, sign, start);
  }

  private Token token(Kind kind, String content, int start) {
    return new Token(kind, content, start, at - start);
  }

  /**
   * Skips white space and comments, {@code -- to the end of the line} and between slashes and
   * stars.
   */
  private void skipBlanks() {
    while (at < text.length()) {
      if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw PartiqlParser.malformed("");
        }
        at = end + 2;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  /** Whether the point here begins a number, not a step of a path. */
  private boolean isFraction() {
    boolean afterName =
        at > 0
            && (Character.isLetterOrDigit(text.charAt(at - 1))
                || "_$\"]".indexOf(text.charAt(at - 1)) >= 0);
    return !afterName && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
  }

  /** A quote within quotes is written twice. */
  private String quoted(char quote) {
    StringBuilder content = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != quote) {
        content.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        content.append(quote);
        at++;
      } else {
        return content.toString();
      }
    }
    throw PartiqlParser.malformed("");
  }

  private String number() {
    int start = at;
    while (at < text.length() && isNumberPart(at)) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean isNumberPart(int i) {
    char c = text.charAt(i);
    boolean afterExponent = i > 0 && Character.toLowerCase(text.charAt(i - 1)) == 'e';
    return Character.isDigit(c)
        || c == '.'
        || Character.toLowerCase(c) == 'e'
        || afterExponent && (c == '-' || c == '+');
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_$".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }
}
