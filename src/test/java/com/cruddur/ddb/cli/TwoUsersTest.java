package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.SeedLines;
import com.cruddur.ddb.TestStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two users of one machine. One runs ddb in a folder that both may write; the other one has put
 * something under each name that ddb uses there. Needs root, to give files to the other user; says
 * so where it is not.
 */
@Timeout(300)
class TwoUsersTest {
  private static final int MALLORY = 65_534;
  private static final int MESSAGES = 600;

  @TempDir private Path temp;
  private final MessageTable table = MessageTable.create();
  private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
  private Path shared;
  private Path victim;
  private Path input;

  /** What somebody can put under a name. */
  private enum Plant {
    FILE,
    OPEN_FILE,
    LINK,
    LINK_OF_OURS,
    PIPE,
    FOLDER;

    void at(Path place, byte[] content, Path victim) throws Exception {
      switch (this) {
        case FILE, OPEN_FILE -> Files.write(place, content);
        case LINK, LINK_OF_OURS -> Files.createSymbolicLink(place, victim);
        case PIPE ->
            assertThat(new ProcessBuilder("mkfifo", place.toString()).start().waitFor()).isZero();
        case FOLDER -> {
          Files.createDirectory(place);
          Files.write(place.resolve("inside"), content);
        }
      }
      if (this == OPEN_FILE) {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-rw-rw-"));
      } else if (this != LINK_OF_OURS) {
        Files.setAttribute(place, "unix:uid", MALLORY, LinkOption.NOFOLLOW_LINKS);
      }
    }

