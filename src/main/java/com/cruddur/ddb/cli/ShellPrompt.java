package com.cruddur.ddb.cli;

import java.util.Map;

/** The prompt of {@code ddb shell}. */
final class ShellPrompt {
  private ShellPrompt() {}

  static int run(Session session, Map<String, String> defaults) {
    throw CommandException.usage(
        "there is no prompt yet", "Name a script, or pipe one: 'ddb shell FILE'.");
  }
}
