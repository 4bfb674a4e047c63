package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.stream.Shard;
import com.cruddur.ddb.engine.stream.StreamRecord;
import com.cruddur.ddb.engine.stream.StreamState;
import com.cruddur.ddb.engine.stream.Streams;
import com.cruddur.ddb.engine.stream.Streams.Numbered;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** ListStreams, DescribeStream, GetShardIterator and GetRecords. */
public final class StreamOperations {
  private static final Shape ARN = Shape.string().size(37, 1024).required();
  private static final Shape LIST =
      Shape.structure()
          .member("TableName", Shape.string().size(1, 1024))
          .member("Limit", Shape.integer().range(1, 100))
          .member("ExclusiveStartStreamArn", Shape.string().size(37, 1024));
  private static final Shape DESCRIBE =
      Shape.structure()
          .member("StreamArn", ARN)
          .member("Limit", Shape.integer().range(1, 100))
          .member("ExclusiveStartShardId", Shape.string().size(28, 65));
  private static final Shape ITERATOR =
      Shape.structure()
          .member("StreamArn", ARN)
          .member("ShardId", Shape.string().size(28, 65).required())
          .member(
              "ShardIteratorType",
              Shape.string()
                  .oneOf("TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER")
                  .required())
          .member("SequenceNumber", Shape.string().size(21, 40));
  private static final Shape RECORDS =
      Shape.structure()
          .member("ShardIterator", Shape.string().size(1, 2048).required())
          .member("Limit", Shape.integer().range(1, 1000));
  private static final int MOST = 100;
  private static final int MOST_RECORDS = 1000;
  private static final String PRINCIPAL = "dynamodb.amazonaws.com";

  private final Streams streams;

  private StreamOperations(Streams streams) {
    this.streams = streams;
  }

  /** The operations of the streams' API by their names. */
  public static Map<String, Operation> all(Streams streams) {
    StreamOperations all = new StreamOperations(streams);
    return Map.of(
        "ListStreams", all::list,
        "DescribeStream", all::describe,
        "GetShardIterator", all::iterator,
        "GetRecords", all::records);
  }

  private void list(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = LIST.request(body);
    String table = request.text("TableName");
    String after = request.text("ExclusiveStartStreamArn", "");
    int limit = request.has("Limit") ? request.integer("Limit").intValue() : MOST;
    List<StreamState> found =
        streams.all().stream()
            .filter(stream -> table == null || stream.table().equals(table))
            .filter(stream -> stream.arn().compareTo(after) > 0)
            .toList();
    List<StreamState> shown = found.subList(0, Math.min(limit, found.size()));
    out.writeStartObject();
    out.writeArrayFieldStart("Streams");
    for (StreamState stream : shown) {
      out.writeStartObject();
      out.writeStringField("StreamArn", stream.arn());
      out.writeStringField("TableName", stream.table());
      out.writeStringField("StreamLabel", stream.label());
      out.writeEndObject();
    }
    out.writeEndArray();
    if (shown.size() < found.size()) {
      out.writeStringField("LastEvaluatedStreamArn", shown.get(shown.size() - 1).arn());
    }
    out.writeEndObject();
  }

