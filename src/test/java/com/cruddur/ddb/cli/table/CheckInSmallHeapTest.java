package com.cruddur.ddb.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.chat.Uuids;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check of more conversations than its heap takes: the rest goes to files without a name. */
class CheckInSmallHeapTest {
  private static final int CONVERSATIONS = 6_000;
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";

  @TempDir private Path folder;
  private Path temporary;
  private Path export;

  @BeforeEach
  void rowsWithoutMessages() throws IOException {
    temporary = Files.createDirectory(folder.resolve("temporary"));
    export = folder.resolve("export.json");
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < CONVERSATIONS; i++) {
      String group = Uuids.derived("conversation", "" + i);
      String one = Uuids.derived("user", "" + i);
      String other = Uuids.derived("user", "" + (i + 1));
      items.append(row(group, one, other)).append(row(group, other, one));
    }
    Files.writeString(export, items);
  }

  private static String row(String group, String owner, String other) {
    return Stream.of(
                Map.entry("pk", "GRP#" + owner),
                Map.entry("sk", AT),
                Map.entry("message_group_uuid", group),
                Map.entry("message", "hello"),
                Map.entry("user_uuid", other),
                Map.entry("user_display_name", "Name"),
                Map.entry("user_handle", "handle"))
            .map(e -> "\"%s\":{\"S\":\"%s\"}".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(",", "{\"Item\":{", "}}"))
        + "\n";
  }

  private List<String> command(Path input) {
    List<String> command =
        DdbProcess.command("check", "--from-export", input.toString(), "-o", "ndjson");
    command.addAll(1, List.of("-Xmx24m", "-Djava.io.tmpdir=" + temporary));
    return command;
  }

  @Test
  void findsTheSameInTheSameOrderAndLeavesNothingBehind() throws IOException {
    Result large =
        DdbRunner.fresh().execute("check", "--from-export", export.toString(), "-o", "ndjson");

    try (DdbProcess small = DdbProcess.startCommand(Map.of(), command(export))) {
      Result result = small.await();
      assertThat(result.exitCode()).as("%s", result.err()).isEqualTo(5);
      assertThat(result.out()).isEqualTo(large.out());
      assertThat(result.out().lines().filter(line -> line.contains("orphaned")))
          .hasSize(2 * CONVERSATIONS);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aFullDiskIsOneLineWithTheNameOfTheFile() {
    // Played by the system's limit on the size of a file, in blocks of 512 bytes.
    List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f 64; exec \"$@\"", "sh"));
    limited.addAll(command(export));

    try (DdbProcess small = DdbProcess.startCommand(Map.of(), limited)) {
      Result result = small.await();
      assertThat(result.exitCode()).as("%s", result.err()).isEqualTo(1);
      assertThat(result.err().lines().filter(line -> !line.contains("items read")))
          .as(result.err())
          .singleElement()
          .asString()
          .contains(temporary + "/ddb")
          .contains(".tmp: File too large");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void interruptedItLeavesNothingBehind() throws Exception {
    Path fifo = folder.resolve("fifo");
    new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
    CountDownLatch ended = new CountDownLatch(1);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (DdbProcess small = DdbProcess.startCommand(Map.of(), command(fifo))) {
      writer.submit(
          () -> {
            try (OutputStream out = Files.newOutputStream(fifo)) {
              out.write(Files.readString(export).getBytes(StandardCharsets.UTF_8));
              out.flush();
              ended.await();
            }
            return null;
          });
      while (!hasNamelessFile(small)) {
        assertThat(small.isAlive()).as(small.errSoFar()).isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(temporary).as("the file has no name").isEmptyDirectory();

      small.signal("TERM");
      Result result = small.await();
      ended.countDown();
      assertThat(result.exitCode()).isEqualTo(143);
      assertThat(result.err()).doesNotContain("Exception");
    } finally {
      ended.countDown();
      writer.shutdownNow();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  /** As Linux lists them; for a moment it still has a name. */
  private boolean hasNamelessFile(DdbProcess process) throws IOException {
    Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (Stream<Path> files = Files.list(open)) {
      for (Path file : files.toList()) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith(temporary.toRealPath().toString()) && target.endsWith("(deleted)")) {
          return true;
        }
      }
    } catch (NoSuchFileException e) {
      // It was closed meanwhile.
    }
    return false;
  }
}
