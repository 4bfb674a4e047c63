package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.trigger.Checkpoints.LATEST;
import static com.cruddur.ddb.trigger.Checkpoints.SHARD_END;

import com.cruddur.ddb.chat.Backoff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads every record of a table's stream at least once, and those of one item in their order.
 *
 * <p>A stream is a family of shards: each ends after some hours, and its children go on. A shard is
 * opened once its parent was read to the end. How far each was read is noted after the sink took
 * the records, so a crash repeats records and loses none.
 */
public final class StreamPoller {
  private static final long IDLE_MILLIS = 250;
  private static final long LOOK_AGAIN_NANOS = 30_000_000_000L;
  private static final long LOOK_AGAIN_NANOS_WITHOUT_SHARDS = 1_000_000_000L;

  /** DynamoDB may answer with no records although more follow: this often in a row is the end. */
  private static final int EMPTY_ANSWERS = 3;

  /** How often in a row the service or the sink may fail before a drain gives up. */
  private static final int TRIES = 8;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final Checkpoints checkpoints;
  private final Start start;
  private final Sink sink;
  private final Consumer<String> warnings;
  private final Backoff backoff;
  private final Map<String, Reader> open = new LinkedHashMap<>();
  private volatile boolean stopped;
  private boolean looked;
  private boolean streamOff;
  private long lookedAt;

  /**
   * A poller of one stream. The client is the caller's to close.
   *
   * @param start where to begin on a stream without checkpoints
   * @param warnings told, one line each, what went wrong although the poller goes on
   * @param backoff the pause after a failure of the service or of the sink
   */
  StreamPoller(
      DynamoDbStreamsClient streams,
      String streamArn,
      Checkpoints checkpoints,
      Start start,
      Sink sink,
      Consumer<String> warnings,
      Backoff backoff) {
    this.streams = streams;
    this.streamArn = streamArn;
    this.checkpoints = checkpoints;
    this.start = start;
    this.sink = sink;
    this.warnings = warnings;
    this.backoff = backoff;
  }

  /** Where to begin. */
  public enum Start {
    /** The oldest record that the stream still has: 24 hours. */
    TRIM_HORIZON,
    /** What comes from now on. */
    LATEST
  }

