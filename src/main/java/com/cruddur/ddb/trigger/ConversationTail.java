package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.SdkMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The new messages of a conversation as they arrive: by the table's stream, else by polling. */
public final class ConversationTail {
  private static final long POLL_MILLIS = 1000;

  /** Clocks of writers differ: a message may come this much later than a younger one. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private static final int MOST_REMEMBERED = 10_000;
  private static final int HISTORY_PAGE = 1_000;

  private final ConversationStore store;
  private final String groupUuid;
  private final Consumer<Message> out;
  private final Consumer<String> warnings;

  /** By sort key; one that is read again, as keys that are no time are, is remembered on. */
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private final Instant begin;
  private Instant newest;
  private boolean begun;
  private volatile boolean stopped;
  private volatile StreamPoller poller;

  /**
   * A tail that begins after the newest message that is there now.
   *
   * @param out told each new message once
   * @param warnings told, one line each, what went wrong although the tail goes on
   */
  public ConversationTail(
      ConversationStore store, String groupUuid, Consumer<Message> out, Consumer<String> warnings) {
    this.store = store;
    this.groupUuid = groupUuid;
    this.out = out;
    this.warnings = warnings;
    Optional<Message> last = store.newestMessage(groupUuid);
    this.begin = last.map(Message::instant).orElse(Instant.EPOCH);
    this.newest = begin;
    last.ifPresent(message -> seen.put(message.createdAt(), true));
  }

  /**
   * Tells the messages that were there before, the oldest first.
   *
   * @param last the greatest number of them; null for no bound
   * @param since none before this moment; null for no bound
   */
  public void history(Integer last, Instant since) {
    MessageQuery query =
        new MessageQuery(
                groupUuid, last == null ? HISTORY_PAGE : last, since, begin, last == null, null)
            .consistently();
    List<Message> found = new ArrayList<>();
    do {
      Page<Message> page = store.messages(query);
      page.items().stream()
          .filter(message -> since == null || !message.instant().isBefore(since))
          .forEach(found::add);
      if (last == null) {
        found.forEach(this::tell);
        found.clear();
      }
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    } while (query != null && (last == null || found.size() < last));
    List<Message> newestFirst = found.subList(0, last == null ? 0 : Math.min(last, found.size()));
    Collections.reverse(newestFirst);
    newestFirst.forEach(this::tell);
  }

  private void tell(Message message) {
    seen.put(message.createdAt(), true);
    out.accept(message);
  }

  /**
   * Follows a stream with images of new items until {@link #stop}; from the stream's end on, asks
   * the table.
   */
  public void followStream(DynamoDbStreamsClient streams, String streamArn) {
    poller =
        new StreamPoller(
            streams,
            streamArn,
            Checkpoints.inMemory(),
            StreamPoller.Start.LATEST,
            this::take,
            warnings,
            Backoff.jittered());
    try {
      // What came between the newest message and the stream's beginning is only in the table.
      poller.open();
      readTable();
      if (!stopped) {
        poller.run(false);
      }
    } catch (ResourceNotFoundException e) {
      // The stream, or the table: asking the table tells.
    }
    if (!stopped && !Thread.currentThread().isInterrupted()) {
      warnings.accept("the table's stream has ended: asking the table once a second");
      pollTable();
    }
  }

  /** Asks the table once a second, until {@link #stop}. */
  public void pollTable() {
    Outage outage = new Outage("the table cannot be read", warnings);
    for (int failures = 0; !stopped; ) {
      try {
        readTable();
        failures = 0;
        outage.ended();
        Thread.sleep(POLL_MILLIS);
      } catch (SdkException e) {
        if (!StreamPoller.passes(e)) {
          throw e;
        }
        outage.failed(SdkMessages.of(e));
        Backoff.jittered().pause(++failures);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Ends following and polling; may be called by any thread. */
  public void stop() {
    stopped = true;
    StreamPoller running = poller;
    if (running != null) {
      running.stop();
    }
  }

  private Optional<String> take(List<Record> records) {
    for (Record record : records) {
      Map<String, AttributeValue> image = record.dynamodb().newImage();
      boolean ours = StreamChange.of(record).pk().equals(Keys.messages(groupUuid));
      if (ours && record.eventName() == OperationType.INSERT && !image.isEmpty()) {
        show(Items.message(image));
      }
    }
    return Optional.empty();
  }

  private void readTable() {
    Instant late = newest.minus(LATE);
    Instant since = late.isBefore(begin) ? begin : late;
    MessageQuery query = new MessageQuery(groupUuid, 100, since, null, true, null).consistently();
    while (query != null) {
      Page<Message> page = store.messages(query);
      page.items().forEach(begun ? this::show : this::begin);
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    }
    begun = true;
  }

  /**
   * A key that is no time may sort behind all others, and has stood there for who knows how long.
   */
  private void begin(Message message) {
    if (message.instant().equals(Instant.MIN)) {
      seen.put(message.createdAt(), true);
    } else {
      show(message);
    }
  }

  private void show(Message message) {
    if (seen.putIfAbsent(message.createdAt(), true) == null) {
      newest = message.instant().isAfter(newest) ? message.instant() : newest;
      out.accept(message);
    }
  }
}
