package com.cruddur.ddb.doctor;

import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.WorkerThreads;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Looks for a missing table where a wrong region, or on DynamoDB Local a wrong key, would have put
 * it. On DynamoDB Local without a shared database each look makes it an empty database, a file of
 * its own where it works on disk; so the list is short.
 */
public final class ElsewhereSearch {
  private static final List<String> KEYS = List.of("local", "dummy", "fake", "test", "x");
  private static final List<String> LOCAL_REGIONS =
      List.of("us-east-1", "us-west-2", "eu-west-1", "local");
  private static final List<String> REGIONS =
      List.of(
          "us-east-1",
          "us-east-2",
          "us-west-2",
          "ca-central-1",
          "eu-west-1",
          "eu-central-1",
          "ap-southeast-1",
          "ap-southeast-2");
  private static final int THREADS = 8;
  private static final long LIMIT_SECONDS = 4;

  private final Target target;
  private final String ownKey;
  private final Function<Target, TableAdmin> clients;

  /**
   * A search of the target's table.
   *
   * @param ownKey the key id of the user's environment; null for none
   * @param clients makes impatient clients, which the search closes
   */
  public ElsewhereSearch(Target target, String ownKey, Function<Target, TableAdmin> clients) {
    this.target = target;
    this.ownKey = ownKey;
    this.clients = clients;
  }

  /** Each place that has it, such as {@code key id dummy and region eu-west-1}. */
  public List<String> places() {
    ExecutorService threads = WorkerThreads.pool(THREADS, "doctor");
    try {
      List<Future<String>> looks = new ArrayList<>();
      for (Target other : others()) {
        looks.add(threads.submit(() -> look(other)));
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      List<String> places = new ArrayList<>();
      for (Future<String> look : looks) {
        String place = answer(look, deadline);
        if (place != null) {
          places.add(place);
        }
      }
      return places;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String answer(Future<String> look, long deadline) {
    try {
      return look.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private List<Target> others() {
    boolean local = target.accessKeyId() != null || !target.isAws();
    Set<String> keys = new LinkedHashSet<>();
    keys.add(target.accessKeyId());
    if (local) {
      keys.addAll(KEYS);
      if (ownKey != null) {
        keys.add(ownKey);
      }
    }
    Set<String> regions = new LinkedHashSet<>();
    if (target.region() != null) {
      regions.add(target.region());
    }
    regions.addAll(local ? LOCAL_REGIONS : REGIONS);
    List<Target> others = new ArrayList<>();
    for (String key : keys) {
      for (String region : regions) {
        Target other = target.withKeyAndRegion(key, region);
        if (!other.equals(target)) {
          others.add(other);
        }
      }
    }
    return others;
  }

  private String look(Target other) {
    try (TableAdmin tables = clients.apply(other)) {
      tables.describe(other.table());
      return (other.accessKeyId() == null ? "" : "key id " + other.accessKeyId() + " and ")
          + "region "
          + other.region();
    }
  }
}
