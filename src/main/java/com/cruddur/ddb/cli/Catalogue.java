package com.cruddur.ddb.cli;

import static com.cruddur.ddb.cli.Catalogue.Trait.BULK;
import static com.cruddur.ddb.cli.Catalogue.Trait.CACHE;
import static com.cruddur.ddb.cli.Catalogue.Trait.TABLE;
import static com.cruddur.ddb.cli.Catalogue.Trait.WRITES;

import com.cruddur.ddb.cli.bulk.DiffCommand;
import com.cruddur.ddb.cli.bulk.ExportCommand;
import com.cruddur.ddb.cli.bulk.ImportCommand;
import com.cruddur.ddb.cli.bulk.PullCommand;
import com.cruddur.ddb.cli.bulk.SeedCommand;
import com.cruddur.ddb.cli.bulk.SetupCommand;
import com.cruddur.ddb.cli.cache.CacheCheckCommand;
import com.cruddur.ddb.cli.cache.CacheCommand;
import com.cruddur.ddb.cli.cache.CacheCreateCommand;
import com.cruddur.ddb.cli.cache.CacheDeleteCommand;
import com.cruddur.ddb.cli.cache.CacheEvictCommand;
import com.cruddur.ddb.cli.cache.CacheFlushCommand;
import com.cruddur.ddb.cli.cache.CacheGetCommand;
import com.cruddur.ddb.cli.cache.CacheIncrementCommand;
import com.cruddur.ddb.cli.cache.CacheListCommand;
import com.cruddur.ddb.cli.cache.CacheSetCommand;
import com.cruddur.ddb.cli.cache.CacheTokenCommand;
import com.cruddur.ddb.cli.cache.CacheTtlCommand;
import com.cruddur.ddb.cli.conversation.DeleteConversationCommand;
import com.cruddur.ddb.cli.conversation.DeleteMessageCommand;
import com.cruddur.ddb.cli.conversation.GetConversationCommand;
import com.cruddur.ddb.cli.conversation.ListConversationsCommand;
import com.cruddur.ddb.cli.conversation.RedactMessageCommand;
import com.cruddur.ddb.cli.conversation.SendMessageCommand;
import com.cruddur.ddb.cli.conversation.StartConversationCommand;
import com.cruddur.ddb.cli.conversation.TailCommand;
import com.cruddur.ddb.cli.doctor.DoctorCommand;
import com.cruddur.ddb.cli.local.LocalCommand;
import com.cruddur.ddb.cli.local.LocalResetCommand;
import com.cruddur.ddb.cli.local.LocalStartCommand;
import com.cruddur.ddb.cli.local.LocalStatusCommand;
import com.cruddur.ddb.cli.local.LocalStopCommand;
import com.cruddur.ddb.cli.people.ExportUserCommand;
import com.cruddur.ddb.cli.people.FindCommand;
import com.cruddur.ddb.cli.people.ForgetUserCommand;
import com.cruddur.ddb.cli.people.ListUsersCommand;
import com.cruddur.ddb.cli.people.RenameUserCommand;
import com.cruddur.ddb.cli.shell.ShellCommand;
import com.cruddur.ddb.cli.table.CheckCommand;
import com.cruddur.ddb.cli.table.DescribeCommand;
import com.cruddur.ddb.cli.table.DropCommand;
import com.cruddur.ddb.cli.table.ListTablesCommand;
import com.cruddur.ddb.cli.table.PolicyCommand;
import com.cruddur.ddb.cli.table.ScanCommand;
import com.cruddur.ddb.cli.table.SchemaLoadCommand;
import com.cruddur.ddb.cli.table.StatsCommand;
import com.cruddur.ddb.cli.trigger.TriggerCommand;
import com.cruddur.ddb.cli.trigger.TriggerRunCommand;
import com.cruddur.ddb.cli.trigger.TriggerTemplateCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Every command of ddb, in the order of the help: the one list that all read who have to know the
 * commands, such as the parser, the launcher, the training of the start-up archives and the tests.
 */
public final class Catalogue {
  /** What a command needs, or does. */
  public enum Trait {
    /** It asks something of DynamoDB. */
    TABLE,
    /** It may speak to a cache, also without {@code --cached}. */
    CACHE,
    /** It works with many items, by the limits of a bulk job. */
    BULK,
    /** It changes a table, a cache or the local stack, and so knows {@code --dry-run}. */
    WRITES
  }

  /**
   * A command, or a group of commands.
   *
   * @param name as it is typed, such as {@code scan} or {@code cache get}
   * @param type its class; picocli's annotations there are its options and help
   */
  public record Entry(String name, Class<?> type, Set<Trait> traits) {
    /** The group that it belongs to, such as {@code cache}; empty for none. */
    public String group() {
      return name.substring(0, Math.max(0, name.indexOf(' ')));
    }

    /** Its name within its group. */
    public String lastWord() {
      return name.substring(name.indexOf(' ') + 1);
    }
  }

