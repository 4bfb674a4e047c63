package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.trigger.MessageTable.ANDREW;
import static com.cruddur.ddb.trigger.MessageTable.BAYKO;
import static com.cruddur.ddb.trigger.MessageTable.GROUP;
import static com.cruddur.ddb.trigger.MessageTable.LONDO;
import static com.cruddur.ddb.trigger.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.trigger.StreamPoller.Start;
import com.cruddur.ddb.trigger.TriggerWorker.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class TriggerWorkerTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";

  @TempDir Path directory;

  private final MessageTable table = new MessageTable();
  private final DynamoDbStreamsClient streams = table.streams();
  private final List<Progress> progress = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @AfterEach
  void close() {
    streams.close();
    table.close();
  }

  @Test
  void onceDrainsTheStreamTellsLagAndCountsAndGoesOnAfterARestart() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.put(GROUP, BAYKO, T1, "hi");
    TriggerHandler handler = new TriggerHandler(table.reconciler, group -> {});

    Progress first = worker(handler).run(true);

    assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("hi");
    // Three of the start, the message, and two of each row's move.
    assertThat(first).isEqualTo(new Progress(8, 2, 1, 2, 0, null));
    // Of the record, not of the message, which may be years old.
    assertThat(progress.get(0).lag()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
    assertThat(worker(handler).run(true).records()).isZero();
    assertThat(warnings).isEmpty();
  }

  @Test
  void followingMovesRowsWithinTwoSecondsOfAnUnseenWrite() throws InterruptedException {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    TriggerWorker worker = worker(new TriggerHandler(table.reconciler, group -> {}));
    Thread thread = new Thread(() -> worker.run(false));
    thread.start();
    Thread.sleep(1000);

    String text = "at " + Timestamps.format(Instant.now());
    table.put(GROUP, BAYKO, Timestamps.format(Instant.now()), text);
    long put = System.nanoTime();
    while (!table.list(ANDREW).get(0).message().equals(text)
        && System.nanoTime() - put < 10_000_000_000L) {
      Thread.sleep(20);
    }
    long took = (System.nanoTime() - put) / 1_000_000;
    worker.stop();
    thread.join(5000);

    assertThat(took).isLessThan(2000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void oneConversationThatNeverSettlesHoldsUpNoOther() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.start(OTHER_GROUP, LONDO, BAYKO, "2026-03-19T10:00:00.000001+00:00", "other");
    table.put(OTHER_GROUP, LONDO, T1, "never");
    table.put(GROUP, BAYKO, "2026-03-19T10:00:02.000000+00:00", "hi");
    FaultyStore faulty = new FaultyStore(table.store);
    faulty.failAlways(OTHER_GROUP);
    TriggerHandler handler = new TriggerHandler(new Reconciler(faulty, attempt -> {}), group -> {});

    Progress end = worker(handler).run(true);

    assertThat(end.unsettled()).isPositive();
    assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("hi");
    assertThat(warnings).anyMatch(w -> w.contains(OTHER_GROUP) && w.contains("tried again"));
  }

  private TriggerWorker worker(TriggerHandler handler) {
    TriggerWorker.Reports reports =
        new TriggerWorker.Reports() {
          @Override
          public void progress(Progress soFar) {
            progress.add(soFar);
          }

          @Override
          public void warn(String line) {
            warnings.add(line);
          }
        };
    return new TriggerWorker(
        streams,
        table.streamArn(),
        directory.resolve("checkpoints"),
        Start.TRIM_HORIZON,
        handler,
        reports,
        InstantSource.system());
  }
}
