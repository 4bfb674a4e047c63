package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.operations.TableOperations;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** ImportTable, DescribeImport, ListImports: lines of {@code {"Item":{…}}} into a new table. */
final class ImportOperations {
  private static final Shape SOURCE =
      Shape.structure()
          .member("S3Bucket", Shape.string().size(1, 255).required())
          .member("S3KeyPrefix", Shape.string().size(0, 1024))
          .member("S3BucketOwner", Shape.string())
          .required();
  private static final Shape IMPORT =
      Shape.structure()
          .member("ClientToken", Shape.string())
          .member("S3BucketSource", SOURCE)
          .member("InputFormat", Shape.string().oneOf("DYNAMODB_JSON", "ION", "CSV").required())
          .member("InputCompressionType", Shape.string().oneOf("GZIP", "ZSTD", "NONE"))
          .member("TableCreationParameters", TableOperations.createShape().required());
  private static final Shape DESCRIBE =
      Shape.structure().member("ImportArn", Shape.string().size(37, 1024).required());
  private static final Shape LIST =
      Shape.structure().member("TableArn", Shape.string().size(1, 1024));
  private static final int ITEMS_IN_A_WRITE = 100;

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

  private void importTable(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = IMPORT.request(body);
    String compression = request.text("InputCompressionType", "NONE");
    if (!request.text("InputFormat").equals("DYNAMODB_JSON") || compression.equals("ZSTD")) {
      throw EngineException.validation(
          "This engine imports DYNAMODB_JSON, plain or GZIP; it reads no ION, CSV or ZSTD");
    }
    Request source = request.structure("S3BucketSource");
    buckets.exists(source.text("S3Bucket"));
    Table table =
        TableOperations.create(request.structure("TableCreationParameters"), context, streams);
    ObjectNode description = Jobs.JSON.createObjectNode();
    String id =
        String.format("%014d-%08x", context.clock().millis(), System.nanoTime() & 0xFFFFFFFFL);
    description.put("ImportArn", table.arn() + "/import/" + id);
    description.put("TableArn", table.arn());
    description.put("TableId", table.definition().json().get("Table").get("TableId").textValue());
    ObjectNode from = description.putObject("S3BucketSource");
    from.put("S3Bucket", source.text("S3Bucket"));
    from.put("S3KeyPrefix", source.text("S3KeyPrefix", ""));
    description.put("InputFormat", "DYNAMODB_JSON").put("InputCompressionType", compression);
    if (request.has("ClientToken")) {
      description.put("ClientToken", request.text("ClientToken"));
    }
    ObjectNode parameters = description.putObject("TableCreationParameters");
    for (String member : new String[] {"TableName", "KeySchema", "AttributeDefinitions"}) {
      parameters.set(member, table.definition().json().get("Table").get(member));
    }
    Jobs.write(
        out,
        "ImportTableDescription",
        jobs.start(description, running -> load(running, table, context)));
  }

  private void load(ObjectNode description, Table table, Context context) throws IOException {
    String bucket = description.get("S3BucketSource").get("S3Bucket").textValue();
    if (!buckets.exists(bucket)) {
      throw new EngineException("S3NoSuchBucket", "The specified bucket does not exist: " + bucket);
    }
    boolean zipped = description.get("InputCompressionType").textValue().equals("GZIP");
    String prefix = description.get("S3BucketSource").get("S3KeyPrefix").textValue();
    Counts counts = new Counts();
    for (Path file : buckets.files(bucket, prefix)) {
      try (InputStream raw = Files.newInputStream(file);
          InputStream in = zipped ? new GZIPInputStream(raw) : raw;
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        load(lines, table, context, counts);
      }
    }
    description.put("ProcessedItemCount", counts.read);
    description.put("ImportedItemCount", counts.read - counts.errors);
    description.put("ErrorCount", counts.errors);
    description.put("ProcessedSizeBytes", counts.bytes);
  }

  private static final class Counts {
    private long read;
    private long errors;
    private long bytes;
  }

  private static void load(BufferedReader lines, Table table, Context context, Counts counts)
      throws IOException {
    List<Item> some = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isBlank()) {
        continue;
      }
      counts.read++;
      counts.bytes += line.length();
      Item item = item(line);
      if (item == null || table.key().bytes(item) == null || item.size() > Item.MAX_SIZE) {
        counts.errors++;
      } else {
        some.add(item);
      }
      if (some.size() == ITEMS_IN_A_WRITE) {
        put(some, table, context);
      }
    }
    put(some, table, context);
  }

  /** The item of a line, or null. */
  private static Item item(String line) throws IOException {
    try (JsonParser parser = Jobs.JSON.getFactory().createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || !"Item".equals(parser.nextFieldName())
          || parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      return ItemJson.read(parser);
    } catch (EngineException | JsonProcessingException refused) {
      return null;
    }
  }

  private static void put(List<Item> items, Table table, Context context) {
    List<Item> some = List.copyOf(items);
    items.clear();
    context
        .database()
        .<Void>write(
            transaction -> {
              for (Item item : some) {
                byte[] key = table.key().bytes(item);
                transaction.put(table, key, transaction.get(table, key), item);
              }
              return null;
            });
  }

  private void describe(JsonParser body, Context context, JsonGenerator out) throws IOException {
    String arn = DESCRIBE.request(body).text("ImportArn");
    Jobs.write(out, "ImportTableDescription", jobs.find(arn));
  }

  private void list(JsonParser body, Context context, JsonGenerator out) throws IOException {
    String arn = LIST.request(body).text("TableArn");
    out.writeStartObject();
    out.writeArrayFieldStart("ImportSummaryList");
    for (ObjectNode job : jobs.all()) {
      if (arn == null || job.get("TableArn").textValue().equals(arn)) {
        ObjectNode summary = job.deepCopy();
        summary.retain(
            "ImportArn",
            "ImportStatus",
            "TableArn",
            "S3BucketSource",
            "InputFormat",
            "StartTime",
            "EndTime");
        Jobs.JSON.writeTree(out, summary);
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