  /** Takes records, in order, one shard at a time. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes some records.
     *
     * @return the sequence number of the first one to be delivered again; empty when all is done
     */
    Optional<String> accept(List<Record> records);
  }

  /** A shard that is being read. */
  private static final class Reader {
    /** Null when a new one is needed. */
    private String iterator;

    /** Whether it begins at its end as of now, not where the checkpoint says. */
    private boolean latest;

    private boolean closed;
    private int emptyAnswers;
  }

  /**
   * Fixes where {@link #run} will begin: what is written after this is read. Without it, that is
   * when run first reads.
   */
  public void open() {
    look();
    open.forEach((shard, reader) -> reader.iterator = iterator(shard, reader));
  }

  /**
   * Reads until {@link #stop}, the end of a stream that was turned off, or, when draining, until
   * nothing more is there.
   *
   * @param drain end at the end of the stream instead of waiting for more
   * @return false when a drain gave up on records that the sink did not take
   * @throws DynamoDbException when the stream does not exist or may not be read, and, when
   *     draining, when the service fails again and again
   */
  public boolean run(boolean drain) {
    int failures = 0;
    while (!stopped) {
      boolean busy = false;
      try {
        if (lookIsDue()) {
          look();
        }
        for (String shard : List.copyOf(open.keySet())) {
          busy |= !stopped && read(shard, drain);
        }
        failures = 0;
      } catch (GaveUp e) {
        return false;
      } catch (SdkException e) {
        failures++;
        if (Thread.currentThread().isInterrupted()) {
          return true;
        }
        if (!passes(e) || (drain && failures >= TRIES)) {
          throw e;
        }
        warnings.accept("the stream cannot be read, trying again: " + e.getMessage());
        backoff.pause(failures);
        continue;
      }
      if (!busy && (drain ? atEnd() : streamOff && open.isEmpty())) {
        return true;
      }
      if (!busy) {
        idle();
      }
    }
    return true;
  }

  /** Ends {@link #run} after what it is at; may be called by any thread. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  private synchronized void idle() {
    try {
      if (!stopped) {
        wait(IDLE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  /** Whether a failure is of the moment: the network, a throttle, the service itself. */
  static boolean passes(RuntimeException failure) {
    if (failure instanceof DynamoDbException e) {
      // LimitExceededException: more than two readers of one shard.
      return e.statusCode() >= 500
          || e.isThrottlingException()
          || e instanceof LimitExceededException;
    }
    return failure instanceof SdkClientException;
  }

  /** A closed shard is no end: its iterator becomes null, and its children open. */
  private boolean atEnd() {
    return open.values().stream().allMatch(r -> !r.closed && r.emptyAnswers >= EMPTY_ANSWERS);
  }

  private boolean lookIsDue() {
    long age = System.nanoTime() - lookedAt;
    return !looked
        || age > LOOK_AGAIN_NANOS
        || (open.isEmpty() && age > LOOK_AGAIN_NANOS_WITHOUT_SHARDS);
  }

  /** Looks for shards that can be opened: those whose parent was read to its end, or is gone. */
  private void look() {
    Map<String, Shard> shards = shards();
    boolean latest = !looked && !checkpoints.found() && start == Start.LATEST;
    looked = true;
    lookedAt = System.nanoTime();
    if (latest) {
      shards.forEach((id, shard) -> checkpoints.put(id, closed(shard) ? SHARD_END : LATEST));
    }
    checkpoints.keepOnly(shards.keySet());
    open.keySet().retainAll(shards.keySet());
    shards.forEach(
        (id, shard) -> {
          String parent = shard.parentShardId();
          boolean orphan = parent == null || !shards.containsKey(parent);
          if (!checkpoints.ended(id) && (orphan || checkpoints.ended(parent))) {
            Reader reader = open.computeIfAbsent(id, i -> new Reader());
            reader.closed = closed(shard);
            reader.latest |= latest;
          }
        });
  }

  private Map<String, Shard> shards() {
    Map<String, Shard> shards = new LinkedHashMap<>();
    String last = null;
    do {
      String after = last;
      StreamDescription page =
          streams
              .describeStream(r -> r.streamArn(streamArn).exclusiveStartShardId(after))
              .streamDescription();
      page.shards().forEach(shard -> shards.put(shard.shardId(), shard));
      streamOff = page.streamStatus() == StreamStatus.DISABLED;
      last = page.lastEvaluatedShardId();
    } while (last != null);
    return shards;
  }

  private static boolean closed(Shard shard) {
    return shard.sequenceNumberRange() != null
        && shard.sequenceNumberRange().endingSequenceNumber() != null;
  }

  /** Reads one answer of a shard; true when more may be there at once. */
  private boolean read(String shard, boolean drain) {
    Reader reader = open.get(shard);
    if (reader == null) {
      return false;
    }
    GetRecordsResponse answer;
    try {
      if (reader.iterator == null) {
        reader.iterator = iterator(shard, reader);
      }
      answer = streams.getRecords(r -> r.shardIterator(reader.iterator));
    } catch (ExpiredIteratorException e) {
      reader.iterator = null;
      return true;
    } catch (TrimmedDataAccessException e) {
      warnings.accept(
          "RECORDS ARE LOST: the stream forgot a part of shard "
              + shard
              + " before it was read; run 'ddb check --repair'");
      reader.iterator = iterator(shard, ShardIteratorType.TRIM_HORIZON, null);
      return true;
    } catch (ResourceNotFoundException e) {
      warnings.accept("the stream has shard " + shard + " no more: " + e.getMessage());
      open.remove(shard);
      look();
      return false;
    }
    reader.emptyAnswers = answer.records().isEmpty() ? reader.emptyAnswers + 1 : 0;
    deliver(shard, answer.records(), drain);
    reader.iterator = answer.nextShardIterator();
    if (stopped) {
      return false;
    }
    if (reader.iterator == null) {
      checkpoints.put(shard, SHARD_END);
      open.remove(shard);
      look();
      return true;
    }
    return !answer.records().isEmpty();
  }

  /** Hands records to the sink until it has taken them all, and notes how far it came. */
  private void deliver(String shard, List<Record> records, boolean drain) {
    List<Record> left = records;
    for (int attempt = 1; !left.isEmpty() && !stopped; attempt++) {
      int taken = sink.accept(left).map(place(left)).orElse(left.size());
      if (taken > 0) {
        checkpoints.put(shard, left.get(taken - 1).dynamodb().sequenceNumber());
      }
      left = left.subList(taken, left.size());
      if (!left.isEmpty()) {
        if (drain && attempt >= TRIES) {
          throw new GaveUp();
        }
        backoff.pause(attempt);
      }
    }
  }

  private static Function<String, Integer> place(List<Record> records) {
    return number ->
        records.stream().map(r -> r.dynamodb().sequenceNumber()).toList().indexOf(number);
  }

  /** The sink did not take records, to the last try of a drain. */
  private static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private String iterator(String shard, Reader reader) {
    String position = checkpoints.of(shard);
    if (position == null || position.equals(LATEST)) {
      // Of an earlier run that read nothing yet: from the beginning, rather than lose what came.
      ShardIteratorType type =
          reader.latest ? ShardIteratorType.LATEST : ShardIteratorType.TRIM_HORIZON;
      reader.latest = false;
      return iterator(shard, type, null);
    }
    return iterator(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, position);
  }

  private String iterator(String shard, ShardIteratorType type, String position) {
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
