package com.cruddur.ddb.cli;

import java.util.Map;

/** The prompt of {@code ddb shell}. */
final class ShellPrompt {
  private ShellPrompt() {}

  static int run(Session session, Map<String, String> defaults) {
    return 0;
  }
}
