package com.cruddur.ddb.cli.cache;

import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.LISTS;
import static com.cruddur.ddb.cli.context.Trait.TABLE;
import static com.cruddur.ddb.cli.context.Trait.USERS;
import static com.cruddur.ddb.cli.context.Trait.WRITES;

import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.List;

/** The commands of this package, in the order of the help. */
public final class CacheCatalogue {
  /** Caches and their items. */
  public static final List<CommandEntry> ALL =
      List.of(
          CommandEntry.of("cache", CacheCommand.class),
          CommandEntry.of("cache create", CacheCreateCommand.class, CACHE, WRITES),
          CommandEntry.of("cache list", CacheListCommand.class, CACHE),
          CommandEntry.of("cache delete", CacheDeleteCommand.class, CACHE, WRITES),
          CommandEntry.of("cache flush", CacheFlushCommand.class, CACHE, WRITES),
          CommandEntry.of("cache get", CacheGetCommand.class, CACHE, USERS),
          CommandEntry.of("cache set", CacheSetCommand.class, CACHE, WRITES),
          CommandEntry.of("cache evict", CacheEvictCommand.class, CACHE, WRITES, USERS),
          CommandEntry.of("cache increment", CacheIncrementCommand.class, CACHE, WRITES),
          CommandEntry.of("cache ttl", CacheTtlCommand.class, CACHE, WRITES),
          CommandEntry.of("cache token", CacheTokenCommand.class, CACHE),
          CommandEntry.of("cache check", CacheCheckCommand.class, LISTS, TABLE, CACHE));

  private CacheCatalogue() {}
}
