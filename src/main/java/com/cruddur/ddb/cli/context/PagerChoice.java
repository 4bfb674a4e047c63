package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.output.Pager;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.util.HashMap;
import java.util.Map;

/** Whether long output on a terminal goes through a pager, and which: the rules of git. */
final class PagerChoice {
  /** Silent where there is none. */
  private static final String LESS = "command -v less >/dev/null 2>&1 || exit 127; exec less";

  private PagerChoice() {}

  /**
   * A Writer to close after the output; null when it goes to {@code out} as it is. DDB_PAGER wins
   * over PAGER, and {@code cat} or nothing means none.
   */
  static Writer open(Writer out, CliEnvironment cliEnvironment) {
    Map<String, String> environment = cliEnvironment.environment();
    String named = environment.getOrDefault("DDB_PAGER", environment.get("PAGER"));
    CliEnvironment.Terminal terminal = cliEnvironment.terminal();
    boolean none = named != null && (named.isBlank() || named.strip().equals("cat"));
    if (none || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return null;
    }
    Map<String, String> settings = new HashMap<>(environment);
    settings.putIfAbsent("LESS", "FRX");
    settings.putIfAbsent("LV", "-c");
    return new Pager(
        out,
        new Pager.Settings(
            named == null ? LESS : named,
            terminal.rows(),
            terminal.columns(),
            settings,
            Redirect.INHERIT));
  }
}
