package com.cruddur.ddb.cli;

import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.TABLE;

import com.cruddur.ddb.cli.bulk.BulkCatalogue;
import com.cruddur.ddb.cli.cache.CacheCatalogue;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.conversation.ConversationCatalogue;
import com.cruddur.ddb.cli.doctor.DoctorCommand;
import com.cruddur.ddb.cli.local.LocalCatalogue;
import com.cruddur.ddb.cli.people.PeopleCatalogue;
import com.cruddur.ddb.cli.shell.ShellCommand;
import com.cruddur.ddb.cli.table.TableCatalogue;
import com.cruddur.ddb.cli.trigger.TriggerCatalogue;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every command of ddb, in the order of the help: the one list that all read who have to know the
 * commands, such as the parser, the launcher, the training of the start-up archives and the tests.
 * Each package of commands lists its own.
 */
public final class Catalogue {
  private static final List<CommandEntry> GROUPS_AND_COMMANDS =
      Stream.of(
              BulkCatalogue.SETUP,
              TableCatalogue.TABLES,
              BulkCatalogue.COPIES,
              ConversationCatalogue.CHAT,
              PeopleCatalogue.ALL,
              ConversationCatalogue.TAIL,
              TableCatalogue.TRUTH,
              TriggerCatalogue.ALL,
              List.of(CommandEntry.of("policy", PolicyCommand.class)),
              CacheCatalogue.ALL,
              LocalCatalogue.ALL,
              List.of(
                  CommandEntry.of("doctor", DoctorCommand.class, TABLE, CACHE),
                  CommandEntry.of("shell", ShellCommand.class, TABLE, CACHE),
                  CommandEntry.of("help", HelpCommand.class),
                  CommandEntry.of("generate-completion", GenerateCompletionCommand.class)))
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** The commands that run, such as {@code scan} and {@code cache get}. */
  public static List<CommandEntry> commands() {
    return GROUPS_AND_COMMANDS.stream().filter(e -> members(e.name()).isEmpty()).toList();
  }

  /** The command of a name, or the commands of the group that has it. */
  static Stream<CommandEntry> named(String name) {
    return GROUPS_AND_COMMANDS.stream()
        .filter(e -> e.name().equals(name) ? members(name).isEmpty() : e.group().equals(name));
  }

  /** The commands of a group; those and the groups that stand in none for the empty name. */
  static List<CommandEntry> members(String group) {
    return GROUPS_AND_COMMANDS.stream().filter(e -> e.group().equals(group)).toList();
  }

  /** The first words of the commands that may speak to a cache; the launcher gets them. */
  public static List<String> cachingWords() {
    return GROUPS_AND_COMMANDS.stream()
        .filter(e -> e.traits().contains(CACHE))
        .map(e -> e.group().isEmpty() ? e.name() : e.group())
        .distinct()
        .toList();
  }
}