    /** What it is and holds, so that any change of it is seen. */
    static String seen(Path place) throws IOException {
      StringBuilder seen = new StringBuilder();
      seen.append(Files.readAttributes(place, "unix:mode,uid,ino", LinkOption.NOFOLLOW_LINKS));
      if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
        seen.append(Arrays.hashCode(Files.readAllBytes(place)));
      } else if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        seen.append(Files.readString(place.resolve("inside"), StandardCharsets.ISO_8859_1));
      }
      return seen.toString();
    }
  }

  @BeforeEach
  void twoUsers() throws IOException {
    assumeTrue(
        Files.getAttribute(temp, "unix:uid").equals(0), "needs root, to make another user's files");
    victim = Files.writeString(temp.resolve("victim"), "precious");
    shared = Files.createDirectory(temp.resolve("shared"));
    Instant first = Instant.parse("2026-03-19T10:00:00Z");
    input = SeedLines.write(shared.resolve("in.ndjson"), MessageTable.uuid(), first, MESSAGES);
  }

  private FaultyProxy proxy() {
    return new FaultyProxy(
        TestStack.endpoint(),
        (operation, number) ->
            List.of("BatchWriteItem", "Scan").contains(operation)
                    && writesLeft.decrementAndGet() < 0
                ? Fault.EXPIRED
                : Fault.NONE);
  }

  private Result ddb(FaultyProxy proxy, String... line) {
    return table
        .runner()
        .execute(
            Stream.concat(
                    Stream.of(line), Stream.of("--endpoint-url", proxy.endpoint(), "-o", "json"))
                .toArray(String[]::new));
  }

  private List<Path> files(String part) throws IOException {
    try (Stream<Path> files = Files.list(shared)) {
      return files.filter(file -> file.getFileName().toString().contains(part)).toList();
    }
  }

  private void untouched(String seen, Path plant, Object what) throws IOException {
    assertThat(Plant.seen(plant)).as("%s", what).isEqualTo(seen);
    assertThat(victim).as("%s", what).hasContent("precious");
  }

  /** Runs the command to its end beside each plant, in a folder of each kind. */
  private void besideEachPlant(FaultyProxy proxy, Path place, byte[] content, Run run)
      throws Exception {
    for (int mode : new int[] {01777, 0777}) {
      Files.setAttribute(shared, "unix:mode", mode);
      for (Plant plant : Plant.values()) {
        String what = plant + " at " + place.getFileName() + " in " + Integer.toOctalString(mode);
        plant.at(place, content, victim);
        String seen = Plant.seen(place);
        run.against(proxy, what);
        untouched(seen, place, what);
        delete(place);
      }
    }
  }

  private interface Run {
    void against(FaultyProxy proxy, String what) throws Exception;
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  @Test
  void aSeedBelievesNobodysCheckpoint() throws Exception {
    try (FaultyProxy proxy = proxy()) {
      writesLeft.set(3);
      ddb(proxy, "seed", input.toString());
      writesLeft.set(Integer.MAX_VALUE);
      Path checkpoint = files("ddb-seed").get(0);
      byte[] content = Files.readAllBytes(checkpoint);
      Files.delete(checkpoint);
      Run run =
          (to, what) -> {
            Result done = ddb(to, "seed", input.toString());
            assertThat(done.exitCode()).as("%s: %s", what, done).isZero();
            // All of it was read, whatever the plant said.
            assertThat(done.items().toString()).contains("\"read\":" + MESSAGES);
            assertThat(done.err()).contains(" is not used: ");
          };
      besideEachPlant(proxy, checkpoint, content, run);
      assertThat(table.items()).hasSize(MESSAGES + 2);

      for (String suffix : List.of(".ddb-new", ".ddb-lock")) {
        Path beside = checkpoint.resolveSibling(checkpoint.getFileName() + suffix);
        Run seed =
            (to, what) -> {
              Result done = ddb(to, "seed", input.toString());
              assertThat(done.exitCode()).as("%s: %s", what, done).isZero();
            };
        besideEachPlant(proxy, beside, content, seed);
      }
    }
  }

  @Test
  void anExportBelievesNobodysCheckpointOrUnfinishedFile() throws Exception {
    try (FaultyProxy proxy = proxy()) {
      assertThat(ddb(proxy, "seed", input.toString()).exitCode()).isZero();
      Path out = shared.resolve("out.json");
      Run toFile =
          (to, what) -> {
            Result done = ddb(to, "export", "--out", out.toString());
            assertThat(done.exitCode()).as("%s: %s", what, done).isZero();
            assertThat(Files.readAllLines(out)).as(what).hasSize(MESSAGES + 2);
            assertThat(mode(out)).isEqualTo("rw-------");
            Files.delete(out);
          };
      besideEachPlant(
          proxy, shared.resolve("out.json.part"), "x".getBytes(StandardCharsets.UTF_8), toFile);

      Path folder = shared.resolve("backup");
      Path checkpoint = planned(proxy, "export", "--out", folder.toString());
      String of = new String(Files.readAllBytes(checkpoint), StandardCharsets.UTF_8);
      Path stolen = Files.createDirectories(temp.resolve("stolen").resolve("data"));
      Files.writeString(stolen.resolve("precious"), "kept");
      byte[] planted =
          of.replaceAll("\"export\":\"[^\"]*\"", "\"export\":\"../../../stolen\"")
              .getBytes(StandardCharsets.UTF_8);
      // It stands in the folder of the export, which both may write.
      Files.setAttribute(folder, "unix:mode", 0777);
      Files.delete(checkpoint);
      Run toFolder =
          (to, what) -> {
            Result done = ddb(to, "export", "--out", folder.toString());
            assertThat(done.exitCode()).as("%s: %s", what, done).isZero();
            assertThat(done.items().get(0).get("items").asLong()).isEqualTo(MESSAGES + 2);
            Path made = Path.of(done.items().get(0).get("path").asText());
            assertThat(mode(made)).isEqualTo("rwx------");
            assertThat(stolen.resolve("precious")).hasContent("kept");
            delete(made);
          };
      besideEachPlant(proxy, checkpoint, planted, toFolder);
    }
  }

  @Test
  void anExportGoesNowhereElseByAnothersLink() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Path out = Files.createDirectory(shared.resolve("backup"));
    Path link = Files.createSymbolicLink(out.resolve("AWSDynamoDB"), elsewhere);
    Files.setAttribute(link, "unix:uid", MALLORY, LinkOption.NOFOLLOW_LINKS);
    try (FaultyProxy proxy = proxy()) {
      Result refused = ddb(proxy, "export", "--out", out.toString());
      assertThat(refused.exitCode()).as("%s", refused).isEqualTo(1);
      assertThat(refused.err()).contains(link + " on the way to it belongs to user " + MALLORY);
      assertThat(elsewhere).isEmptyDirectory();
    }
  }

  /** Where a command keeps its checkpoint: it is stopped once it has one. */
  private Path planned(FaultyProxy proxy, String... line) throws IOException {
    for (int scans = 1; scans < 64; scans++) {
      writesLeft.set(scans);
      ddb(proxy, line);
      writesLeft.set(Integer.MAX_VALUE);
      try (Stream<Path> files = Files.walk(shared)) {
        List<Path> found =
            files.filter(file -> file.getFileName().toString().startsWith(".ddb-export")).toList();
        if (!found.isEmpty()) {
          return found.get(0);
        }
      }
    }
    throw new AssertionError("no checkpoint");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void rejectsAreWrittenToNobodysFile() throws Exception {
    Path broken = Files.writeString(shared.resolve("broken.ndjson"), "{\"type\":\"nothing\"}\n");
    Path rejects = shared.resolve("rejects");
    try (FaultyProxy proxy = proxy()) {
      besideEachPlant(
          proxy,
          rejects,
          "{\"file\":\"a\"}\n".getBytes(StandardCharsets.UTF_8),
          (to, what) -> {
            Result refused = ddb(to, "seed", broken.toString(), "--rejects", rejects.toString());
            assertThat(refused.exitCode()).as("%s: %s", what, refused).isEqualTo(2);
            assertThat(refused.err()).as(what).contains(rejects.toString());
          });
    }
  }

  @Test
  void theStateOfNobodyElseIsBelieved() throws Exception {
    Path state = Files.createDirectory(temp.resolve("state"));
    Path mine = Files.createDirectory(state.resolve("ddb"));
    Files.setAttribute(mine, "unix:uid", MALLORY);
    for (String line : List.of("local status", "local start", "local stop", "local reset --yes")) {
      List<String> command = new ArrayList<>(List.of(line.split(" ")));
      command.addAll(List.of("--port", "39917", "--cache-port", "39918"));
      Files.writeString(mine.resolve("stack-39917.properties"), "pid=1\n");
      Files.setAttribute(mine.resolve("stack-39917.properties"), "unix:uid", MALLORY);
      Result refused =
          table
              .runner()
              .env("XDG_STATE_HOME", state.toString())
              .env("XDG_DATA_HOME", temp.resolve("data").toString())
              .execute(command.toArray(String[]::new));
      assertThat(refused.exitCode()).as("%s: %s", line, refused).isNotIn(0, 3);
      assertThat(refused.err()).as(line).contains("belongs to user " + MALLORY);
      assertThat(mine.resolve("stack-39917.properties")).hasContent("pid=1");
    }
  }

  @Test
  void whateverTheUmaskNobodyElseReadsAnExport() throws Exception {
    try (FaultyProxy proxy = proxy()) {
      assertThat(ddb(proxy, "seed", input.toString()).exitCode()).isZero();
      for (String umask : List.of("000", "027", "077")) {
        Path out = shared.resolve("umask-" + umask);
        List<String> command =
            new ArrayList<>(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$0\" \"$@\""));
        command.addAll(
            DdbProcess.command(
                "export",
                "--out",
                out.toString(),
                "--endpoint-url",
                proxy.endpoint(),
                "--table",
                table.name()));
        try (DdbProcess process = DdbProcess.startCommand(Map.of(), command)) {
          assertThat(process.await().exitCode()).isZero();
        }
        try (Stream<Path> all = Files.walk(out)) {
          for (Path one : all.toList()) {
            assertThat(mode(one))
                .as("%s under umask %s", one, umask)
                .isEqualTo(Files.isDirectory(one) ? "rwx------" : "rw-------");
          }
        }
      }
    }
  }
}
