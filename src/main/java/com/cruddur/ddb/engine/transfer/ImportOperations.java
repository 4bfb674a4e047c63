package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.operations.TableOperations;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** ImportTable, DescribeImport, ListImports: files of a bucket into a new table. */
final class ImportOperations {
  private static final Shape SOURCE =
      Shape.structure()
          .member("S3Bucket", Buckets.name())
          .member("S3KeyPrefix", Shape.string().size(0, 1024))
          .member("S3BucketOwner", Shape.string())
          .required();
  private static final Shape CSV =
      Shape.structure()
          .member("Delimiter", Shape.string().size(1, 1).pattern("[,;:|\\t ]+"))
          .member("HeaderList", Shape.list(Shape.string().size(1, 65_536)).size(1, 255));
  private static final Shape IMPORT =
      Shape.structure()
          .member("ClientToken", Shape.string())
          .member("S3BucketSource", SOURCE)
          .member("InputFormat", Shape.string().oneOf("DYNAMODB_JSON", "ION", "CSV").required())
          .member("InputFormatOptions", Shape.structure().member("Csv", CSV))
          .member("InputCompressionType", Shape.string().oneOf("ZSTD", "NONE", "GZIP"))
          .member("TableCreationParameters", TableOperations.createShape().required());
  private static final Shape DESCRIBE =
      Shape.structure().member("ImportArn", Shape.string().required());
  private static final Shape LIST =
      Shape.structure()
          .member("TableArn", Shape.string().size(1, 1024))
          .member("PageSize", Shape.integer().range(1, 25))
          .member("NextToken", Shape.string());
  private static final List<String> SUMMARY =
      List.of(
          "ImportArn",
          "ImportStatus",
          "TableArn",
          "S3BucketSource",
          "InputFormat",
          "StartTime",
          "EndTime");
  private static final List<String> PARAMETERS =
      List.of(
          "TableName",
          "AttributeDefinitions",
          "KeySchema",
          "BillingMode",
          "ProvisionedThroughput",
          "OnDemandThroughput",
          "SSESpecification",
          "GlobalSecondaryIndexes");

  private final Jobs jobs;
  private final Buckets buckets;
  private final Streams streams;

  ImportOperations(Jobs jobs, Buckets buckets, Streams streams) {
    this.jobs = jobs;
    this.buckets = buckets;
    this.streams = streams;
  }

  Map<String, Operation> all() {
    return Map.of(
        "ImportTable", this::importTable,
        "DescribeImport", this::describe,
        "ListImports", this::list);
  }

  private Reply importTable(JsonParser body, Context context) throws IOException {
    Request request = IMPORT.request(body);
    ObjectNode job =
        jobs.start(request, () -> begin(request, context), running -> load(running, context));
    return Reply.of("ImportTableDescription", job);
  }

  /** Makes the table, which nobody can use before the end. */
  private ObjectNode begin(Request request, Context context) {
    String format = request.text("InputFormat");
    Request options = request.structure("InputFormatOptions");
    if (options != null && options.has("Csv") && !format.equals("CSV")) {
      throw EngineException.validation(
          "Invalid Request: Unsupported InputFormatOptions for the given input format: %s.",
          format);
    }
    Request parameters = request.structure("TableCreationParameters");
    Table table = TableOperations.create(parameters, context, streams, "CREATING");
    ObjectNode job = Jobs.JSON.createObjectNode();
    job.put("ImportArn", table.arn() + "/import/" + Jobs.newId(context.clock().millis()));
    job.put("TableArn", table.arn());
    job.put("TableId", table.definition().json().get("Table").get("TableId").textValue());
    job.set("S3BucketSource", TableOperations.tree(request.structure("S3BucketSource")));
    job.put("InputFormat", format);
    job.put("InputCompressionType", request.text("InputCompressionType", "NONE"));
    if (options != null) {
      job.set("InputFormatOptions", TableOperations.tree(options));
    }
    if (request.has("ClientToken")) {
      job.put("ClientToken", request.text("ClientToken"));
    }
    ObjectNode made = (ObjectNode) TableOperations.tree(parameters);
    job.set("TableCreationParameters", made.retain(PARAMETERS));
    return job;
  }

  private void load(ObjectNode job, Context context) throws IOException {
    Table table = table(job, context.database());
    if (table == null) {
      throw new EngineException("ResourceNotFoundException", "The table was deleted meanwhile.");
    }
    ImportedFiles files = new ImportedFiles(job, table, context.database());
    boolean loaded = false;
    try {
      files.load(buckets);
      loaded = true;
    } finally {
      if (!loaded) {
        dropUnfinished(context.database(), job);
      }
    }
    finish(job, context.database());
    files.end();
  }

  private static Table table(ObjectNode job, Database database) {
    String arn = job.get("TableArn").textValue();
    return database
        .table(arn.substring(arn.lastIndexOf('/') + 1))
        .filter(table -> described(table).get("TableId").equals(job.get("TableId")))
        .orElse(null);
  }

  private static ObjectNode described(Table table) {
    return (ObjectNode) table.definition().json().get("Table");
  }

  private static void finish(ObjectNode job, Database database) {
    database.<Void>write(
        transaction -> {
          Table table = table(job, database);
          if (table != null) {
            ObjectNode definition = table.definition().copy();
            ((ObjectNode) definition.get("Table")).put("TableStatus", "ACTIVE");
            transaction.define(TableDefinition.of(definition));
          }
          return null;
        });
  }

  /** Drops the table of an import that did not come to its end. */
  static void dropUnfinished(Database database, ObjectNode job) {
    database.<Void>write(
        transaction -> {
          Table table = table(job, database);
          if (table != null && described(table).get("TableStatus").textValue().equals("CREATING")) {
            transaction.drop(table.definition());
          }
          return null;
        });
  }

  private Reply describe(JsonParser body, Context context) throws IOException {
    String arn = DESCRIBE.request(body).text("ImportArn");
    return Reply.of("ImportTableDescription", jobs.find(arn));
  }

  private Reply list(JsonParser body, Context context) throws IOException {
    Request request = LIST.request(body);
    return jobs.list("ImportSummaryList", SUMMARY, request, request.integer("PageSize"));
  }
}
