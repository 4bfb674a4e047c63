package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.stream.Shard;
import com.cruddur.ddb.engine.stream.StreamRecord;
import com.cruddur.ddb.engine.stream.StreamState;
import com.cruddur.ddb.engine.stream.Streams;
import com.cruddur.ddb.engine.stream.Streams.Numbered;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** ListStreams, DescribeStream, GetShardIterator and GetRecords. */
public final class StreamOperations {
  private static final Shape ARN = Shape.string().size(37, 1024).required();
  private static final Shape LIST =
      Shape.structure()
          .member("TableName", Shape.string().size(3, 255).pattern("[a-zA-Z0-9_.-]+").orArn())
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
  private static final Reply SERVICE =
      Reply.of("PrincipalId", "dynamodb.amazonaws.com").with("Type", "Service");

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

  private Reply list(JsonParser body, Context context) throws IOException {
    Request request = LIST.request(body);
    String table = request.has("TableName") ? TableNames.of(request.text("TableName")) : null;
    String after = request.text("ExclusiveStartStreamArn", "");
    int limit = request.has("Limit") ? request.integer("Limit").intValue() : MOST;
    List<StreamState> found =
        streams.all().stream()
            .filter(stream -> table == null || stream.table().equals(table))
            .filter(stream -> stream.arn().compareTo(after) > 0)
            .toList();
    List<StreamState> shown = found.subList(0, Math.min(limit, found.size()));
    return Reply.of("Streams", shown.stream().map(StreamOperations::summary).toList())
        .with(
            "LastEvaluatedStreamArn",
            shown.size() < found.size() ? shown.get(shown.size() - 1).arn() : null);
  }

  private static Reply summary(StreamState stream) {
    return Reply.of("StreamArn", stream.arn())
        .with("TableName", stream.table())
        .with("StreamLabel", stream.label());
  }

  private Reply describe(JsonParser body, Context context) throws IOException {
    Request request = DESCRIBE.request(body);
    StreamState stream = stream(request.text("StreamArn"));
    String after = request.text("ExclusiveStartShardId");
    int limit = request.has("Limit") ? request.integer("Limit").intValue() : MOST;
    int from = after == null ? 0 : behind(stream, after);
    int to = Math.min(from + limit, stream.shards().size());
    List<Shard> shards = stream.shards().subList(from, to);
    return Reply.of(
        "StreamDescription",
        summary(stream)
            .with("StreamStatus", stream.enabled() ? "ENABLED" : "DISABLED")
            .with("StreamViewType", stream.view())
            .with("CreationRequestDateTime", stream.created() / 1000.0)
            .with("KeySchema", stream.keySchema())
            .with("Shards", shards.stream().map(StreamOperations::shown).toList())
            .with(
                "LastEvaluatedShardId",
                to < stream.shards().size() ? stream.shards().get(to - 1).id() : null));
  }

  /** Where shards go on behind one, which may have been forgotten since. */
  private static int behind(StreamState stream, String after) {
    Shard known = stream.shard(after);
    return known == null
        ? (int) stream.shards().stream().filter(each -> each.id().compareTo(after) < 0).count()
        : stream.shards().indexOf(known) + 1;
  }

  private static Reply shown(Shard shard) {
    String end =
        shard.isOpen() ? null : ShardIterator.sequence(Math.max(shard.end(), shard.base()));
    return Reply.of("ShardId", shard.id())
        .with("ParentShardId", shard.parent())
        .with(
            "SequenceNumberRange",
            Reply.of("StartingSequenceNumber", ShardIterator.sequence(shard.base()))
                .with("EndingSequenceNumber", end));
  }

  private Reply iterator(JsonParser body, Context context) throws IOException {
    Request request = ITERATOR.request(body);
    StreamState stream = stream(request.text("StreamArn"));
    Shard shard = shard(stream, request.text("ShardId"));
    long position = position(request, shard);
    ShardIterator iterator =
        new ShardIterator(stream.arn(), shard.id(), position, context.clock().millis());
    return Reply.of("ShardIterator", iterator.text());
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
          "SequenceNumber is required when ShardIteratorType is %s", type);
    }
    long sequence = ShardIterator.number(request.text("SequenceNumber"));
    if (sequence < shard.base() || sequence > streams.next(shard)) {
      throw EngineException.validation(
          "Invalid SequenceNumber: %s is not of this shard", request.text("SequenceNumber"));
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

  private Reply records(JsonParser body, Context context) throws IOException {
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
    long next =
        records.isEmpty() ? iterator.position() : records.get(records.size() - 1).sequence() + 1;
    boolean more = shard.isOpen() || next <= shard.end();
    ShardIterator further =
        new ShardIterator(stream.arn(), shard.id(), next, context.clock().millis());
    return Reply.of(
            "Records", records.stream().map(each -> shown(each, stream, shard, context)).toList())
        .with("NextShardIterator", more ? further.text() : null);
  }

  private static Reply shown(Numbered numbered, StreamState stream, Shard shard, Context context) {
    StreamRecord record = numbered.record();
    // Shards of one parent count from the same number on.
    String id =
        String.format(
            "%08x%08x%016x", stream.arn().hashCode(), shard.journal(), numbered.sequence());
    return Reply.of("eventID", id)
        .with("eventName", record.event().name())
        .with("eventVersion", "1.1")
        .with("eventSource", "aws:dynamodb")
        .with("awsRegion", context.region())
        .with("userIdentity", record.byService() ? SERVICE : null)
        .with(
            "dynamodb",
            Reply.of("ApproximateCreationDateTime", record.moment() / 1000)
                .with("Keys", record.keys())
                .with("NewImage", record.newImage())
                .with("OldImage", record.oldImage())
                .with("SequenceNumber", ShardIterator.sequence(numbered.sequence()))
                .with("SizeBytes", record.size())
                .with("StreamViewType", stream.view()));
  }

  private StreamState stream(String arn) {
    return streams
        .find(arn)
        .orElseThrow(
            () ->
                new EngineException(
                    "ResourceNotFoundException",
                    "Requested resource not found: Stream: %s not found",
                    arn));
  }

  private static Shard shard(StreamState stream, String id) {
    Shard shard = stream.shard(id);
    if (shard == null) {
      throw new EngineException(
          "ResourceNotFoundException",
          "Requested resource not found: Shard: %s in stream: %s not found",
          id,
          stream.arn());
    }
    return shard;
  }
}