  private static final List<Entry> GROUPS_AND_COMMANDS =
      List.of(
          entry("setup", SetupCommand.class, TABLE, CACHE, BULK, WRITES),
          entry("schema-load", SchemaLoadCommand.class, TABLE, WRITES),
          entry("list-tables", ListTablesCommand.class, TABLE),
          entry("describe", DescribeCommand.class, TABLE),
          entry("drop", DropCommand.class, TABLE, WRITES),
          entry("scan", ScanCommand.class, TABLE, BULK),
          entry("seed", SeedCommand.class, TABLE, CACHE, BULK, WRITES),
          entry("export", ExportCommand.class, TABLE, BULK, WRITES),
          entry("import", ImportCommand.class, TABLE, CACHE, BULK, WRITES),
          entry("pull", PullCommand.class, TABLE, CACHE, BULK, WRITES),
          entry("diff", DiffCommand.class, TABLE, BULK),
          entry("list-conversations", ListConversationsCommand.class, TABLE),
          entry("get-conversation", GetConversationCommand.class, TABLE),
          entry("send-message", SendMessageCommand.class, TABLE, CACHE, WRITES),
          entry("start-conversation", StartConversationCommand.class, TABLE, CACHE, WRITES),
          entry("delete-message", DeleteMessageCommand.class, TABLE, CACHE, WRITES),
          entry("redact-message", RedactMessageCommand.class, TABLE, CACHE, WRITES),
          entry("delete-conversation", DeleteConversationCommand.class, TABLE, CACHE, WRITES),
          entry("list-users", ListUsersCommand.class, TABLE, BULK),
          entry("rename-user", RenameUserCommand.class, TABLE, CACHE, WRITES),
          entry("forget-user", ForgetUserCommand.class, TABLE, CACHE, WRITES),
          entry("export-user", ExportUserCommand.class, TABLE),
          entry("find", FindCommand.class, TABLE, BULK),
          entry("tail", TailCommand.class, TABLE, CACHE),
          entry("check", CheckCommand.class, TABLE, BULK, WRITES),
          entry("stats", StatsCommand.class, TABLE, BULK),
          entry("trigger", TriggerCommand.class),
          entry("trigger run", TriggerRunCommand.class, TABLE, CACHE, WRITES),
          entry("trigger template", TriggerTemplateCommand.class),
          entry("policy", PolicyCommand.class),
          entry("cache", CacheCommand.class),
          entry("cache create", CacheCreateCommand.class, CACHE, WRITES),
          entry("cache list", CacheListCommand.class, CACHE),
          entry("cache delete", CacheDeleteCommand.class, CACHE, WRITES),
          entry("cache flush", CacheFlushCommand.class, CACHE, WRITES),
          entry("cache get", CacheGetCommand.class, CACHE),
          entry("cache set", CacheSetCommand.class, CACHE, WRITES),
          entry("cache evict", CacheEvictCommand.class, CACHE, WRITES),
          entry("cache increment", CacheIncrementCommand.class, CACHE, WRITES),
          entry("cache ttl", CacheTtlCommand.class, CACHE, WRITES),
          entry("cache token", CacheTokenCommand.class, CACHE),
          entry("cache check", CacheCheckCommand.class, TABLE, CACHE),
          entry("local", LocalCommand.class),
          entry("local start", LocalStartCommand.class),
          entry("local stop", LocalStopCommand.class),
          entry("local status", LocalStatusCommand.class),
          entry("local reset", LocalResetCommand.class, WRITES),
          entry("doctor", DoctorCommand.class, TABLE, CACHE),
          entry("shell", ShellCommand.class, TABLE, CACHE),
          entry("help", HelpCommand.class),
          entry("generate-completion", GenerateCompletionCommand.class));

  private Catalogue() {}

  private static Entry entry(String name, Class<?> type, Trait... traits) {
    return new Entry(name, type, Set.of(traits));
  }

  /** The commands that run, such as {@code scan} and {@code cache get}. */
  public static List<Entry> commands() {
    return GROUPS_AND_COMMANDS.stream().filter(e -> members(e.name).isEmpty()).toList();
  }

  /** The commands of a group; those and the groups that stand in none for the empty name. */
  static List<Entry> members(String group) {
    return GROUPS_AND_COMMANDS.stream().filter(e -> e.group().equals(group)).toList();
  }

  /** The first words of the commands that may speak to a cache; the launcher gets them. */
  public static List<String> cachingWords() {
    return GROUPS_AND_COMMANDS.stream()
        .filter(e -> e.traits.contains(CACHE))
        .map(e -> e.group().isEmpty() ? e.name : e.group())
        .distinct()
        .toList();
  }

  /** Whether a command line looks like one that will ask something of DynamoDB. */
  static boolean mayUseTable(String... args) {
    List<String> given = Arrays.asList(args);
    return !given.contains("--help")
        && !given.contains("-h")
        && GROUPS_AND_COMMANDS.stream()
            .filter(e -> e.traits.contains(TABLE))
            .anyMatch(
                e ->
                    given.contains(e.lastWord())
                        && (e.group().isEmpty() || given.contains(e.group())));
  }
}
