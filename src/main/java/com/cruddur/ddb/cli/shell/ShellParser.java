package com.cruddur.ddb.cli.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Lets JLine's editor see lines as {@link ShellWords} splits them. */
final class ShellParser implements Parser {

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && ShellWords.of(line).isOpen()) {
      // The editor asks for another line.
      throw new EOFError(-1, cursor, "the line is not complete");
    }
    ShellWords words = ShellWords.of(line.substring(0, cursor));
    return new Line(line, cursor, words.unfinished(), cursor - words.wordStart());
  }

  /** What stands before the cursor. */
  private record Line(String line, int cursor, List<String> words, int rawWordCursor)
      implements CompletingParsedLine {
    @Override
    public String word() {
      return words.get(wordIndex());
    }

    @Override
    public int wordCursor() {
      return word().length();
    }

    @Override
    public int wordIndex() {
      return words.size() - 1;
    }

    @Override
    public int rawWordLength() {
      return rawWordCursor;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      String quoted = ShellWords.quoted(candidate.toString());
      boolean open = !complete && quoted.startsWith("'");
      return open ? quoted.substring(0, quoted.length() - 1) : quoted;
    }
  }
}
