package com.cruddur.ddb.cli.table;

import static com.cruddur.ddb.cli.context.Trait.ASKS;
import static com.cruddur.ddb.cli.context.Trait.BULK;
import static com.cruddur.ddb.cli.context.Trait.LISTS;
import static com.cruddur.ddb.cli.context.Trait.MAX_RCU;
import static com.cruddur.ddb.cli.context.Trait.MAX_WCU;
import static com.cruddur.ddb.cli.context.Trait.TABLE;
import static com.cruddur.ddb.cli.context.Trait.USERS;
import static com.cruddur.ddb.cli.context.Trait.WRITES;

import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.List;

/** The commands of this package, in the order of the help. */
public final class TableCatalogue {
  /** The table as a whole. */
  public static final List<CommandEntry> TABLES =
      List.of(
          CommandEntry.of("schema-load", SchemaLoadCommand.class, TABLE, WRITES, ASKS),
          CommandEntry.of("list-tables", ListTablesCommand.class, TABLE),
          CommandEntry.of("describe", DescribeCommand.class, TABLE),
          CommandEntry.of("drop", DropCommand.class, TABLE, WRITES, ASKS),
          CommandEntry.of("scan", ScanCommand.class, LISTS, TABLE, BULK, MAX_RCU));

  /** What the table holds, and whether it is true. */
  public static final List<CommandEntry> TRUTH =
      List.of(
          CommandEntry.of(
              "check",
              CheckCommand.class,
              LISTS,
              TABLE,
              BULK,
              WRITES,
              ASKS,
              USERS,
              MAX_RCU,
              MAX_WCU),
          CommandEntry.of("stats", StatsCommand.class, TABLE, BULK, MAX_RCU));

  private TableCatalogue() {}
}
