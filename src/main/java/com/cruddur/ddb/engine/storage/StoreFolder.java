package com.cruddur.ddb.engine.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The files of a store: {@code manifest}, {@code N.log}, {@code N.run}, and {@code lock}, which the
 * process that has the store open holds.
 */
final class StoreFolder implements AutoCloseable {
  private static final String LOG = ".log";
  private static final String RUN = ".run";

  private final Path path;
  private final FileChannel lock;
  private final AtomicInteger number = new AtomicInteger(1);
  private final List<Run> retired = new ArrayList<>();

  private StoreFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static StoreFolder open(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel lock =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = lock.tryLock();
      if (held != null) {
        return new StoreFolder(path, lock);
      }
    } catch (OverlappingFileLockException sameProcess) {
      // In use, as by another process.
    }
    lock.close();
    throw new StorageException(
        "The tables in " + path + " are in use by another process.",
        "Stop that process, or use another folder.",
        null);
  }

  Path path() {
    return path;
  }

  Path log(int logNumber) {
    return path.resolve(logNumber + LOG);
  }

  Path run(int runNumber) {
    return path.resolve(runNumber + RUN);
  }

  /** A number that no file of this folder has had. */
  int newNumber() {
    return number.getAndIncrement();
  }

  /** Deletes what a crash left half done: files that the manifest does not know. */
  void deleteAllBut(Manifest manifest) throws IOException {
    Set<Integer> known = new HashSet<>();
    manifest.maps().values().forEach(known::addAll);
    manifest.journals().values().forEach(journal -> known.addAll(journal.runs()));
    int highest = manifest.nextFile();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      boolean isRun = name.endsWith(RUN);
      int fileNumber = number(name);
      highest = Math.max(highest, fileNumber + 1);
      if (isRun && !known.contains(fileNumber)
          || name.endsWith(LOG) && fileNumber < manifest.log()) {
        Files.delete(file);
      }
    }
    number.set(highest);
  }

  /**
   * Refuses a folder in which a file is missing, before anything in it is changed.
   *
   * @throws StorageException if a log or a run is not there, or the manifest is not while all else
   *     is
   */
  void requireWhole(Manifest manifest) throws IOException {
    List<Integer> logs = logs();
    if (manifest.isNone()) {
      // Its first log is made before its manifest, and goes once a manifest names what it held.
      if (!files().isEmpty() && !logs.contains(manifest.nextFile())) {
        throw DiskStore.missing(Manifest.in(path));
      }
      return;
    }
    for (int each : List.of(manifest.log(), manifest.end().log())) {
      if (each > 0 && !logs.contains(each)) {
        throw DiskStore.missing(log(each));
      }
    }
    List<Integer> runs = new ArrayList<>();
    manifest.maps().values().forEach(runs::addAll);
    manifest.journals().values().forEach(journal -> runs.addAll(journal.runs()));
    for (int each : runs) {
      if (!Files.exists(run(each))) {
        throw DiskStore.missing(run(each));
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> file.getFileName().toString().matches("\\d{1,9}\\.(log|run)"))
          .toList();
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(0, name.indexOf('.')));
  }

  /** The numbers of the logs, the oldest first. */
  List<Integer> logs() throws IOException {
    return files().stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(LOG))
        .map(StoreFolder::number)
        .sorted()
        .toList();
  }

  void deleteLogsBefore(int logNumber) throws IOException {
    for (int each : logs()) {
      if (each < logNumber) {
        Files.deleteIfExists(log(each));
      }
    }
  }

  List<Run> runs(List<Integer> numbers) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (int each : numbers) {
      runs.add(Run.open(each, run(each)));
    }
    return runs;
  }

  /** Runs that are read no more; they go once a manifest without them is written. */
  synchronized void retire(List<Run> runs) {
    retired.addAll(runs);
  }

  synchronized List<Run> retired() {
    return List.copyOf(retired);
  }

  synchronized void delete(List<Run> runs) throws IOException {
    retired.removeAll(runs);
    for (Run run : runs) {
      run.close();
      Files.deleteIfExists(run.path());
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException held) {
      // The lock ends with the process at the latest.
    }
  }
}
