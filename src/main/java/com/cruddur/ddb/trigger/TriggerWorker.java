package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.trigger.TriggerHandler.Batch;
import com.cruddur.ddb.trigger.TriggerHandler.GroupFailure;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The trigger as a local worker: follows a table's stream and feeds the handler. */
public final class TriggerWorker {
  /** As often as Lambda's event source mapping tries. */
  private static final int TRIES = 10;

  /** How often a table without a stream is asked for one. */
  private static final int ASKED = 60;

  private static final long PAUSE_MILLIS = 1000;

  private final TriggerHandler handler;
  private final Reports reports;
  private final InstantSource clock;
  private final DynamoDbStreamsClient streams;
  private final Supplier<Optional<Source>> sources;
  private final StreamPoller.Start start;
  private final Outage outage;
  private final long pauseMillis;
  private volatile StreamPoller poller;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Map<String, Integer> tries = new HashMap<>();
  private long records;
  private long messages;
  private long conversations;
  private long rows;
  private final Set<String> unsettled = new HashSet<>();

  /**
   * A stream to follow.
   *
   * @param checkpoints the file where the place in it is kept across runs
   */
  public record Source(String arn, Path checkpoints) {}

  /** The table has no stream, or none any more. */
  public static final class NoStreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoStreamException(String message) {
      super(message);
    }
  }

  /**
   * A worker on a table's stream.
   *
   * @param sources asked for the table's stream, at the beginning and when one has ended; empty
   *     when there is none at the moment
   * @param start where to begin in the first stream when there is no file
   * @param clock what the lag is measured against
   */
  public TriggerWorker(
      DynamoDbStreamsClient streams,
      Supplier<Optional<Source>> sources,
      StreamPoller.Start start,
      TriggerHandler handler,
      Reports reports,
      InstantSource clock) {
    this(streams, sources, start, handler, reports, clock, PAUSE_MILLIS);
  }

  TriggerWorker(
      DynamoDbStreamsClient streams,
      Supplier<Optional<Source>> sources,
      StreamPoller.Start start,
      TriggerHandler handler,
      Reports reports,
      InstantSource clock,
      long pauseMillis) {
    this.pauseMillis = pauseMillis;
    this.streams = streams;
    this.sources = sources;
    this.start = start;
    this.handler = handler;
    this.reports = reports;
    this.clock = clock;
    this.outage = new Outage("conversations cannot be settled", reports::warn);
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
   * Works until {@link #stop}. When the table gets another stream, or is made again, it follows
   * that one from its beginning.
   *
   * @param once end when the stream has no more
   * @return what was done; unsettled counts what {@code check --repair} has to repair
   * @throws NoStreamException when the stream has ended and a minute later there is no other
   */
  public Progress run(boolean once) {
    Source source = sources.get().orElseThrow(() -> new NoStreamException("has no stream"));
    follow(source, start, once);
    while (!once && !stopped()) {
      reports.warn("the stream has ended: waiting for the table's next one");
      source = next(source);
      if (!stopped()) {
        reports.warn("the table has another stream: following it from its beginning");
        follow(source, StreamPoller.Start.TRIM_HORIZON, false);
      }
    }
    return progress(null);
  }

  private void follow(Source source, StreamPoller.Start from, boolean once) {
    poller =
        new StreamPoller(
            streams,
            source.arn(),
            Checkpoints.in(source.checkpoints(), source.arn()),
            from,
            this::take,
            reports::warn,
            Backoff.jittered());
    if (stopped()) {
      return;
    }
    try {
      if (!poller.run(once)) {
        unsettled.add("");
      }
    } catch (ResourceNotFoundException e) {
      if (once) {
        throw e;
      }
    }
  }

  /** The stream after one that has ended; the same one only when the worker is stopped. */
  private Source next(Source ended) {
    for (int asked = 0; !stopped() && asked < ASKED; asked++) {
      Optional<Source> now = sources.get().filter(other -> !other.arn().equals(ended.arn()));
      if (now.isPresent()) {
        return now.get();
      }
      rest();
    }
    if (!stopped()) {
      throw new NoStreamException("has lost its stream, and got no other within a minute");
    }
    return ended;
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void rest() {
    try {
      stop.await(pauseMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  /** Ends {@link #run} after the batch it is at; may be called by any thread. */
  public void stop() {
    stop.countDown();
    StreamPoller running = poller;
    if (running != null) {
      running.stop();
    }
  }

  private Optional<String> take(List<Record> batch) {
    List<StreamChange> changes = batch.stream().map(StreamChange::of).toList();
    Batch result = handler.handle(changes);
    for (GroupFailure trouble : result.unworkable()) {
      giveUp("cannot be settled", trouble);
    }
    result.cacheFailures().forEach(trouble -> tell("has stale pages in the cache", trouble));
    Optional<String> again =
        Stream.concat(
                result.failed().stream().filter(this::again).map(GroupFailure::sequenceNumber),
                result.unfinished().stream())
            .findFirst();
    if (again.isEmpty()) {
      tries.clear();
      outage.ended();
    }
    count(changes, result, again);
    return again;
  }

  /** Whether to try a conversation again: as long as the service is down, else ten times. */
  private boolean again(GroupFailure trouble) {
    if (StreamPoller.passes(trouble.cause())) {
      outage.failed(trouble.reason());
      return true;
    }
    int tried = tries.merge(trouble.groupUuid(), 1, Integer::sum);
    if (tried < TRIES) {
      if (tried == 1) {
        tell("is tried again", trouble);
      }
      return true;
    }
    giveUp("is given up; see 'ddb check " + trouble.groupUuid() + "'", trouble);
    return false;
  }

  private void giveUp(String what, GroupFailure trouble) {
    if (unsettled.add(trouble.groupUuid())) {
      tell(what, trouble);
    }
  }

  private void tell(String what, GroupFailure trouble) {
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
