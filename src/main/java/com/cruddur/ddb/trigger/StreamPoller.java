package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.trigger.Checkpoints.LATEST;
import static com.cruddur.ddb.trigger.Checkpoints.SHARD_END;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.dynamo.SdkMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
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

  /** How often in a row the service or the sink may fail before a drain gives up. */
  private static final int TRIES = 8;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final Checkpoints checkpoints;
  private final Start start;
  private final Sink sink;
  private final Consumer<String> warnings;
  private final Outage outage;
  private final Backoff backoff;
  private final Map<String, ShardReader> open = new LinkedHashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
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
    this.outage = new Outage("the stream cannot be read", warnings);
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

  /**
   * Fixes where {@link #run} will begin: what is written after this is read. Without it, that is
   * when run first reads.
   */
  public void open() {
    look();
    open.values().forEach(ShardReader::open);
  }

  /**
   * Reads until {@link #stop}, the end of a stream that was turned off, or, when draining, until
   * nothing more is there.
   *
   * @param drain end at the end of the stream instead of waiting for more
   * @return false when a drain gave up on records that the sink did not take
   * @throws ResourceNotFoundException when the stream does not exist, or no longer
   * @throws DynamoDbException when it may not be read, and, when draining, when the service fails
   *     again and again
   */
  public boolean run(boolean drain) {
    int failures = 0;
    while (!stopped()) {
      boolean busy = false;
      try {
        if (lookIsDue()) {
          look();
        }
        for (ShardReader reader : List.copyOf(open.values())) {
          busy |= !stopped() && open.containsKey(reader.shard()) && read(reader, drain);
        }
        failures = 0;
        outage.ended();
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
        outage.failed(SdkMessages.of(e));
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
  public void stop() {
    stop.countDown();
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void idle() {
    try {
      stop.await(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
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

  private boolean atEnd() {
    return open.values().stream().allMatch(ShardReader::atEnd);
  }

  private boolean lookIsDue() {
    long age = System.nanoTime() - lookedAt;
    return !looked
        || age > LOOK_AGAIN_NANOS
        || (open.isEmpty() && age > LOOK_AGAIN_NANOS_WITHOUT_SHARDS);
  }

  /** Looks for shards that can be opened: those whose parent was read to its end, or is gone. */
  private void look() {
    StreamShards shards = StreamShards.of(streams, streamArn);
    boolean latest = !looked && !checkpoints.found() && start == Start.LATEST;
    looked = true;
    lookedAt = System.nanoTime();
    streamOff = shards.off();
    if (latest) {
      shards.ids().forEach(id -> checkpoints.put(id, shards.closed(id) ? SHARD_END : LATEST));
    }
    checkpoints.keepOnly(shards.ids());
    open.keySet().retainAll(shards.ids());
    for (String id : shards.ids()) {
      if (shards.canBeOpened(id, checkpoints)) {
        open.computeIfAbsent(
                id, i -> new ShardReader(streams, streamArn, id, checkpoints, warnings))
            .found(shards.closed(id), latest);
      }
    }
  }

  /** Reads one answer of a shard; true when more may be there at once. */
  private boolean read(ShardReader reader, boolean drain) {
    Optional<GetRecordsResponse> answer;
    try {
      answer = reader.read();
    } catch (ResourceNotFoundException e) {
      warnings.accept("the stream has shard " + reader.shard() + " no more: " + SdkMessages.of(e));
      open.remove(reader.shard());
      look();
      return false;
    }
    if (answer.isEmpty()) {
      return true;
    }
    deliver(reader.shard(), answer.get().records(), drain);
    reader.goOn(answer.get());
    if (stopped()) {
      return false;
    }
    if (reader.ended()) {
      checkpoints.put(reader.shard(), SHARD_END);
      open.remove(reader.shard());
      look();
      return true;
    }
    return !answer.get().records().isEmpty();
  }

  /** Hands records to the sink until it has taken them all, and notes how far it came. */
  private void deliver(String shard, List<Record> records, boolean drain) {
    List<Record> left = records;
    for (int attempt = 1; !left.isEmpty() && !stopped(); attempt++) {
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
}
