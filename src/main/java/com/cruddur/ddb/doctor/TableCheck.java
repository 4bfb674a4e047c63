package com.cruddur.ddb.doctor;

import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.TableSummary;
import com.cruddur.ddb.text.Count;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The table: there, as the schema says, ready, streaming, backed up, and able to answer. */
public final class TableCheck {
  private static final String STREAM = "stream";

  private final TableAdmin tables;
  private final String table;
  private final Function<Throwable, ErrorSummary> explain;
  private final Supplier<List<String>> elsewhere;

  /**
   * A check of a table.
   *
   * @param elsewhere looks for the table where it is not expected, when it is missing
   */
  public TableCheck(
      TableAdmin tables,
      String table,
      Function<Throwable, ErrorSummary> explain,
      Supplier<List<String>> elsewhere) {
    this.tables = tables;
    this.table = table;
    this.explain = explain;
    this.elsewhere = elsewhere;
  }

  public void run(Consumer<Diagnosis> out) {
    TableDescription found;
    try {
      found = tables.describe(table);
    } catch (ResourceNotFoundException e) {
      out.accept(missing());
      return;
    } catch (RuntimeException e) {
      out.accept(explain.apply(e).problem("table", "it cannot be looked at"));
      return;
    }
    out.accept(table(found));
    schema(found, out);
    found.globalSecondaryIndexes().forEach(index -> out.accept(index(index)));
    out.accept(stream(found));
    out.accept(Diagnosis.ok("capacity", TableSummary.billing(found)));
    out.accept(read());
    out.accept(isLocal(found) ? noBackup() : backup());
  }

  private Diagnosis missing() {
    List<String> places = elsewhere.get();
    if (places.isEmpty()) {
      return Diagnosis.problem(
          "table",
          table + " does not exist",
          "there is nothing to read or write",
          "'ddb schema-load'; or name another with --table or DDB_MESSAGE_TABLE ('ddb list-tables')");
    }
    return Diagnosis.problem(
        "table",
        table + " does not exist here, but with " + String.join("; with ", places),
        "DynamoDB keeps tables apart by region and account; DynamoDB Local without -sharedDb by"
            + " region and access key id",
        "name that region with --region and that key with AWS_ACCESS_KEY_ID and --endpoint-url, or"
            + " start DynamoDB Local with -sharedDb");
  }

  /** The account stands in the ARN: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME. */
  private Diagnosis table(TableDescription found) {
    String[] arn = String.valueOf(found.tableArn()).split(":", 6);
    String where =
        table
            + ", about "
            + Count.of(found.itemCount(), "item")
            + (arn.length > 4 ? ", account " + arn[4] + ", region " + arn[3] : "");
    return found.tableStatus() == TableStatus.ACTIVE
        ? Diagnosis.ok("table", where)
        : Diagnosis.problem(
            "table",
            where + ", is " + found.tableStatusAsString(),
            "it cannot be used until it is ACTIVE",
            "'aws dynamodb wait table-exists --table-name " + table + "'");
  }

  private void schema(TableDescription found, Consumer<Diagnosis> out) {
    List<String> differences =
        TableSchema.differences(found, true).stream().filter(d -> !d.startsWith(STREAM)).toList();
    if (differences.isEmpty()) {
      out.accept(Diagnosis.ok("schema", "as it must be"));
    }
    for (String difference : differences) {
      out.accept(
          Diagnosis.problem(
              "schema",
              difference,
              "other programs rely on this layout; reads and writes fail or miss items",
              TableSchema.cure(difference, table)));
    }
  }

  private static Diagnosis index(GlobalSecondaryIndexDescription index) {
    String found = index.indexName() + " is " + index.indexStatusAsString();
    return index.indexStatus() == IndexStatus.ACTIVE
        ? Diagnosis.ok("index", found)
        : Diagnosis.problem(
            "index",
            found + (Boolean.TRUE.equals(index.backfilling()) ? ", being filled" : ""),
            "until it is ACTIVE, a conversation's rows are not found by it",
            "wait, and look again: 'ddb doctor'");
  }

  private Diagnosis stream(TableDescription found) {
    String difference =
        TableSchema.differences(found, true).stream()
            .filter(d -> d.startsWith(STREAM))
            .findFirst()
            .orElse(null);
    if (difference == null) {
      return Diagnosis.ok(STREAM, "NEW_IMAGE");
    }
    boolean off = difference.endsWith("off");
    return Diagnosis.problem(
        STREAM,
        off ? "off" : found.streamSpecification().streamViewTypeAsString() + ", not NEW_IMAGE",
        "the trigger does not see new messages, so conversation lists stay behind",
        off
            ? "'aws dynamodb update-table --table-name "
                + table
                + " --stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE'"
            : TableSchema.cure(difference, table));
  }

  /** One probing read; how often requests were refused before only CloudWatch knows. */
  private Diagnosis read() {
    long start = System.nanoTime();
    try {
      Double consumed = tables.probe(table);
      return Diagnosis.ok(
          "throttling",
          "none on one read, which took "
              + (System.nanoTime() - start) / 1_000_000
              + " ms and "
              + (consumed == null ? "unknown" : consumed)
              + " RCU");
    } catch (RuntimeException e) {
      ErrorSummary trouble = explain.apply(e);
      return trouble.code().equals("throttled")
          ? Diagnosis.problem(
              "throttling",
              trouble.message(),
              "commands wait and may fail",
              "'aws dynamodb update-table --table-name "
                  + table
                  + " --billing-mode PAY_PER_REQUEST'")
          : trouble.problem("read", "the table is there but cannot be read");
    }
  }

  /** The account in the ARN of emulators' tables; AWS gives it to nobody. */
  private static boolean isLocal(TableDescription found) {
    return String.valueOf(found.tableArn()).contains(":000000000000:");
  }

  private static Diagnosis noBackup() {
    return Diagnosis.skipped("backup", "not needed", "the table is a local one");
  }

  private Diagnosis backup() {
    try {
      return tables.hasPointInTimeRecovery(table)
          ? Diagnosis.ok("backup", "point-in-time recovery is on")
          : Diagnosis.problem(
              "backup",
              "point-in-time recovery is off",
              "what is deleted or overwritten by mistake cannot be had back",
              "'aws dynamodb update-continuous-backups --table-name "
                  + table
                  + " --point-in-time-recovery-specification"
                  + " PointInTimeRecoveryEnabled=true'");
    } catch (RuntimeException e) {
      return Diagnosis.skipped("backup", "not known", explain.apply(e).message());
    }
  }
}
