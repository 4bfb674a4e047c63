package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens; the last one is always {@link Kind#END}. */
final class Lexer {

  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.next();
      tokens.add(token);
    } while (token.kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Kind.END, "<EOF>", at, at);
    }
    int start = at;
    char c = text.charAt(at++);
    if (c == '#' || c == ':') {
      skipWord();
      return token(c == '#' ? Kind.NAME : Kind.VALUE, start);
    }
    if (isDigit(c)) {
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      return token(Kind.NUMBER, start);
    }
    if (isWordPart(c) && c != '_') {
      skipWord();
      return token(Kind.WORD, start);
    }
    boolean pair =
        at < text.length()
            && (c == '<' && "=>".indexOf(text.charAt(at)) >= 0
                || c == '>' && text.charAt(at) == '=');
    at += pair ? 1 : 0;
    return token("=<>(),.[]+-".indexOf(c) >= 0 ? Kind.SIGN : Kind.UNKNOWN, start);
  }

  private void skipWord() {
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
  }

  private Token token(Kind kind, int start) {
    return new Token(kind, text.substring(start, at), start, at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_';
  }
}
