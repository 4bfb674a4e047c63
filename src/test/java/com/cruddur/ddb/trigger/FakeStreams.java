package com.cruddur.ddb.trigger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A stream whose shards split and end as told, at the moment of a test. */
final class FakeStreams implements DynamoDbStreamsClient {
  /** Shards of an answer, so that there are more pages than one. */
  private static final int PAGE = 2;

  /** Records of an answer. */
  private static final int RECORDS = 3;

  private final Map<String, FakeShard> shards = new LinkedHashMap<>();

  /** Thrown by the next getRecords, one each. */
  final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  StreamStatus status = StreamStatus.ENABLED;
  int emptyAnswersFirst;
  final List<String> iteratorTypes = new ArrayList<>();

  private static final class FakeShard {
    String parent;
    boolean closed;
    final List<Record> records = new ArrayList<>();
  }

  synchronized void open(String shard, String parent) {
    FakeShard made = new FakeShard();
    made.parent = parent;
    shards.put(shard, made);
  }

  synchronized void close(String shard) {
    shards.get(shard).closed = true;
  }

  synchronized void forget(String shard) {
    shards.remove(shard);
  }

  synchronized void put(String shard, String pk, long sequence) {
    shards
        .get(shard)
        .records
        .add(
            Record.builder()
                .eventName(OperationType.INSERT)
                .dynamodb(
                    d ->
                        d.sequenceNumber(Long.toString(sequence))
                            .keys(
                                Map.of(
                                    "pk",
                                    software.amazon.awssdk.services.dynamodb.model.AttributeValue
                                        .fromS(pk),
                                    "sk",
                                    software.amazon.awssdk.services.dynamodb.model.AttributeValue
                                        .fromS("2026-03-19T10:00:00.000000+00:00"))))
                .build());
  }

  @Override
  public synchronized DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    List<String> ids = new ArrayList<>(shards.keySet());
    int from = ids.indexOf(request.exclusiveStartShardId()) + 1;
    int to = Math.min(from + PAGE, ids.size());
    return DescribeStreamResponse.builder()
        .streamDescription(
            d ->
                d.streamStatus(status)
                    .shards(ids.subList(from, to).stream().map(this::shard).toList())
                    .lastEvaluatedShardId(to < ids.size() ? ids.get(to - 1) : null))
        .build();
  }

  private Shard shard(String id) {
    FakeShard shard = shards.get(id);
    return Shard.builder()
        .shardId(id)
        .parentShardId(shard.parent)
        .sequenceNumberRange(
            r -> r.startingSequenceNumber("0").endingSequenceNumber(shard.closed ? "9" : null))
        .build();
  }

  @Override
  public synchronized GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    List<Record> records = shards.get(request.shardId()).records;
    iteratorTypes.add(request.shardId() + " " + request.shardIteratorType());
    long from =
        switch (request.shardIteratorType()) {
          case TRIM_HORIZON -> 0;
          case LATEST -> records.size();
          case AFTER_SEQUENCE_NUMBER ->
              records.stream()
                  .filter(
                      r ->
                          Long.parseLong(r.dynamodb().sequenceNumber())
                              <= Long.parseLong(request.sequenceNumber()))
                  .count();
          default -> throw new IllegalArgumentException(request.toString());
        };
    return GetShardIteratorResponse.builder().shardIterator(request.shardId() + "/" + from).build();
  }

  @Override
  public synchronized GetRecordsResponse getRecords(GetRecordsRequest request) {
    RuntimeException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    String[] iterator = request.shardIterator().split("/");
    FakeShard shard = shards.get(iterator[0]);
    int from = Integer.parseInt(iterator[1]);
    if (emptyAnswersFirst > 0) {
      emptyAnswersFirst--;
      return GetRecordsResponse.builder()
          .records(List.of())
          .nextShardIterator(request.shardIterator())
          .build();
    }
    int to = Math.min(from + RECORDS, shard.records.size());
    boolean ended = shard.closed && to == shard.records.size();
    return GetRecordsResponse.builder()
        .records(shard.records.subList(from, to))
        .nextShardIterator(ended ? null : iterator[0] + "/" + to)
        .build();
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}
}
