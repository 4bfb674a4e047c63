package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.SeedLines;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a command keeps how far it is, and what becomes of it. */
class CheckpointOptionsTest {
  private static final int MESSAGES = 2_000;

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();
  private final AtomicInteger batchesLeft = new AtomicInteger();

  /** The credentials expire after so many batches: the checkpoint is of one endpoint. */
  private Result seed(FaultyProxy proxy, int batches, Path input, String... options) {
    batchesLeft.set(batches);
    return table
        .runner()
        .execute(
            Stream.concat(
                    Stream.of("seed", input.toString(), "--endpoint-url", proxy.endpoint()),
                    Stream.of(options))
                .toArray(String[]::new));
  }

  private FaultyProxy proxy() {
    return new FaultyProxy(
        TestStack.endpoint(),
        (operation, number) ->
            operation.equals("BatchWriteItem") && batchesLeft.decrementAndGet() < 0
                ? Fault.EXPIRED
                : Fault.NONE);
  }

  private Path input(String name) throws IOException {
    Instant first = Instant.parse("2026-03-19T10:00:00Z");
    return SeedLines.write(folder.resolve(name), MessageTable.uuid(), first, MESSAGES);
  }

  @Test
  void aFailedRunGoesOnFromTheFileThatIsNamedOrAnewWhenAsked() throws IOException {
    Path input = input("in.ndjson");
    Path checkpoint = folder.resolve("state").resolve("mine");
    Files.createDirectory(checkpoint.getParent());
    String option = "--checkpoint=" + checkpoint;
    try (FaultyProxy proxy = proxy()) {
      Result failed = seed(proxy, 60, input, option);
      assertThat(failed.exitCode()).as("%s", failed).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(checkpoint)))
          .isEqualTo("rw-------");
      try (Stream<Path> besideTheInput = Files.list(folder)) {
        assertThat(besideTheInput).containsOnly(input, checkpoint.getParent());
      }

      byte[] kept = Files.readAllBytes(checkpoint);
      Result goneOn = Outcome.done(seed(proxy, MESSAGES, input, option));
      assertThat(goneOn.err())
          .contains("resuming where an earlier run stopped")
          .contains("of these were done by an earlier run");
      assertThat(checkpoint).doesNotExist();

      Files.write(checkpoint, kept);
      Result anew = Outcome.done(seed(proxy, MESSAGES, input, option, "--restart"));
      assertThat(anew.err()).doesNotContain("earlier run");

      Files.write(checkpoint, kept);
      Result other = Outcome.done(seed(proxy, MESSAGES, input("other.ndjson"), option));
      assertThat(other.err()).contains("is of another input or table: starting over");
    }
    assertThat(table.items()).hasSize(2 * (MESSAGES + 2));
  }

  @Test
  void twoRunsOfOneInputAreToldApart() throws IOException {
    Path input = input("in.ndjson");
    Path checkpoint = folder.resolve("mine");
    Path lock = folder.resolve("mine.ddb-lock");
    String option = "--checkpoint=" + checkpoint;
    try (FaultyProxy proxy = proxy()) {
      assertThat(seed(proxy, 60, input, option).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      try (FileChannel other =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = other.lock()) {
        Result second = seed(proxy, MESSAGES, input, option);
        assertThat(second.exitCode()).as("%s", second).isEqualTo(ExitCode.USAGE);
        assertThat(second.err())
            .contains("another run of the same works with its checkpoint")
            .doesNotContain("resuming");
        held.release();
      }
      Outcome.done(seed(proxy, MESSAGES, input, option));
    }
    assertThat(lock).doesNotExist();
  }

  @Test
  void anExportThatStartsOverRemovesWhatTheFirstRunLeft() throws IOException {
    Outcome.done(table.ddb("seed", input("in.ndjson").toString()));
    Path out = folder.resolve("out");
    AtomicInteger scans = new AtomicInteger();
    try (FaultyProxy proxy =
        new FaultyProxy(
            TestStack.endpoint(),
            (operation, number) ->
                operation.equals("Scan") && scans.incrementAndGet() == 3
                    ? Fault.EXPIRED
                    : Fault.NONE)) {
      String[] export = {"export", "--out", out.toString(), "--endpoint-url", proxy.endpoint()};
      assertThat(table.ddb(export).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      String left = only(out.resolve("AWSDynamoDB"));
      Outcome.done(table.ddb("export", "--restart", export[1], export[2], export[3], export[4]));
      assertThat(only(out.resolve("AWSDynamoDB"))).isNotEqualTo(left);
    }
    Outcome.done(table.ddb("diff", out.toString()));
  }

  @Test
  void aRunThatWasKilledWhileItSavedLeavesNothingAndOneThatDidNothingIsNotResumed()
      throws IOException {
    Path unfinished = Files.writeString(folder.resolve("mine.ddb-new"), "{\"of\":[");
    String option = "--checkpoint=" + folder.resolve("mine");
    Outcome.done(table.ddb("seed", input("in.ndjson").toString(), option));
    assertThat(unfinished).doesNotExist();
    AtomicInteger fails = new AtomicInteger(1);
    try (FaultyProxy proxy =
        new FaultyProxy(
            TestStack.endpoint(),
            (operation, number) ->
                operation.equals("Scan") && fails.get() > 0 ? Fault.EXPIRED : Fault.NONE)) {
      String out = folder.resolve("out").toString();
      String[] export = {"export", "--out", out, "--endpoint-url", proxy.endpoint(), option};
      assertThat(table.ddb(export).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(folder.resolve("mine")).exists();
      fails.set(0);
      assertThat(Outcome.done(table.ddb(export)).err()).doesNotContain("resum", "earlier run");
    }
    assertThat(folder.resolve("mine")).doesNotExist();
  }

  private static String only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return assertThat(files.map(file -> file.getFileName().toString()).toList())
          .singleElement()
          .actual();
    }
  }

  @Test
  void whatCannotBeWrittenIsNamed() throws IOException {
    table.message(
        MessageTable.uuid(), "2026-03-19T10:00:00.000000+00:00", MessageTable.ANDREW, "Hi");
    Path nowhere = folder.resolve("missing").resolve("x.json");
    Result failed = table.ddb("export", "--out", nowhere.toString());
    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.err())
        .contains(nowhere.getParent().toString(), "does not exist")
        .doesNotContain("Exception", "NoSuchFile", "What was done stays");
  }
}
