package com.cruddur.ddb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up archives that the first command of an unpacked target/ddb.zip makes. */
class ArchiveIT {
  @TempDir private static Path temp;

  /**
   * In a folder without a blank: with one, the JVM takes only the JDK's classes from an archive.
   */
  @Test
  void ofTwoFirstStartsOneMakesTheArchivesThatTheNextUsesWithoutAWord() throws Exception {
    UnpackedZip zip = UnpackedZip.in(temp.resolve("plain"));
    Path folder = zip.home().resolve("archive");
    String first = zip.launch(Map.of(), "--version");
    assertThat(zip.launch(Map.of(), "--version")).isEqualTo(first);
    await(() -> filesOf(folder, ".home") == 1 && filesOf(folder, ".lock") == 0);
    for (String part : List.of(".plain", ".cache", ".stack")) {
      assertThat(filesOf(folder, part)).isEqualTo(1);
    }
    assertThat(zip.launch(Map.of(), "--version")).isEqualTo(first).hasLineCount(1);
    assertThat(sharedClasses(zip)).contains("cruddur.ddb.cli.context.CliEnvironment ");
    theStackStartsFromItsArchive(zip);

    // A jar that the archives were not made with. JDK 25 may not notice (JDK-8377932), hence their
    // name.
    Files.setLastModifiedTime(zip.home().resolve("lib/ddb.jar"), FileTime.fromMillis(0));
    assertThat(zip.launch(Map.of(), "--version")).isEqualTo(first);
  }

  @Test
  void startsWithoutAWordWhereNoArchiveCanBeKept() throws Exception {
    UnpackedZip zip = UnpackedZip.in(temp.resolve("nowhere"));
    Files.writeString(zip.home().resolve("archive"), "not a folder");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/dev/null");
    assertThat(zip.launch(environment, "--version")).startsWith("ddb ").hasLineCount(1);
  }

  /** The stack's process starts from its archive. */
  private static void theStackStartsFromItsArchive(UnpackedZip zip) throws Exception {
    Map<String, String> environment =
        Map.of(
            "DDB_LOCAL_PORT", String.valueOf(FreePorts.next()),
            "DDB_LOCAL_CACHE_PORT", String.valueOf(FreePorts.next()),
            "XDG_STATE_HOME", temp.resolve("state").toString(),
            "XDG_DATA_HOME", temp.resolve("data").toString());
    String started = zip.launch(environment, "local", "start", "-o", "json");
    try {
      String pid = started.replaceFirst("(?s).*\"pid\": ?(\\d+).*", "$1");
      assertThat(Files.readString(Path.of("/proc", pid, "maps"))).contains(".stack");
    } finally {
      zip.launch(environment, "local", "stop");
    }
  }

  private String sharedClasses(UnpackedZip zip) throws Exception {
    Path log = temp.resolve("classes.log");
    zip.launch(Map.of("DDB_JAVA_OPTS", "-Xlog:class+load:file=" + log), "help", "scan");
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("shared objects file"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static long filesOf(Path folder, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 3000 && !condition.call(); i++) {
      Thread.sleep(100);
    }
    assertThat(condition.call()).as("within 300 s").isTrue();
  }
}
