package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.dynamo.Requests;
import com.cruddur.ddb.dynamo.TablePlan;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * A dry run. The command's own code runs, on a store and items that read the real table and keep
 * every write in memory; later reads see it. So what is told is what the run itself would do. As a
 * net below that, {@link #interceptor()} refuses every request that is not a read before it leaves
 * the process.
 *
 * <p>Memory grows with what would be written: about a gigabyte for a million messages.
 */
public final class DryRunPlan implements TablePlan {
  private final DryRunItems items = new DryRunItems();
  private final List<Change> others = new ArrayList<>();
  private volatile boolean tableIsNew;

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

  /** The items of the table, with what is planned laid over them. */
  public ItemTable over(ItemTable table) {
    return new DryRunItemTable(tableIsNew ? null : table, items);
  }

  /** The conversations of the table, with what is planned laid over them. */
  public ConversationStore over(String name, ConversationStore store, ItemTable table) {
    ConversationStore standing = tableIsNew ? null : store;
    return new DryRunStore(
        name, standing, new DryRunItemTable(tableIsNew ? null : table, items), items);
  }

  /** Takes down what would be done elsewhere than in the table. */
  public synchronized void plan(String action, String what) {
    others.add(new Change(action, what, ""));
  }

  @Override
  public void create(String table) {
    plan("create table", table);
    tableIsNew = true;
  }

  @Override
  public void delete(String table) {
    plan("delete table", table);
  }

  /** Whether the table is there only when the run is meant: nothing can be read from it. */
  public boolean tableIsNew() {
    return tableIsNew;
  }

  /** All that would be done: the end of it, not each step on the way. */
  public synchronized List<Change> changes() {
    List<Change> changes = new ArrayList<>(others);
    changes.addAll(items.changes());
    return changes;
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
