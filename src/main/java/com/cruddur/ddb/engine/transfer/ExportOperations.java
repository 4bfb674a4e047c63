package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.stream.History;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** ExportTableToPointInTime, DescribeExport, ListExports: full and incremental exports. */
final class ExportOperations {
  private static final Shape INCREMENT =
      Shape.structure()
          .member("ExportFromTime", Shape.number())
          .member("ExportToTime", Shape.number())
          .member("ExportViewType", Shape.string().oneOf("NEW_IMAGE", "NEW_AND_OLD_IMAGES"));
  private static final Shape EXPORT =
      Shape.structure()
          .member("TableArn", Shape.string().required())
          .member("S3Bucket", Buckets.name())
          .member("S3BucketOwner", Shape.string())
          .member("S3Prefix", Shape.string().size(0, 1024))
          .member("S3SseAlgorithm", Shape.string().oneOf("AES256", "KMS"))
          .member("S3SseKmsKeyId", Shape.string().size(1, 2048))
          .member("ExportTime", Shape.number())
          .member("ClientToken", Shape.string())
          .member("ExportFormat", Shape.string().oneOf("DYNAMODB_JSON", "ION"))
          .member("ExportType", Shape.string().oneOf("FULL_EXPORT", "INCREMENTAL_EXPORT"))
          .member("IncrementalExportSpecification", INCREMENT);
  private static final Shape DESCRIBE =
      Shape.structure().member("ExportArn", Shape.string().required());
  private static final Shape LIST =
      Shape.structure()
          .member("TableArn", Shape.string().size(1, 1024))
          .member("MaxResults", Shape.integer().range(1, 25))
          .member("NextToken", Shape.string());
  private static final List<String> COPIED =
      List.of("S3BucketOwner", "S3Prefix", "S3SseKmsKeyId", "ClientToken");
  private static final List<String> SUMMARY = List.of("ExportArn", "ExportStatus", "ExportType");
  private static final double MILLIS = 1000.0;
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Jobs jobs;
  private final Buckets buckets;
  private final History history;

  ExportOperations(Jobs jobs, Buckets buckets, Database database) {
    this.jobs = jobs;
    this.buckets = buckets;
    this.history = new History(database);
  }

  Map<String, Operation> all() {
    return Map.of(
        "ExportTableToPointInTime", this::export,
        "DescribeExport", this::describe,
        "ListExports", this::list);
  }

  private Reply export(JsonParser body, Context context) throws IOException {
    Request request = EXPORT.request(body);
    if (request.has("S3SseKmsKeyId") && !"KMS".equals(request.text("S3SseAlgorithm"))) {
      throw EngineException.validation(
          "Invalid Request: KMS Key Id is not supported for this encryption type");
    }
    ObjectNode job =
        jobs.start(
            request,
            () -> description(request, context),
            running -> write(running, table(running, context), context));
    return Reply.of("ExportDescription", job);
  }

  private ObjectNode description(Request request, Context context) {
    Table table = table(request.text("TableArn"), context);
    if (table.definition().history() < 0) {
      throw new EngineException(
          "PointInTimeRecoveryUnavailableException",
          "Point in time recovery is not enabled for table '%s'",
          table.name());
    }
    long now = context.clock().millis();
    ObjectNode job = Jobs.JSON.createObjectNode();
    job.put("ExportArn", table.arn() + "/export/" + Jobs.newId(now));
    job.put("ExportFormat", request.text("ExportFormat", "DYNAMODB_JSON"));
    job.put("ExportType", request.text("ExportType", "FULL_EXPORT"));
    job.put("TableArn", table.arn());
    job.put("TableId", table.definition().json().get("Table").get("TableId").textValue());
    job.put("S3Bucket", request.text("S3Bucket"));
    job.put("S3SseAlgorithm", request.text("S3SseAlgorithm", "AES256"));
    COPIED.stream().filter(request::has).forEach(member -> job.put(member, request.text(member)));
    Request increment = request.structure("IncrementalExportSpecification");
    if (job.get("ExportType").textValue().equals("FULL_EXPORT")) {
      if (increment != null) {
        throw EngineException.validation(
            request.has("ExportType")
                ? "Invalid Request: When Export Type is Full Export , Incremental Export"
                    + " Specification should not be provided"
                : "Invalid Request: Export Type expected to be Incremental Export when incremental"
                    + " export specification is provided");
      }
      Double at = request.number("ExportTime");
      checkTime("ExportTime", at == null ? now : millis(at), table, now);
      job.put("ExportTime", at == null ? now / MILLIS : at);
    } else {
      describe(job, increment, table, now);
    }
    return job;
  }

