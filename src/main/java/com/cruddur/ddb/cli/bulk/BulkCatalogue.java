package com.cruddur.ddb.cli.bulk;

import static com.cruddur.ddb.cli.context.Trait.ASKS;
import static com.cruddur.ddb.cli.context.Trait.BULK;
import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.LISTS;
import static com.cruddur.ddb.cli.context.Trait.MAX_RCU;
import static com.cruddur.ddb.cli.context.Trait.MAX_WCU;
import static com.cruddur.ddb.cli.context.Trait.TABLE;
import static com.cruddur.ddb.cli.context.Trait.USERS;
import static com.cruddur.ddb.cli.context.Trait.WRITES;

import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.List;

/** The commands of this package, in the order of the help. */
public final class BulkCatalogue {
  /** From nothing to a working local stack. */
  public static final List<CommandEntry> SETUP =
      List.of(CommandEntry.of("setup", SetupCommand.class, TABLE, CACHE, BULK, WRITES, USERS));

  /** Whole items, in and out. */
  public static final List<CommandEntry> COPIES =
      List.of(
          CommandEntry.of(
              "seed", SeedCommand.class, TABLE, CACHE, BULK, WRITES, ASKS, USERS, MAX_RCU, MAX_WCU),
          CommandEntry.of("export", ExportCommand.class, TABLE, BULK, WRITES, USERS, MAX_RCU),
          CommandEntry.of(
              "import", ImportCommand.class, TABLE, CACHE, BULK, WRITES, ASKS, MAX_RCU, MAX_WCU),
          CommandEntry.of("pull", PullCommand.class, TABLE, CACHE, BULK, WRITES, USERS, MAX_RCU),
          CommandEntry.of("diff", DiffCommand.class, LISTS, TABLE, BULK, MAX_RCU));

  private BulkCatalogue() {}
}
