package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.trigger.StreamPoller.Start;
import com.cruddur.ddb.trigger.TriggerWorker.Progress;
import com.cruddur.ddb.trigger.TriggerWorker.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class TriggerWorkerTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";

  @TempDir Path directory;

  private final MessageTable table = MessageTable.withStream();
  private final DynamoDbStreamsClient streams = TestStack.streams();
  private final List<Progress> progress = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    streams.close();
    table.close();
  }

  @Test
  void onceDrainsTheStreamTellsLagAndCountsAndGoesOnAfterARestart() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.put(GROUP, BAYKO, T1, "hi");
    TriggerHandler handler = new TriggerHandler(table.reconciler(), group -> {});

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
  void followingMovesRowsOfAnUnseenWrite() throws InterruptedException {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    TriggerWorker worker = worker(new TriggerHandler(table.reconciler(), group -> {}));
    Thread thread = new Thread(() -> worker.run(false));
    thread.start();
    await(() -> !progress.isEmpty());

    table.put(GROUP, BAYKO, T1, "unseen");
    await(() -> table.list(ANDREW).get(0).message().equals("unseen"));
    worker.stop();
    thread.join();
  }

  @Test
  void oneConversationThatNeverSettlesHoldsUpNoOther() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.start(OTHER_GROUP, LONDO, BAYKO, "2026-03-19T10:00:00.000001+00:00", "other");
    table.put(OTHER_GROUP, LONDO, T1, "never");
    table.put(GROUP, BAYKO, "2026-03-19T10:00:02.000000+00:00", "hi");
    FaultyStore faulty = new FaultyStore(table.store());
    faulty.failAlways(OTHER_GROUP);
    TriggerHandler handler = new TriggerHandler(new Reconciler(faulty, attempt -> {}), group -> {});

    Progress end = worker(handler).run(true);

    assertThat(end.unsettled()).isPositive();
    assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("hi");
    assertThat(warnings).anyMatch(w -> w.contains(OTHER_GROUP) && w.contains("tried again"));
  }

  private TriggerWorker.Reports reports() {
    return new TriggerWorker.Reports() {
      @Override
      public void progress(Progress soFar) {
        progress.add(soFar);
      }

      @Override
      public void warn(String line) {
        warnings.add(line);
      }
    };
  }

  private TriggerWorker worker(TriggerHandler handler) {
    return new TriggerWorker(
        streams,
        () -> Optional.of(new Source(table.streamArn(), directory.resolve("checkpoints"))),
        Start.TRIM_HORIZON,
        handler,
        reports(),
        InstantSource.system());
  }

  @Test
  void aStreamThatIsTurnedOffAndOnIsFollowedAndSaidSo() throws InterruptedException {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    TriggerWorker worker = worker(new TriggerHandler(table.reconciler(), group -> {}));
    Thread thread = new Thread(() -> worker.run(false));
    thread.start();
    // Else it may first look when the stream is the other one already.
    await(() -> !progress.isEmpty());
    stream(false);
    stream(true);
    table.put(GROUP, BAYKO, T1, "after the change");

    // A late look at the old stream's record moves the row too: wait for the new stream as well.
    await(
        () ->
            table.list(ANDREW).get(0).message().equals("after the change")
                && warnings.stream().anyMatch(warning -> warning.contains("another stream")));
    worker.stop();
    thread.join();

    assertThat(warnings).contains("the table has another stream: following it from its beginning");
  }

  private void stream(boolean on) {
    table
        .client()
        .updateTable(
            r ->
                r.tableName(table.name())
                    .streamSpecification(
                        s -> s.streamEnabled(on).streamViewType(on ? "NEW_IMAGE" : null)));
  }

  private static void await(BooleanSupplier there) throws InterruptedException {
    while (!there.getAsBoolean()) {
      Thread.sleep(20);
    }
  }

  @Test
  void aWorkerWhoseStreamEndsAndThatFindsNoOtherFails() {
    FakeStreams ended = new FakeStreams();
    ended.status = StreamStatus.DISABLED;
    TriggerWorker worker =
        new TriggerWorker(
            ended,
            () -> Optional.of(new Source("arn", directory.resolve("checkpoints"))),
            Start.TRIM_HORIZON,
            new TriggerHandler(table.reconciler(), group -> {}),
            reports(),
            InstantSource.system(),
            1);

    assertThatThrownBy(() -> worker.run(false))
        .isInstanceOf(TriggerWorker.NoStreamException.class)
        .hasMessageContaining("got no other");

    assertThat(warnings).containsExactly("the stream has ended: waiting for the table's next one");
  }

  @Test
  void anOutageIsToldOnceAndSoIsItsEnd() {
    FakeStreams failing = new FakeStreams();
    for (int i = 0; i < 5; i++) {
      failing.failures.add(InternalServerErrorException.builder().statusCode(500).build());
    }
    failing.open("shard", null);
    failing.close("shard");
    new StreamPoller(
            failing,
            "arn",
            Checkpoints.inMemory(),
            Start.TRIM_HORIZON,
            records -> Optional.empty(),
            warnings::add,
            attempt -> {})
        .run(true);

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).startsWith("the stream cannot be read, trying again: ");
    assertThat(warnings.get(1)).startsWith("that is over after ");
  }

  @Test
  void aRowThatCannotBeMovedIsCountedAsGivenUp() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.putItem(
        "MSG#" + GROUP, T1, Map.of("message", "x".repeat(409_440), "user_uuid", BAYKO.uuid()));

    Progress end = worker(new TriggerHandler(table.reconciler(), group -> {})).run(true);

    assertThat(end.unsettled()).isEqualTo(1);
    assertThat(warnings).singleElement().asString().contains(GROUP, "cannot be settled");
  }
}
