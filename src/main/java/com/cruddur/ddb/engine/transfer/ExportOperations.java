package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * ExportTableToPointInTime, DescribeExport, ListExports. An export holds the table as it is when it
 * runs: the engine keeps no history.
 */
final class ExportOperations {
  private static final Shape EXPORT =
      Shape.structure()
          .member("TableArn", Shape.string().size(1, 1024).required())
          .member("S3Bucket", Shape.string().size(1, 255).required())
          .member("S3Prefix", Shape.string().size(0, 1024))
          .member("ExportTime", Shape.number())
          .member("ClientToken", Shape.string())
          .member("ExportFormat", Shape.string().oneOf("DYNAMODB_JSON", "ION"))
          .member("ExportType", Shape.string().oneOf("FULL_EXPORT", "INCREMENTAL_EXPORT"));
  private static final Shape DESCRIBE =
      Shape.structure().member("ExportArn", Shape.string().size(37, 1024).required());
  private static final Shape LIST =
      Shape.structure().member("TableArn", Shape.string().size(1, 1024));
  private static final double MILLIS = 1000.0;

  private final Jobs jobs;
  private final Buckets buckets;

  ExportOperations(Jobs jobs, Buckets buckets) {
    this.jobs = jobs;
    this.buckets = buckets;
  }

  Map<String, Operation> all() {
    return Map.of(
        "ExportTableToPointInTime", this::export,
        "DescribeExport", this::describe,
        "ListExports", this::list);
  }

  private void export(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = EXPORT.request(body);
    Table table = table(request.text("TableArn"), context);
    if (!table.definition().json().has(ContinuousBackups.SINCE)) {
      throw new EngineException(
          "PointInTimeRecoveryUnavailableException",
          "Point in time recovery is not enabled for table '" + table.name() + "'");
    }
    if (request.text("ExportFormat", "DYNAMODB_JSON").equals("ION")
        || request.text("ExportType", "FULL_EXPORT").equals("INCREMENTAL_EXPORT")) {
      throw EngineException.validation(
          "This engine exports whole tables as DYNAMODB_JSON; it writes no ION and no increments");
    }
    Instant now = context.clock().instant();
    String id = String.format("%014d-%08x", now.toEpochMilli(), System.nanoTime() & 0xFFFFFFFFL);
    ObjectNode description = Jobs.JSON.createObjectNode();
    description.put("ExportArn", table.arn() + "/export/" + id);
    description.put(
        "ExportTime",
        request.has("ExportTime") ? request.number("ExportTime") : now.toEpochMilli() / MILLIS);
    description.put("ExportFormat", "DYNAMODB_JSON").put("ExportType", "FULL_EXPORT");
    description.put("TableArn", table.arn());
    description.put("TableId", table.definition().json().get("Table").get("TableId").textValue());
    description.put("S3Bucket", request.text("S3Bucket"));
    description.put("S3SseAlgorithm", "AES256");
    for (String member : new String[] {"S3Prefix", "ClientToken"}) {
      if (request.has(member)) {
        description.put(member, request.text(member));
      }
    }
    String prefix = request.text("S3Prefix", "").replaceFirst("/+$", "");
    String folder = (prefix.isEmpty() ? "" : prefix + "/") + "AWSDynamoDB/" + id;
    buckets.file(request.text("S3Bucket"), folder);
    Jobs.write(
        out,
        "ExportDescription",
        jobs.start(description, running -> write(running, table, folder, id, context)));
  }

  private void write(ObjectNode description, Table table, String folder, String id, Context context)
      throws IOException {
    String bucket = description.get("S3Bucket").textValue();
    ExportFiles files = new ExportFiles(buckets, bucket, folder);
    Instant start = context.clock().instant();
    context
        .database()
        .<Void>read(
            () -> {
              try {
                files.writeData(table, id);
                return null;
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            });
    ObjectNode summary = Jobs.JSON.createObjectNode();
    summary.put("version", "2020-06-30");
    summary.put("exportArn", description.get("ExportArn").textValue());
    summary.put("startTime", start.truncatedTo(ChronoUnit.MILLIS).toString());
    summary.put("endTime", context.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString());
    summary.put("tableArn", table.arn());
    summary.put("tableId", description.get("TableId").textValue());
    summary.put("exportTime", start.truncatedTo(ChronoUnit.MILLIS).toString());
    summary.put("s3Bucket", bucket);
    summary.put("s3Prefix", description.path("S3Prefix").textValue());
    summary.put("s3SseAlgorithm", "AES256");
    summary.putNull("s3SseKmsKeyId");
    description.put("ExportManifest", files.writeManifests(summary));
    description.put("BilledSizeBytes", files.bytes()).put("ItemCount", files.items());
  }

  private static Table table(String arn, Context context) {
    return context
        .database()
        .table(arn.substring(arn.lastIndexOf('/') + 1))
        .filter(table -> table.arn().equals(arn) || table.name().equals(arn))
        .orElseThrow(
            () -> new EngineException("TableNotFoundException", "Table not found: " + arn));
  }

  private void describe(JsonParser body, Context context, JsonGenerator out) throws IOException {
    String arn = DESCRIBE.request(body).text("ExportArn");
    Jobs.write(out, "ExportDescription", jobs.find(arn));
  }

  private void list(JsonParser body, Context context, JsonGenerator out) throws IOException {
    String arn = LIST.request(body).text("TableArn");
    out.writeStartObject();
    out.writeArrayFieldStart("ExportSummaries");
    for (ObjectNode job : jobs.all()) {
      if (arn == null || job.get("TableArn").textValue().equals(arn)) {
        out.writeStartObject();
        for (String member : new String[] {"ExportArn", "ExportStatus", "ExportType"}) {
          out.writeStringField(member, job.get(member).textValue());
        }
        out.writeEndObject();
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
