package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.dynamo.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A dry run. The command's own code runs, on a client that reads the real table and keeps every
 * write in memory; later reads see it. So what is told is what the run itself would do, whatever
 * the command, and there is nothing to forget in it. As a net below that, {@link #interceptor()}
 * refuses every request that is not a read before it leaves the process.
 *
 * <p>Memory grows with what would be written: about a gigabyte for a million messages.
 */
public final class DryRunRequests {
  private final Map<String, DryRunItems> items = new ConcurrentHashMap<>();
  private final Map<String, TableDescription> created = new ConcurrentHashMap<>();
  private final Map<String, Boolean> deleted = new ConcurrentHashMap<>();
  private final List<Change> others = new ArrayList<>();

  /**
   * Something that would be done.
   *
   * @param action such as {@code put}, {@code delete} or {@code create table}
   * @param what an item's partition key, or whatever else the action is about
   * @param key an item's sort key; empty when it is about no item
   */
  public record Change(String action, String what, String key) {
    /** Whether it is about an item of the table. */
    public boolean ofItem() {
      return !key.isEmpty();
    }

    /** A sample: put GRP#877825ee-e493-4985-b4f5-463550043614 2026-03-19T10:00:00.000000+00:00. */
    @Override
    public String toString() {
      return (action + " " + what + " " + key).strip();
    }
  }

  /** A client that writes nothing; closing it closes the one below. */
  public DynamoDbClient over(DynamoDbClient client) {
    return new DryRunClient(client, this);
  }

  /** Takes down what would be done elsewhere than in the table. */
  public synchronized void plan(String action, String what) {
    others.add(new Change(action, what, ""));
  }

  /** All that would be done: the end of it, not each step on the way. */
  public synchronized List<Change> changes() {
    List<Change> changes = new ArrayList<>(others);
    items.values().forEach(planned -> changes.addAll(planned.changes()));
    return changes;
  }

  DryRunItems items(String table) {
    return items.computeIfAbsent(table, name -> new DryRunItems());
  }

  /** The table as it would be made; null when it would not. */
  TableDescription created(String table) {
    return created.get(table);
  }

  boolean deleted(String table) {
    return deleted.containsKey(table);
  }

  void create(TableDescription table) {
    plan("create table", table.tableName());
    deleted.remove(table.tableName());
    created.put(table.tableName(), table);
  }

  void delete(String table) {
    plan("delete table", table);
    deleted.put(table, true);
  }

  /** Refuses what is not a read. */
  public static ExecutionInterceptor interceptor() {
    return new ExecutionInterceptor() {
      @Override
      public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (!Requests.isRead(context.request())) {
          throw new IllegalStateException(
              "a dry run was about to send " + context.request().getClass().getSimpleName());
        }
      }
    };
  }
}
