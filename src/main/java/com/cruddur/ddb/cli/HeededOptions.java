package com.cruddur.ddb.cli;

import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.TABLE;
import static com.cruddur.ddb.cli.context.Trait.USERS;
import static com.cruddur.ddb.cli.context.Trait.WRITES;

import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Trait;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Which global options mean something to a command: its help and its manual page list these. Every
 * command takes all of them, so that a line may be made of one command or another.
 */
final class HeededOptions {
  /** They print a text of their own, and no records. */
  private static final Set<String> TEXTS =
      Set.of("trigger template", "policy", "help", "generate-completion");

  /** They print times as columns of a table. */
  private static final Set<String> WITH_TIMES =
      Set.of("list-conversations", "get-conversation", "tail", "list-users", "find", "export-user");

  /** What they write is here, whatever they read. */
  private static final Set<String> NOT_TO_PRODUCTION = Set.of("setup", "export", "pull");

  private HeededOptions() {}

  /** Whether the help of a command lists an option of its own, or a global one that it heeds. */
  static boolean lists(CommandSpec command, OptionSpec option) {
    if (option.hidden()) {
      return false;
    }
    String name = command.qualifiedName(" ").replaceFirst("^ddb ?", "");
    return !option.inherited()
        || name.isEmpty()
        || Catalogue.named(name).anyMatch(entry -> heeds(entry, option.longestName()));
  }

  /** Whether a command heeds a global option; a shell does for its lines. */
  static boolean heeds(CommandEntry entry, String option) {
    Set<Trait> traits = entry.traits();
    boolean table = traits.contains(TABLE);
    boolean pages = traits.contains(CACHE) && traits.contains(USERS);
    boolean policy = entry.name().equals("policy");
    boolean aws = table || traits.contains(CACHE) || policy;
    return entry.name().equals("shell") && !option.equals("--explain")
        || switch (option) {
          case "--prod", "--profile" -> aws && !entry.name().equals("setup");
          case "--endpoint-url" -> aws;
          case "--region" -> table || pages || policy;
          case "--table" -> table && !entry.name().equals("list-tables") || pages || policy;
          case "--timeout" -> table;
          case "--explain" -> Explainable.class.isAssignableFrom(entry.type());
          // The doctor asks with clients of its own.
          case "--show-capacity" -> table && !entry.name().equals("doctor");
          case "--allow-clock-skew" ->
              table && traits.contains(WRITES) && !NOT_TO_PRODUCTION.contains(entry.name());
          case "--times" -> WITH_TIMES.contains(entry.name());
          case "--raw-csv" -> !TEXTS.contains(entry.name());
          case "--no-pager" -> !TEXTS.contains(entry.name()) || entry.name().equals("help");
          default -> true;
        };
  }
}
