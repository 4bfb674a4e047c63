package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A message text on the command line: itself, or {@code -} for standard input. */
final class TextArgument {
  /** Far above what a message of 1,024 code points takes, so that a huge paste is refused early. */
  private static final int MOST_BYTES = 1 << 20;

  private TextArgument() {}

  static String read(String argument, InputStream in) {
    if (!argument.equals("-")) {
      return argument;
    }
    try {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw CommandException.usage(
            "the message on standard input is over 1 MB",
            "A message has at most 1,024 characters.");
      }
      return Utf8.decode(bytes);
    } catch (Utf8.NotUtf8Exception e) {
      throw CommandException.usage("standard input " + e.what(), e.hint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
