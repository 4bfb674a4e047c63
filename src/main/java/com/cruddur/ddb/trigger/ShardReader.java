package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.trigger.Checkpoints.LATEST;

import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The place in one shard, and the answers from there on. */
final class ShardReader {
  /** DynamoDB may answer with no records although more follow: this often in a row is the end. */
  private static final int EMPTY_ANSWERS = 3;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final String shard;
  private final Checkpoints checkpoints;
  private final Consumer<String> warnings;

  /** Null when a new one is needed, and after the last record of a closed shard. */
  private String iterator;

  /** Whether it begins at its end as of now, not where the checkpoint says. */
  private boolean latest;

  private boolean closed;
  private boolean ended;
  private int emptyAnswers;

  /**
   * A reader that begins where the checkpoints say.
   *
   * @param warnings told, in one line, of records that are lost
   */
  ShardReader(
      DynamoDbStreamsClient streams,
      String streamArn,
      String shard,
      Checkpoints checkpoints,
      Consumer<String> warnings) {
    this.streams = streams;
    this.streamArn = streamArn;
    this.shard = shard;
    this.checkpoints = checkpoints;
    this.warnings = warnings;
  }

  String shard() {
    return shard;
  }

  /** Takes note of what a look at the stream found. */
  void found(boolean isClosed, boolean beginsAtEnd) {
    closed = isClosed;
    latest |= beginsAtEnd;
  }

  /** Fixes the place where {@link #read} begins. */
  void open() {
    iterator = iterator();
  }

  /** Whether the last record of a closed shard was taken. */
  boolean ended() {
    return ended;
  }

  /** Whether nothing more is there for now. A closed shard is no end: its children open. */
  boolean atEnd() {
    return !closed && emptyAnswers >= EMPTY_ANSWERS;
  }

  /**
   * Asks for records. The same ones come again until {@link #goOn}.
   *
   * @return empty when the place had to be found again: ask again
   * @throws ResourceNotFoundException when the stream has the shard no more
   */
  Optional<GetRecordsResponse> read() {
    try {
      if (iterator == null) {
        open();
      }
      GetRecordsResponse answer = streams.getRecords(r -> r.shardIterator(iterator));
      emptyAnswers = answer.records().isEmpty() ? emptyAnswers + 1 : 0;
      return Optional.of(answer);
    } catch (ExpiredIteratorException e) {
      iterator = null;
    } catch (TrimmedDataAccessException e) {
      warnings.accept(
          "RECORDS ARE LOST: the stream forgot a part of shard "
              + shard
              + " before it was read; run 'ddb check --repair'");
      iterator = iterator(ShardIteratorType.TRIM_HORIZON, null);
    }
    return Optional.empty();
  }

  /** Moves the place behind an answer whose records were taken. */
  void goOn(GetRecordsResponse answer) {
    iterator = answer.nextShardIterator();
    ended = iterator == null;
  }

  private String iterator() {
    String position = checkpoints.of(shard);
    if (position == null || position.equals(LATEST)) {
      // Of an earlier run that read nothing yet: from the beginning, rather than lose what came.
      ShardIteratorType type = latest ? ShardIteratorType.LATEST : ShardIteratorType.TRIM_HORIZON;
      latest = false;
      return iterator(type, null);
    }
    return iterator(ShardIteratorType.AFTER_SEQUENCE_NUMBER, position);
  }

  private String iterator(ShardIteratorType type, String position) {
    return streams
        .getShardIterator(
            r ->
                r.streamArn(streamArn)
                    .shardId(shard)
                    .shardIteratorType(type)
                    .sequenceNumber(position))
        .shardIterator();
  }
}
