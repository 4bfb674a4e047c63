package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CommandException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Text that Java could not read: in a locale that is not installed, or whose charset is another
 * than the text's, it puts U+FFFD in the place of each byte. What is stored must be what was typed.
 */
final class UnreadText {
  private static final char REPLACEMENT = '\uFFFD';
  private static final Pattern OURS = Pattern.compile("(DDB|MOMENTO|AWS|XDG)_.*");

  private UnreadText() {}

  /** Refuses arguments that hold it. */
  static void refuse(String... args) {
    for (String argument : args) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        throw unread("the argument '" + argument + "'");
      }
    }
  }

  /** Refuses variables that hold it, of those that ddb reads. */
  static void refuse(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (value.indexOf(REPLACEMENT) >= 0 && OURS.matcher(name).matches()) {
            throw unread("the variable " + name);
          }
        });
  }

  private static CommandException unread(String what) {
    return CommandException.usage(
        what + " holds characters that cannot be read (U+FFFD)",
        "Type it as UTF-8, and start ddb by bin/ddb or with LC_ALL naming an installed UTF-8"
            + " locale, such as C.UTF-8.");
  }
}
