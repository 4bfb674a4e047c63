package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.trigger.StreamPoller.Sink;
import com.cruddur.ddb.trigger.StreamPoller.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class StreamPollerTest {
  @TempDir Path directory;

  private final FakeStreams fake = new FakeStreams();
  private final List<String> seen = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Sink sink =
      records -> {
        records.forEach(r -> seen.add(StreamChange.of(r).pk()));
        return Optional.empty();
      };

  @Test
  void parentsAreReadToTheirEndBeforeTheirChildren() {
    fake.open("child-1", "parent");
    fake.open("child-2", "parent");
    fake.open("grandchild", "child-1");
    fake.open("parent", "long-gone");
    fake.close("parent");
    fake.close("child-1");
    for (int i = 0; i < 7; i++) {
      fake.put("grandchild", "g" + i, 300 + i);
      fake.put("child-1", "c" + i, 200 + i);
      fake.put("child-2", "d" + i, 200 + i);
      fake.put("parent", "p" + i, 100 + i);
    }

    assertThat(poller(fake, "stream", Start.TRIM_HORIZON, sink).run(true)).isTrue();

    assertThat(seen).hasSize(28).doesNotHaveDuplicates();
    assertThat(seen.subList(0, 7)).allMatch(pk -> pk.startsWith("p"));
    assertThat(seen.stream().filter(pk -> pk.matches("[cg].")))
        .containsExactly(
            "c0", "c1", "c2", "c3", "c4", "c5", "c6", "g0", "g1", "g2", "g3", "g4", "g5", "g6");
  }

  @Test
  void aRestartGoesOnWhereTheSinkHadTakenRecords() throws IOException {
    fake.open("a", null);
    fake.put("a", "1", 1);
    fake.put("a", "2", 2);
    poller(fake, "stream", Start.TRIM_HORIZON, sink).run(true);
    fake.put("a", "3", 3);
    fake.close("a");
    fake.open("b", "a");
    fake.put("b", "4", 4);

    poller(fake, "stream", Start.LATEST, sink).run(true);

    assertThat(seen).containsExactly("1", "2", "3", "4");
    assertThat(Files.readString(file())).isEqualTo("stream\na SHARD_END\nb 4\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void aCrashOfTheSinkRepeatsRecordsAndLosesNone() {
    fake.open("a", null);
    for (int i = 1; i <= 5; i++) {
      fake.put("a", "" + i, i);
    }
    Sink crashing =
        records -> {
          sink.accept(records);
          if (seen.contains("4")) {
            throw new AssertionError("killed");
          }
          return Optional.empty();
        };
    assertThatThrownBy(() -> poller(fake, "stream", Start.TRIM_HORIZON, crashing).run(true))
        .hasMessage("killed");

    poller(fake, "stream", Start.TRIM_HORIZON, sink).run(true);

    assertThat(seen).containsExactly("1", "2", "3", "4", "5", "4", "5");
  }

  @Test
  void theCheckpointsOfAnotherStreamAreNoCheckpoints() {
    fake.open("a", null);
    fake.put("a", "1", 1);
    poller(fake, "old stream", Start.TRIM_HORIZON, sink).run(true);

    poller(fake, "new stream", Start.TRIM_HORIZON, sink).run(true);

    assertThat(seen).containsExactly("1", "1");
  }

  @Test
  void latestSkipsWhatWasThereAtTheFirstLookAndNothingAfterIt() {
    fake.open("a", null);
    fake.put("a", "old", 1);
    fake.close("a");
    fake.open("b", "a");
    fake.put("b", "old too", 2);
    poller(fake, "stream", Start.LATEST, sink).run(true);
    assertThat(seen).isEmpty();

    // While no poller runs: not to be skipped, so the shard is read from its beginning.
    fake.put("b", "new", 3);
    poller(fake, "stream", Start.LATEST, sink).run(true);

    assertThat(seen).containsExactly("old too", "new");
  }

  @Test
  void recordsThatTheSinkDidNotTakeComeAgain() {
    fake.open("a", null);
    fake.put("a", "1", 1);
    fake.put("a", "2", 2);
    fake.put("a", "3", 3);
    Sink failingOnce =
        records -> {
          sink.accept(records);
          return seen.size() == 3 ? Optional.of("2") : Optional.empty();
        };

    assertThat(poller(fake, "stream", Start.TRIM_HORIZON, failingOnce).run(true)).isTrue();

    assertThat(seen).containsExactly("1", "2", "3", "2", "3");
  }

  @Test
  void aDrainGivesUpOnWhatIsNeverTakenAndKeepsThePlace() throws IOException {
    fake.open("a", null);
    fake.put("a", "1", 1);
    fake.put("a", "2", 2);

    assertThat(poller(fake, "stream", Start.TRIM_HORIZON, r -> Optional.of("2")).run(true))
        .isFalse();

    assertThat(Files.readString(file())).isEqualTo("stream\na 1\n");
  }

  @Test
  void throttlesAndFailuresOfTheServiceAreWaitedOutAndAnExpiredIteratorIsReplaced() {
    fake.open("a", null);
    fake.put("a", "1", 1);
    fake.failures.add(LimitExceededException.builder().message("slow down").build());
    fake.failures.add(ExpiredIteratorException.builder().message("expired").build());
    fake.failures.add(DynamoDbException.builder().statusCode(503).message("down").build());
    fake.failures.add(SdkClientException.create("no network"));

    assertThat(poller(fake, "stream", Start.TRIM_HORIZON, sink).run(true)).isTrue();

    assertThat(seen).containsExactly("1");
    // Each outage once, and its end.
    assertThat(warnings).hasSize(4);
    assertThat(warnings.get(0)).contains("trying again: slow down");
    assertThat(warnings.get(1)).startsWith("that is over after ");
    assertThat(warnings.get(2)).contains("trying again: down");
  }

  @Test
  void aDrainEndsWithTheFailureOfAServiceThatStaysDown() {
    fake.open("a", null);
    for (int i = 0; i < 20; i++) {
      fake.failures.add(SdkClientException.create("no network"));
    }

    assertThatThrownBy(() -> poller(fake, "stream", Start.TRIM_HORIZON, sink).run(true))
        .hasMessage("no network");
  }

  @Test
  void aRefusalEndsThePoller() {
    fake.open("a", null);
    fake.failures.add(
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDenied").build())
            .message("not allowed")
            .build());

    assertThatThrownBy(() -> poller(fake, "stream", Start.TRIM_HORIZON, sink).run(false))
        .hasMessageContaining("not allowed");
  }

  @Test
  void forgottenRecordsAreToldLoudlyAndTheRestIsRead() {
    fake.open("a", null);
    fake.put("a", "2", 2);
    fake.failures.add(TrimmedDataAccessException.builder().message("trimmed").build());

    poller(fake, "stream", Start.TRIM_HORIZON, sink).run(true);

    assertThat(seen).containsExactly("2");
    assertThat(warnings).singleElement().asString().contains("RECORDS ARE LOST", "check --repair");
  }

  @Test
  void anEmptyAnswerIsNotYetTheEnd() {
    fake.open("a", null);
    fake.put("a", "1", 1);
    fake.emptyAnswersFirst = 2;

    poller(fake, "stream", Start.TRIM_HORIZON, sink).run(true);

    assertThat(seen).containsExactly("1");
  }

  @Test
  void followingEndsWhenTheStreamIsTurnedOff() {
    fake.open("a", null);
    fake.put("a", "1", 1);
    fake.close("a");
    fake.status = StreamStatus.DISABLED;

    assertThat(poller(fake, "stream", Start.TRIM_HORIZON, sink).run(false)).isTrue();

    assertThat(seen).containsExactly("1");
  }

  @Test
  void followingEndsWhenItIsStopped() throws InterruptedException {
    fake.open("a", null);
    StreamPoller poller = poller(fake, "stream", Start.TRIM_HORIZON, sink);
    Thread thread = new Thread(() -> poller.run(false));
    thread.start();

    poller.stop();

    thread.join();
  }

  @Test
  void theStreamOfTheEngineIsReadAndAnUnseenWriteFollows() {
    try (MessageTable table = MessageTable.withStream();
        DynamoDbStreamsClient streams = TestStack.streams()) {
      List<Record> records = new ArrayList<>();
      Sink all =
          batch -> {
            records.addAll(batch);
            return Optional.empty();
          };
      table.start(GROUP, ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hello");
      poller(streams, table.streamArn(), Start.TRIM_HORIZON, all).run(true);
      table.put(GROUP, BAYKO, "2026-03-19T10:00:01.000000+00:00", "hi");
      poller(streams, table.streamArn(), Start.TRIM_HORIZON, all).run(true);

      assertThat(records.stream().map(StreamChange::of).filter(StreamChange::isMessage))
          .extracting(StreamChange::sk)
          .containsExactly("2026-03-19T10:00:00.000000+00:00", "2026-03-19T10:00:01.000000+00:00");
      assertThat(records).hasSize(4);
    }
  }

  private Path file() {
    return directory.resolve("checkpoints");
  }

  private StreamPoller poller(DynamoDbStreamsClient streams, String arn, Start start, Sink to) {
    return new StreamPoller(
        streams, arn, Checkpoints.in(file(), arn), start, to, warnings::add, attempt -> {});
  }
}