  private void describe(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = DESCRIBE.request(body);
    StreamState stream = stream(request.text("StreamArn"));
    String after = request.text("ExclusiveStartShardId");
    int limit = request.has("Limit") ? request.integer("Limit").intValue() : MOST;
    int from = after == null ? 0 : stream.shards().indexOf(stream.shard(after)) + 1;
    int to = Math.min(from + limit, stream.shards().size());
    out.writeStartObject();
    out.writeObjectFieldStart("StreamDescription");
    out.writeStringField("StreamArn", stream.arn());
    out.writeStringField("StreamLabel", stream.label());
    out.writeStringField("StreamStatus", stream.enabled() ? "ENABLED" : "DISABLED");
    out.writeStringField("StreamViewType", stream.view());
    out.writeNumberField("CreationRequestDateTime", stream.created() / 1000.0);
    out.writeStringField("TableName", stream.table());
    out.writeFieldName("KeySchema");
    TableText.JSON.writeTree(out, stream.keySchema());
    out.writeArrayFieldStart("Shards");
    for (Shard shard : stream.shards().subList(from, to)) {
      write(out, shard);
    }
    out.writeEndArray();
    if (to < stream.shards().size()) {
      out.writeStringField("LastEvaluatedShardId", stream.shards().get(to - 1).id());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Shard shard) throws IOException {
    out.writeStartObject();
    out.writeStringField("ShardId", shard.id());
    if (shard.parent() != null) {
      out.writeStringField("ParentShardId", shard.parent());
    }
    out.writeObjectFieldStart("SequenceNumberRange");
    out.writeStringField("StartingSequenceNumber", ShardIterator.sequence(shard.base()));
    if (!shard.isOpen()) {
      out.writeStringField(
          "EndingSequenceNumber", ShardIterator.sequence(Math.max(shard.end(), shard.base())));
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void iterator(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = ITERATOR.request(body);
    StreamState stream = stream(request.text("StreamArn"));
    Shard shard = shard(stream, request.text("ShardId"));
    long position = position(request, shard);
    ShardIterator iterator =
        new ShardIterator(stream.arn(), shard.id(), position, context.clock().millis());
    out.writeStartObject();
    out.writeStringField("ShardIterator", iterator.text());
    out.writeEndObject();
  }

  private long position(Request request, Shard shard) {
    String type = request.text("ShardIteratorType");
    if (type.equals("TRIM_HORIZON")) {
      return streams.first(shard);
    }
    if (type.equals("LATEST")) {
      return streams.next(shard);
    }
    if (!request.has("SequenceNumber")) {
      throw EngineException.validation(
          "SequenceNumber is required when ShardIteratorType is " + type);
    }
    long sequence = ShardIterator.number(request.text("SequenceNumber"));
    if (sequence < shard.base() || sequence > streams.next(shard)) {
      throw EngineException.validation(
          "Invalid SequenceNumber: " + request.text("SequenceNumber") + " is not of this shard");
    }
    long position = type.equals("AT_SEQUENCE_NUMBER") ? sequence : sequence + 1;
    if (position < streams.first(shard)) {
      throw trimmed();
    }
    return position;
  }

  private static EngineException trimmed() {
    return new EngineException(
        "TrimmedDataAccessException",
        "The operation attempted to read past the oldest stream record in a shard. You are"
            + " attempting to access data that is trimmed.");
  }

  private void records(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = RECORDS.request(body);
    ShardIterator iterator = ShardIterator.of(request.text("ShardIterator"));
    iterator.refuseOld(context.clock().millis());
    StreamState stream = stream(iterator.stream());
    Shard shard = shard(stream, iterator.shard());
    if (iterator.position() < streams.first(shard)) {
      throw trimmed();
    }
    int limit = request.has("Limit") ? request.integer("Limit").intValue() : MOST_RECORDS;
    List<Numbered> records = streams.read(shard, iterator.position(), limit);
    out.writeStartObject();
    out.writeArrayFieldStart("Records");
    for (Numbered each : records) {
      write(out, each, stream, context);
    }
    out.writeEndArray();
    long next =
        records.isEmpty() ? iterator.position() : records.get(records.size() - 1).sequence() + 1;
    if (shard.isOpen() || next <= shard.end()) {
      ShardIterator further =
          new ShardIterator(stream.arn(), shard.id(), next, context.clock().millis());
      out.writeStringField("NextShardIterator", further.text());
    }
    out.writeEndObject();
  }

  private static void write(
      JsonGenerator out, Numbered numbered, StreamState stream, Context context)
      throws IOException {
    StreamRecord record = numbered.record();
    out.writeStartObject();
    out.writeStringField(
        "eventID",
        String.format("%016x%016x", stream.arn().hashCode() & 0xFFFFFFFFL, numbered.sequence()));
    out.writeStringField("eventName", record.event().name());
    out.writeStringField("eventVersion", "1.1");
    out.writeStringField("eventSource", "aws:dynamodb");
    out.writeStringField("awsRegion", context.region());
    if (record.byService()) {
      out.writeObjectFieldStart("userIdentity");
      out.writeStringField("PrincipalId", PRINCIPAL);
      out.writeStringField("Type", "Service");
      out.writeEndObject();
    }
    out.writeObjectFieldStart("dynamodb");
    out.writeNumberField("ApproximateCreationDateTime", record.moment() / 1000);
    write(out, "Keys", record.keys());
    write(out, "NewImage", record.newImage());
    write(out, "OldImage", record.oldImage());
    out.writeStringField("SequenceNumber", ShardIterator.sequence(numbered.sequence()));
    out.writeNumberField("SizeBytes", record.size());
    out.writeStringField("StreamViewType", stream.view());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String member, Item item) throws IOException {
    if (item != null) {
      out.writeFieldName(member);
      ItemJson.write(out, item);
    }
  }

  private StreamState stream(String arn) {
    return streams
        .find(arn)
        .orElseThrow(
            () ->
                new EngineException(
                    "ResourceNotFoundException",
                    "Requested resource not found: Stream: " + arn + " not found"));
  }

  private static Shard shard(StreamState stream, String id) {
    Shard shard = stream.shard(id);
    if (shard == null) {
      throw new EngineException(
          "ResourceNotFoundException",
          "Requested resource not found: Shard: "
              + id
              + " in stream: "
              + stream.arn()
              + " not found");
    }
    return shard;
  }
}
