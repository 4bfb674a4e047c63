package com.cruddur.ddb.bench;

import com.cruddur.ddb.cache.CacheHammer;
import com.cruddur.ddb.cache.CacheHammer.Result;
import com.cruddur.ddb.cache.CacheHammer.Settings;
import java.util.concurrent.ExecutionException;

/**
 * 10,000 reads through the cache beside 8 writers that send and delete, while the cache is flushed,
 * deleted and made again and each of its calls fails in turn: none may be older than a write that
 * had ended. Exit code 1 else.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -cp 'target/test-classes:target/classes:target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*' \
 *   com.cruddur.ddb.bench.CacheTruth [READS] [SEED]
 * }</pre>
 */
public final class CacheTruth {
  private CacheTruth() {}

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int reads = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    long began = System.nanoTime();
    Result r = CacheHammer.run(new Settings(seed, 8, reads, reads / 20, 300));
    System.out.printf(
        "%d reads, %d of them hits, %d writes, %d failed calls, %d stale, %d ms%n",
        r.reads(),
        r.hits(),
        r.writes(),
        r.faults(),
        r.stale().size(),
        (System.nanoTime() - began) / 1_000_000);
    r.stale().forEach(line -> System.out.println("  stale: " + line));
    System.exit(r.stale().isEmpty() ? 0 : 1);
  }
}
