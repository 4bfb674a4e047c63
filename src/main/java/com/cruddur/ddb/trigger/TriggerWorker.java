package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.trigger.TriggerHandler.Batch;
import com.cruddur.ddb.trigger.TriggerHandler.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The trigger as a local worker: follows a table's stream and feeds the handler. */
public final class TriggerWorker {
  /** As often as Lambda's event source mapping tries. */
  private static final int TRIES = 10;

  private final TriggerHandler handler;
  private final Reports reports;
  private final InstantSource clock;
  private final StreamPoller poller;
  private final Map<String, Integer> tries = new HashMap<>();
  private long records;
  private long messages;
  private long conversations;
  private long rows;
  private final Set<String> unsettled = new HashSet<>();

  /**
   * A worker on a stream.
   *
   * @param checkpointFile where the place in the stream is kept across runs
   * @param start where to begin when there is no such file
   * @param clock what the lag is measured against
   */
  public TriggerWorker(
      DynamoDbStreamsClient streams,
      String streamArn,
      Path checkpointFile,
      StreamPoller.Start start,
      TriggerHandler handler,
      Reports reports,
      InstantSource clock) {
    this.handler = handler;
    this.reports = reports;
    this.clock = clock;
    this.poller =
        new StreamPoller(
            streams,
            streamArn,
            Checkpoints.in(checkpointFile, streamArn),
            start,
            this::take,
            reports::warn,
            Backoff.jittered());
  }

  /**
   * What was done so far.
   *
   * @param records stream records of every kind
   * @param messages new and changed messages among them
   * @param conversations how often a conversation was reconciled
   * @param rows rows written
   * @param unsettled conversations given up
   * @param lag how long ago the last batch's last message was written when it was handled; null
   *     when the stream does not say
   */
  public record Progress(
      long records, long messages, long conversations, long rows, long unsettled, Duration lag) {}

  /** Where the worker tells how it gets on. */
  public interface Reports {
    /** After each batch with messages. */
    void progress(Progress soFar);

    /** What went wrong although the worker goes on, one line. */
    void warn(String line);
  }

  /**
   * Works until {@link #stop}.
   *
   * @param once end when the stream has no more
   * @return what was done; unsettled counts what {@code check --repair} has to mend
   */
  public Progress run(boolean once) {
    if (!poller.run(once)) {
      unsettled.add("");
    }
    return progress(null);
  }

  /** Ends {@link #run} after the batch it is at; may be called by any thread. */
  public void stop() {
    poller.stop();
  }

  private Optional<String> take(List<Record> batch) {
    List<StreamChange> changes = batch.stream().map(StreamChange::of).toList();
    Batch result = handler.handle(changes);
    for (Trouble trouble : result.unworkable()) {
      giveUp("cannot be settled", trouble);
    }
    result.cacheFailures().forEach(trouble -> tell("has stale pages in the cache", trouble));
    Optional<String> again =
        Stream.concat(
                result.failed().stream().filter(this::again).map(Trouble::sequenceNumber),
                result.unfinished().stream())
            .findFirst();
    if (again.isEmpty()) {
      tries.clear();
    }
    count(changes, result, again);
    return again;
  }

  /** Whether to try a conversation again: as long as the service is down, else ten times. */
  private boolean again(Trouble trouble) {
    int tried = tries.merge(trouble.groupUuid(), 1, Integer::sum);
    if (StreamPoller.passes(trouble.cause()) || tried < TRIES) {
      if (tried == 1 || tried % TRIES == 0) {
        tell("is tried again", trouble);
      }
      return true;
    }
    giveUp("is given up; see 'ddb check " + trouble.groupUuid() + "'", trouble);
    return false;
  }

  private void giveUp(String what, Trouble trouble) {
    if (unsettled.add(trouble.groupUuid())) {
      tell(what, trouble);
    }
  }

  private void tell(String what, Trouble trouble) {
    reports.warn("conversation " + trouble.groupUuid() + " " + what + ": " + trouble.reason());
  }

  /** Records that are to come again are counted when they have come to rest. */
  private void count(List<StreamChange> changes, Batch result, Optional<String> again) {
    List<StreamChange> done =
        again
            .map(number -> changes.stream().takeWhile(c -> !c.sequenceNumber().equals(number)))
            .orElse(changes.stream())
            .toList();
    List<StreamChange> newMessages = done.stream().filter(StreamChange::isMessage).toList();
    records += done.size();
    messages += newMessages.size();
    conversations += result.settled().size();
    rows += result.rowsWritten();
    if (!newMessages.isEmpty()) {
      reports.progress(progress(newMessages.get(newMessages.size() - 1).at()));
    }
  }

  private Progress progress(Instant newest) {
    Duration lag = newest == null ? null : Duration.between(newest, clock.instant());
    return new Progress(records, messages, conversations, rows, unsettled.size(), lag);
  }
}