  private static void describe(ObjectNode job, Request increment, Table table, long now) {
    if (increment == null) {
      throw EngineException.validation(
          "Invalid Request: Incremental Export Specification expected when export type is set as"
              + " Incremental Export");
    }
    if (!increment.has("ExportFromTime")) {
      throw EngineException.validation(
          "Invalid Request: ExportFromTime must be provided in IncrementalExportSpecification");
    }
    double from = increment.number("ExportFromTime");
    double to = increment.has("ExportToTime") ? increment.number("ExportToTime") : now / MILLIS;
    checkTime("ExportFromTime", millis(from), table, now);
    if (millis(to) > now) {
      throw invalidTime(
          "Incremental export period to time cannot be greater than the current time : %s",
          Instant.ofEpochMilli(millis(to)));
    }
    Duration window = Duration.ofMillis(millis(to) - millis(from));
    boolean shorter = window.compareTo(SHORTEST) < 0;
    if (shorter || window.compareTo(LONGEST) > 0) {
      throw invalidTime(
          "Difference between export period from time and export period to time is %s",
          shorter ? "less than 15 minutes" : "greater than 24 hours");
    }
    ObjectNode specification = job.putObject("IncrementalExportSpecification");
    specification.put("ExportFromTime", from).put("ExportToTime", to);
    specification.put("ExportViewType", increment.text("ExportViewType", "NEW_AND_OLD_IMAGES"));
  }

  private static long millis(double seconds) {
    return Math.round(seconds * MILLIS);
  }

  private static void checkTime(String member, long millis, Table table, long now) {
    long earliest = ContinuousBackups.earliest(table, now);
    if (millis < earliest || millis > now) {
      throw invalidTime(
          "%s is not between EarliestRestorableDateTime %s and now",
          member, Instant.ofEpochMilli(earliest));
    }
  }

  private static EngineException invalidTime(String message, Object... arguments) {
    return new EngineException("InvalidExportTimeException", message, arguments);
  }

  private void write(ObjectNode job, Table table, Context context) throws IOException {
    Instant start = context.clock().instant();
    try (ExportFiles files = new ExportFiles(buckets, job)) {
      ObjectNode summary = Jobs.JSON.createObjectNode();
      if (job.has("ExportTime")) {
        long moment = millis(job.get("ExportTime").doubleValue());
        new Snapshot(table, history.of(table), moment).read(files::item);
        summary.put("version", "2020-06-30");
        summary.put("exportTime", text(Instant.ofEpochMilli(moment)));
      } else {
        ObjectNode increment = (ObjectNode) job.get("IncrementalExportSpecification");
        long from = millis(increment.get("ExportFromTime").doubleValue());
        long to = millis(increment.get("ExportToTime").doubleValue());
        String view = increment.get("ExportViewType").textValue();
        new Increment(history.of(table), from, to).write(view, files);
        summary.put("version", "2023-08-01");
        summary.put("exportFromTime", text(Instant.ofEpochMilli(from)));
        summary.put("exportToTime", text(Instant.ofEpochMilli(to)));
        summary.put("outputView", view);
      }
      summary.put("exportType", job.get("ExportType").textValue());
      summary.put("exportArn", job.get("ExportArn").textValue());
      summary.put("startTime", text(start));
      summary.put("endTime", text(context.clock().instant()));
      summary.put("tableArn", table.arn());
      summary.put("tableId", job.get("TableId").textValue());
      summary.put("s3Bucket", job.get("S3Bucket").textValue());
      summary.put("s3Prefix", job.path("S3Prefix").textValue());
      summary.put("s3SseAlgorithm", job.get("S3SseAlgorithm").textValue());
      summary.put("s3SseKmsKeyId", job.path("S3SseKmsKeyId").textValue());
      files.end(summary);
    }
  }

  private static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Table table(String arn, Context context) {
    if (!arn.matches("arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\\d{12}:table/[^/]+")) {
      throw arn.isEmpty() || arn.startsWith("arn:")
          ? EngineException.validation("Invalid TableArn: Invalid Table ARN")
          : EngineException.invalid("tableArn is not a valid ARN");
    }
    return context
        .database()
        .table(TableNames.of(arn))
        .filter(table -> table.arn().equals(arn))
        .orElseThrow(
            () -> new EngineException("TableNotFoundException", "Table not found: %s", arn));
  }

  /** The table of a job, if it still is the one that was meant. */
  private static Table table(ObjectNode job, Context context) {
    Table table = table(job.get("TableArn").textValue(), context);
    boolean same = table.definition().json().get("Table").get("TableId").equals(job.get("TableId"));
    if (!same || table.definition().history() < 0) {
      throw new EngineException(
          "PointInTimeRecoveryUnavailableException",
          "Point in time recovery is not enabled any more for table '%s'",
          table.name());
    }
    return table;
  }

  private Reply describe(JsonParser body, Context context) throws IOException {
    String arn = DESCRIBE.request(body).text("ExportArn");
    return Reply.of("ExportDescription", jobs.find(arn));
  }

  private Reply list(JsonParser body, Context context) throws IOException {
    Request request = LIST.request(body);
    return jobs.list("ExportSummaries", SUMMARY, request, request.integer("MaxResults"));
  }
}
