package com.cruddur.ddb.cli.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Text split as a POSIX shell splits it: {@code '} and {@code "} quote, {@code \} escapes, a word
 * that begins with # begins a comment, and a line's end ends a command. Nothing is expanded.
 */
final class ShellWords {
  private static final String ESCAPED_IN_QUOTES = "$`\"\\\n";

  private final String text;
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> command = new ArrayList<>();
  private StringBuilder word;
  private int wordStart;
  private boolean open;

  private ShellWords(String text) {
    this.text = text;
    this.wordStart = text.length();
  }

  static ShellWords of(String text) {
    ShellWords words = new ShellWords(text);
    words.split();
    return words;
  }

  /** The words of each command; a line that holds none adds nothing. */
  List<List<String>> commands() {
    return commands;
  }

  /** Whether a quote is not closed, or the last line's end is escaped. */
  boolean isOpen() {
    return open;
  }

  /** The words of the last command up to the text's end, the last one being typed: maybe empty. */
  List<String> unfinished() {
    return command;
  }

  /** Where the word that is being typed begins in the text. */
  int wordStart() {
    return wordStart;
  }

  /** The word as one would type it. */
  static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private void split() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = quote(i, c);
      } else if (c == '\\') {
        i = escape(i);
      } else if (c == '#' && word == null) {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end;
      } else {
        plain(i, c);
        i++;
      }
    }
    List<String> last = new ArrayList<>(command);
    last.add(word == null ? "" : word.toString());
    endCommand();
    command = last;
  }

  private void plain(int i, char c) {
    if (c == '\n') {
      endCommand();
    } else if (c == ' ' || c == '\t' || c == '\r') {
      endWord();
    } else {
      begin(i).append(c);
    }
  }

  /** Takes what is between quotes; returns where the text goes on. */
  private int quote(int start, char quote) {
    begin(start);
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escapes = c == '\\' && quote == '"' && i + 1 < text.length();
      if (c == quote) {
        return i + 1;
      } else if (escapes && ESCAPED_IN_QUOTES.indexOf(text.charAt(i + 1)) >= 0) {
        i++;
        if (text.charAt(i) != '\n') {
          word.append(text.charAt(i));
        }
      } else {
        word.append(c);
      }
    }
    open = true;
    return text.length();
  }

  private int escape(int i) {
    if (i + 1 == text.length()) {
      begin(i);
      open = true;
    } else if (text.charAt(i + 1) != '\n') {
      begin(i).append(text.charAt(i + 1));
    }
    return i + 2;
  }

  private StringBuilder begin(int i) {
    if (word == null) {
      word = new StringBuilder();
      wordStart = i;
    }
    return word;
  }

  private void endWord() {
    if (word != null) {
      command.add(word.toString());
      word = null;
    }
    wordStart = text.length();
  }

  private void endCommand() {
    boolean typing = word != null;
    int start = wordStart;
    endWord();
    wordStart = typing ? start : text.length();
    if (!command.isEmpty()) {
      commands.add(command);
      command = new ArrayList<>();
    }
  }
}
