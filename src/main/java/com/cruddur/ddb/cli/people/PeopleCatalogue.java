package com.cruddur.ddb.cli.people;

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
public final class PeopleCatalogue {
  /** Users, and search. */
  public static final List<CommandEntry> ALL =
      List.of(
          CommandEntry.of("list-users", ListUsersCommand.class, LISTS, TABLE, BULK, MAX_RCU),
          CommandEntry.of(
              "rename-user",
              RenameUserCommand.class,
              TABLE,
              CACHE,
              WRITES,
              ASKS,
              USERS,
              MAX_RCU,
              MAX_WCU),
          CommandEntry.of(
              "forget-user",
              ForgetUserCommand.class,
              TABLE,
              CACHE,
              WRITES,
              ASKS,
              USERS,
              MAX_RCU,
              MAX_WCU),
          CommandEntry.of("export-user", ExportUserCommand.class, TABLE, USERS, MAX_RCU),
          CommandEntry.of("find", FindCommand.class, LISTS, TABLE, BULK, USERS, MAX_RCU));

  private PeopleCatalogue() {}
}
