package com.cruddur.ddb.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The Java that runs ddb, the launcher, and the start-up archive. */
public final class JavaCheck {
  private static final List<String> OPTIONS = List.of("-XX:SharedArchiveFile=", "-XX:AOTCache=");
  private static final Path MAPS = Path.of("/proc/self/maps");
  private final Path home;

  /**
   * A check of this process.
   *
   * @param home the folder that the launcher named; null when it was not the launcher
   */
  public JavaCheck(Path home) {
    this.home = home;
  }

  public void run(Consumer<Diagnosis> out) {
    out.accept(
        Diagnosis.ok(
            "java",
            System.getProperty("java.runtime.version")
                + " of "
                + System.getProperty("java.vendor")
                + " in "
                + System.getProperty("java.home")));
    if (home == null) {
      out.accept(
          Diagnosis.note(
              "launcher",
              "not started by bin/ddb",
              "without it there is no start-up archive and no sample data",
              "run bin/ddb"));
      return;
    }
    out.accept(Diagnosis.ok("launcher", home.toAbsolutePath().toString()));
    out.accept(archive());
  }

  private static Diagnosis archive() {
    Optional<String> file = archiveFile();
    if (file.isEmpty()) {
      return Diagnosis.note(
          "archive",
          "no start-up archive in this run",
          "a command takes about twice as long to start",
          "run ddb again in ten seconds: the launcher makes it in the background, unless"
              + " DDB_NO_ARCHIVE=1 is set, or its folder cannot be written or may be written by others");
    }
    return isMapped(file.get())
        ? Diagnosis.ok("archive", file.get())
        : Diagnosis.note(
            "archive",
            file.get() + " was named, but this Java does not use it",
            "a command takes about twice as long to start",
            "delete the file; it is made again. DDB_JAVA_OPTS may change what it must fit");
  }

  private static Optional<String> archiveFile() {
    return ProcessHandle.current().info().arguments().stream()
        .flatMap(Arrays::stream)
        .flatMap(
            argument ->
                OPTIONS.stream()
                    .filter(argument::startsWith)
                    .map(option -> argument.substring(option.length())))
        .findFirst();
  }

  /** Whether the JVM has the file in its memory; where that cannot be seen it is believed. */
  private static boolean isMapped(String file) {
    try {
      return Files.readString(MAPS).contains(file);
    } catch (IOException e) {
      return true;
    }
  }
}
