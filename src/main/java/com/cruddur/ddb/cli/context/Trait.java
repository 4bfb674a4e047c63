package com.cruddur.ddb.cli.context;

/** What a command needs or does; some traits bring options ({@link TraitOptions}). */
public enum Trait {
  /** It asks something of DynamoDB. */
  TABLE,
  /** It may speak to a cache, also without {@code --cached}. */
  CACHE,
  /** It works with many items, by the limits of a bulk job. */
  BULK,
  /** It changes a table, a cache or the local stack: {@code --dry-run}. */
  WRITES,
  /** It asks before it changes a table: {@code --yes} and {@code --confirm-table}. */
  ASKS,
  /** It takes users by their handles: {@code --users}. */
  USERS,
  /** It prints a list: {@code --wide} and {@code --columns}. */
  LISTS,
  /** Its reading can be slowed down: {@code --max-rcu}. */
  MAX_RCU,
  /** Its writing can be slowed down: {@code --max-wcu}. */
  MAX_WCU
}
