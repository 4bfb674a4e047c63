package com.cruddur.ddb.cli.context;

/** The options that commands have by their traits: one object of each for a command line. */
final class TraitOptions {
  final DryRunOption dryRun = new DryRunOption();
  final RateOptions rates = new RateOptions();
  final TableOptions table = new TableOptions();
  final Guard guard;
  final UsersOption users;

  TraitOptions(CommandContext context) {
    guard = new Guard(context);
    users = new UsersOption(context);
  }

  /** Annotated for picocli; null for a trait that brings no option. */
  Object of(Trait trait) {
    return switch (trait) {
      case WRITES -> dryRun;
      case ASKS -> guard;
      case LISTS -> table;
      case USERS -> users;
      case MAX_RCU -> rates.reads;
      case MAX_WCU -> rates.writes;
      case TABLE, CACHE, BULK -> null;
    };
  }
}
