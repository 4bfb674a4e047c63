package com.cruddur.ddb.dynamo.s3;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * DynamoDB's own export to S3 and import from S3, which go on by themselves once they are started.
 * A start that is repeated while its job runs finds that job, by the client token.
 */
public final class S3Jobs {
  /** Of one table and url within the eight hours for which a token is kept. */
  private static final int MOST_JOBS = 50;

  /** Ends are told in milliseconds or seconds. */
  private static final Duration QUICKEST = Duration.ofSeconds(1);

  private final DynamoDbClient client;
  private final InstantSource clock;

  public S3Jobs(DynamoDbClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Where a job is. */
  public enum State {
    RUNNING,
    COMPLETED,
    FAILED
  }

  /**
   * A job as DynamoDB describes it.
   *
   * @param items exported, or imported so far
   * @param bytes exported, or processed so far
   * @param errors items that were not imported
   * @param details where the errors are logged, or the key of an export's manifest; null when there
   *     is none
   * @param failure why it failed; null when it did not
   */
  public record Job(
      String arn,
      String tableArn,
      State state,
      Instant end,
      S3Url place,
      long items,
      long bytes,
      long errors,
      String details,
      String failure) {
    /** Whether it is an import; its ARN tells. */
    public boolean isImport() {
      return arn.contains("/import/");
    }

    /**
     * Whether it only failed some items: DynamoDB calls that a failed import; the table is there.
     */
    public boolean isPartial() {
      return state == State.FAILED && items > 0 && errors > 0;
    }
  }

  /** Starts an export of the table as it is now, or finds the one that runs. */
  public Job export(String tableArn, S3Url to) {
    return start(
        token ->
            job(
                client
                    .exportTableToPointInTime(
                        r ->
                            r.tableArn(tableArn)
                                .s3Bucket(to.bucket())
                                .s3Prefix(to.prefix().isEmpty() ? null : to.prefix())
                                .exportFormat(ExportFormat.DYNAMODB_JSON)
                                .clientToken(token))
                    .exportDescription()),
        earlier -> true,
        "export",
        tableArn,
        to.toString());
  }

  /**
   * Starts an import into a new table with our keys and index, or finds the one that runs or has
   * ended well. The stream cannot be asked for: it is to be turned on at the end.
   */
  public Job importTable(String table, S3Url from) {
    CreateTableRequest schema =
        TableSchema.request(table, new TableSchema.Options(false, 0, 0, false));
    return start(
        token ->
            job(
                client
                    .importTable(
                        r ->
                            r.clientToken(token)
                                .s3BucketSource(
                                    s -> s.s3Bucket(from.bucket()).s3KeyPrefix(from.prefix()))
                                .inputFormat(InputFormat.DYNAMODB_JSON)
                                .inputCompressionType(InputCompressionType.GZIP)
                                .tableCreationParameters(
                                    t ->
                                        t.tableName(table)
                                            .attributeDefinitions(schema.attributeDefinitions())
                                            .keySchema(schema.keySchema())
                                            .globalSecondaryIndexes(schema.globalSecondaryIndexes())
                                            .billingMode(schema.billingMode())))
                    .importTableDescription()),
        earlier -> earlier.state == State.FAILED || isGone(table),
        "import",
        table,
        from.toString());
  }

  /**
   * A job that ended earlier has used up its token; but who imports twice wants it once.
   *
   * @param again whether a job that ended earlier is to be done again
   */
  private Job start(
      Function<String, Job> start, Predicate<Job> again, String kind, String table, String place) {
    Instant now = clock.instant();
    for (int number = 0; ; number++) {
      String token = Uuids.derived("s3", kind, table, place, Integer.toString(number));
      Job started = start.apply(token);
      Job job = started.state == State.RUNNING ? describe(started.arn) : started;
      boolean earlier =
          started.state != State.RUNNING
              || (job.end != null && job.end.plus(QUICKEST).isBefore(now));
      if (!earlier || number == MOST_JOBS || !again.test(job)) {
        return job;
      }
    }
  }

  /** Whether a table that was imported was dropped since. */
  private boolean isGone(String table) {
    try {
      client.describeTable(r -> r.tableName(table));
      return false;
    } catch (ResourceNotFoundException gone) {
      return true;
    }
  }

  /** A job as it is now. */
  public Job describe(String arn) {
    return arn.contains("/import/")
        ? job(client.describeImport(r -> r.importArn(arn)).importTableDescription())
        : job(client.describeExport(r -> r.exportArn(arn)).exportDescription());
  }

  /**
   * Waits for a job's end; returns earlier only when the thread is interrupted.
   *
   * @param pause waits between two looks
   * @param watching told of each look
   */
  public Job follow(Job started, Backoff pause, Consumer<Job> watching) {
    Job job = started;
    for (int attempt = 1; job.state == State.RUNNING; attempt++) {
      watching.accept(job);
      pause.pause(attempt);
      if (Thread.currentThread().isInterrupted()) {
        return job;
      }
      job = describe(job.arn);
    }
    return job;
  }

  private static Job job(ExportDescription d) {
    return new Job(
        d.exportArn(),
        d.tableArn(),
        state(d.exportStatusAsString()),
        d.endTime(),
        new S3Url(d.s3Bucket(), Objects.requireNonNullElse(d.s3Prefix(), "")),
        number(d.itemCount()),
        number(d.billedSizeBytes()),
        0,
        d.exportManifest(),
        failure(d.failureCode(), d.failureMessage()));
  }

  private static Job job(ImportTableDescription d) {
    return new Job(
        d.importArn(),
        d.tableArn(),
        state(d.importStatusAsString()),
        d.endTime(),
        new S3Url(
            d.s3BucketSource().s3Bucket(),
            Objects.requireNonNullElse(d.s3BucketSource().s3KeyPrefix(), "")),
        number(d.importedItemCount()),
        number(d.processedSizeBytes()),
        number(d.errorCount()),
        d.cloudWatchLogGroupArn(),
        failure(d.failureCode(), d.failureMessage()));
  }

  private static State state(String status) {
    return switch (status) {
      case "IN_PROGRESS", "CANCELLING" -> State.RUNNING;
      case "COMPLETED" -> State.COMPLETED;
      default -> State.FAILED;
    };
  }

  private static long number(Long value) {
    return value == null ? 0 : value;
  }

  private static String failure(String code, String message) {
    return code == null ? message : code + ": " + message;
  }
}
