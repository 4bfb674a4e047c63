package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.cache.CacheWrites;
import com.cruddur.ddb.cache.DryRunCache;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.dryrun.DryRunPlan;
import com.cruddur.ddb.dynamo.dryrun.DryRunPlan.Change;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What becomes of a command's writes: in a dry run they are planned ({@link DryRunPlan}), and told
 * with the result that the run would print; else it passes everything on.
 */
public final class DryRun {
  private static final Columns CHANGES = Columns.of("action", "pk", "sk", "what");
  private static final int MOST_LISTED = 1000;
  private static final int MOST_NOTICES = 20;

  /** Null when the command is meant. */
  private final DryRunPlan plan;

  private boolean told;

  DryRun(boolean on) {
    this.plan = on ? new DryRunPlan() : null;
  }

  public boolean on() {
    return plan != null;
  }

  /** Takes down what would be done elsewhere than in the table. */
  public void plan(String action, Object what) {
    plan.plan(action, what.toString());
  }

  ItemTable over(ItemTable table) {
    return on() ? plan.over(table) : table;
  }

  ConversationStore over(String name, ConversationStore store, ItemTable table) {
    return on() ? plan.over(name, store, table) : store;
  }

  TableAdmin tables(DynamoDbClient client) {
    return new TableAdmin(client, plan);
  }

  /** Whether the table is there only when the run is meant. */
  boolean tableIsNew() {
    return on() && plan.tableIsNew();
  }

  CacheWrites over(MomentoCache cache) {
    return on() ? new DryRunCache(cache, plan::plan) : cache;
  }

  /** Those of a client: the given ones, and in a dry run one that lets no write through. */
  List<ExecutionInterceptor> interceptors(ExecutionInterceptor... usual) {
    List<ExecutionInterceptor> all = new ArrayList<>(List.of(usual));
    if (on()) {
      all.add(DryRunPlan.interceptor());
    }
    return all;
  }

  /**
   * Prints a result. In a dry run it is marked, and the changes stand in it (json), in place of it
   * (csv: one row each), or are told at the end (table).
   */
  void print(Map<String, ?> result, ResultPrinter results) {
    if (!on()) {
      results.document(result);
      return;
    }
    told = results.format() != OutputFormat.TABLE;
    switch (results.format()) {
      case JSON, NDJSON -> results.document(withChanges(result, plan.changes()));
      case TABLE -> results.document(marked(result));
      case CSV ->
          results.list(
              CHANGES, printer -> plan.changes().forEach(change -> printer.print(row(change))));
    }
  }

  private static Map<String, Object> marked(Map<String, ?> result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("dry_run", true);
    document.putAll(result);
    return document;
  }

  /** Ends a dry run with all that would have been done. */
  public void tell(Notices notices) {
    if (on()) {
      List<Change> changes = plan.changes();
      if (!told) {
        list(notices, changes);
      }
      notices.report(summary(changes));
    }
  }

  /** A result with the changes that lead to it; no more than a thousand of them. */
  private static Map<String, Object> withChanges(Map<String, ?> result, List<Change> changes) {
    Map<String, Object> document = marked(result);
    document.put("changes", changes.stream().limit(MOST_LISTED).map(DryRun::fields).toList());
    if (changes.size() > MOST_LISTED) {
      document.put("more_changes", changes.size() - MOST_LISTED);
    }
    return document;
  }

  private static Map<String, Object> row(Change change) {
    Map<String, Object> row = new LinkedHashMap<>();
    CHANGES.columns().forEach(column -> row.put(column, null));
    row.putAll(fields(change));
    return row;
  }

  private static Map<String, Object> fields(Change change) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("action", change.action());
    if (change.ofItem()) {
      fields.put("pk", change.what());
      fields.put("sk", change.key());
    } else {
      fields.put("what", change.what());
    }
    return fields;
  }

  /** The first items, where the result has no room for them; the summary counts all. */
  private static void list(Notices notices, List<Change> all) {
    List<Change> changes = all.stream().filter(Change::ofItem).toList();
    changes.stream().limit(MOST_NOTICES).forEach(change -> notices.info("would " + change));
    if (changes.size() > MOST_NOTICES) {
      notices.info("… and " + (changes.size() - MOST_NOTICES) + " more");
    }
  }

  /**
   * A sample: dry run, nothing was written; it would create table t, put 3 items (1 message, 2
   * rows), delete 2 items (2 rows).
   */
  private static String summary(List<Change> changes) {
    List<String> parts = new ArrayList<>();
    changes.stream().filter(c -> !c.ofItem()).limit(MOST_NOTICES).forEach(c -> parts.add("" + c));
    for (String action : List.of("put", "delete")) {
      Map<String, Integer> kinds = new TreeMap<>();
      changes.stream()
          .filter(change -> change.ofItem() && change.action().equals(action))
          .forEach(change -> kinds.merge(kind(change.what()), 1, Integer::sum));
      if (!kinds.isEmpty()) {
        parts.add(action + " " + counted(kinds));
      }
    }
    return parts.isEmpty()
        ? "dry run: nothing would change"
        : "dry run, nothing was written; it would " + String.join(", ", parts);
  }

  private static String counted(Map<String, Integer> kinds) {
    List<String> parts = new ArrayList<>();
    kinds.forEach((kind, number) -> parts.add(Count.of(number, kind)));
    int total = kinds.values().stream().mapToInt(Integer::intValue).sum();
    return Count.of(total, "item") + " (" + String.join(", ", parts) + ")";
  }

  private static String kind(String pk) {
    return Keys.isMessage(pk) ? "message" : Keys.isConversationRow(pk) ? "row" : "other";
  }
}
