package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.Changes.Change;
import com.cruddur.ddb.engine.storage.Changes.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * A store in a folder: a log that is written before anything is answered, and runs that hold what
 * the log held before. Every 8 MB a new log begins and what the old one brought goes into runs in
 * the background; then the old log is deleted.
 */
final class DiskStore implements Store {
  private static final long CHECKPOINT_BYTES = 8L * 1024 * 1024;
  private static final int ENTRY_OVERHEAD = 64;
  private static final long SYNC_SECONDS = 1;

  private final StoreFolder folder;
  private final Map<Integer, RunMap> maps = new ConcurrentHashMap<>();
  private final Map<Integer, RunJournal> journals = new ConcurrentHashMap<>();
  private final ExecutorService merging = Executors.newSingleThreadExecutor(thread("merge"));
  private final ExecutorService flushing = Executors.newSingleThreadExecutor(thread("checkpoint"));
  private final ScheduledExecutorService syncing = syncing();
  private final Semaphore checkpoint = new Semaphore(1);
  private volatile IOException flushFailure;
  private volatile LogFile log;
  private volatile int logNumber;
  private volatile int flushedLog;
  private long bytesSinceCheckpoint;

  private DiskStore(StoreFolder folder) {
    this.folder = folder;
  }

  private static ThreadFactory thread(String name) {
    return work -> {
      Thread thread = new Thread(work, "dynamodb-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static ScheduledExecutorService syncing() {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, thread("sync"));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /**
   * Opens the store of a folder, which is made if it is missing.
   *
   * @throws StorageException if another process has it, it is damaged, or cannot be written
   */
  static Store open(Path path) {
    try {
      StoreFolder folder = StoreFolder.open(path);
      DiskStore store = new DiskStore(folder);
      try {
        store.recover();
        return store;
      } catch (IOException | RuntimeException failure) {
        folder.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  static StorageException damaged(Path path, Throwable cause) {
    return new StorageException(
        "The file " + path + " is damaged.",
        "Restore the folder it is in from a copy, or delete that folder: all tables in it are lost"
            + " then.",
        cause);
  }

  static StorageException unusable(Path path, IOException failure) {
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return new StorageException(
        "The tables in " + path + " cannot be read or written: " + why + ".",
        "Look whether the disk is full or the folder may not be written.",
        failure);
  }

  private void recover() throws IOException {
    Manifest manifest = Manifest.read(folder.path());
    folder.deleteAllBut(manifest);
    for (Map.Entry<Integer, List<Integer>> map : manifest.maps().entrySet()) {
      maps.put(map.getKey(), new RunMap(folder.runs(map.getValue())));
    }
    for (Map.Entry<Integer, Manifest.JournalRuns> each : manifest.journals().entrySet()) {
      Manifest.JournalRuns runs = each.getValue();
      journals.put(
          each.getKey(),
          new RunJournal(new RunMap(folder.runs(runs.runs())), runs.first(), runs.next()));
    }
    flushedLog = manifest.log();
    List<Integer> logs = folder.logs();
    long length = 0;
    for (int number : logs) {
      length = LogFile.replay(folder.log(number), bytes -> apply(ChangeCodec.decode(bytes)));
    }
    logNumber = logs.isEmpty() ? folder.newNumber() : logs.get(logs.size() - 1);
    log = LogFile.open(folder.log(logNumber), length);
    syncing.scheduleWithFixedDelay(this::sync, SYNC_SECONDS, SYNC_SECONDS, TimeUnit.SECONDS);
    if (logs.size() > 1 || bytesSinceCheckpoint > CHECKPOINT_BYTES) {
      startCheckpoint();
    }
  }

  private void sync() {
    try {
      log.sync();
    } catch (IOException lostOnPowerCut) {
      // Writers meet the same disk and tell their clients; what is written is in the system's
      // hands.
    }
  }

  @Override
  public OrderedMap map(int number) {
    return maps.computeIfAbsent(number, absent -> new RunMap(List.of()));
  }

  @Override
  public RunJournal journal(int number) {
    return journals.computeIfAbsent(number, absent -> new RunJournal(new RunMap(List.of()), 0, 0));
  }

  @Override
  public void write(Changes changes, Lock showing) {
    if (bytesSinceCheckpoint > CHECKPOINT_BYTES) {
      startCheckpoint();
    }
    Changes numbered = number(changes);
    try {
      log.append(ChangeCodec.encode(numbered));
    } catch (IOException failure) {
      throw unusable(log.path(), failure);
    }
    showing.lock();
    try {
      apply(numbered);
    } finally {
      showing.unlock();
    }
  }

  /** Gives records their numbers, so that a log can be replayed over what is in runs already. */
  private Changes number(Changes changes) {
    Changes numbered = new Changes();
    Map<Integer, Long> next = new HashMap<>();
    for (Change change : changes.list()) {
      if (change.kind() == Kind.APPEND) {
        long number =
            next.merge(change.target(), journal(change.target()).next(), (now, start) -> now + 1);
        numbered.add(
            new Change(Kind.APPEND, change.target(), RunJournal.key(number), change.value()));
      } else {
        numbered.add(change);
      }
    }
    return numbered;
  }

  private void apply(Changes changes) {
    for (Change change : changes.list()) {
      int target = change.target();
      bytesSinceCheckpoint += change.key().length + change.value().length + ENTRY_OVERHEAD;
      switch (change.kind()) {
        case PUT -> map(target).put(change.key(), change.value());
        case REMOVE -> map(target).remove(change.key());
        case APPEND -> journal(target).put(change.key(), change.value());
        case DROP_MAP -> drop(maps.remove(target));
        case DROP_JOURNAL -> {
          RunJournal journal = journals.remove(target);
          drop(journal == null ? null : journal.map());
        }
      }
    }
  }

  /** A map that is gone gives its room back at the next checkpoint, which comes at once. */
  private void drop(RunMap map) {
    if (map != null && !map.state().runs().isEmpty()) {
      folder.retire(map.state().runs());
      bytesSinceCheckpoint += CHECKPOINT_BYTES;
    }
  }

  /**
   * Begins a new log and has what the old one brought written to runs. If the last checkpoint is
   * not over yet, writers wait for it; if it failed, they are told.
   */
  private void startCheckpoint() {
    checkpoint.acquireUninterruptibly();
    try {
      if (flushFailure != null) {
        // Tried again here, in the writer's thread, for as long as the disk refuses.
        flush();
      }
      LogFile old = log;
      int number = folder.newNumber();
      log = LogFile.open(folder.log(number), 0);
      logNumber = number;
      old.sync();
      old.close();
    } catch (IOException failure) {
      checkpoint.release();
      throw unusable(folder.path(), failure);
    }
    maps.values().forEach(RunMap::freeze);
    journals.values().forEach(journal -> journal.map().freeze());
    bytesSinceCheckpoint = 0;
    flushing.execute(this::flushInBackground);
  }

  private void flushInBackground() {
    try {
      flush();
      merging.execute(this::mergeInBackground);
    } catch (IOException failure) {
      flushFailure = failure;
    } finally {
      checkpoint.release();
    }
  }

  private void flush() throws IOException {
    int untilLog = logNumber;
    for (Map.Entry<Integer, RunMap> map : maps.entrySet()) {
      flush(map.getValue());
      retireIfDropped(map.getKey(), map.getValue());
    }
    for (RunJournal journal : journals.values()) {
      flush(journal.map());
      List<Run> over = journal.over();
      if (!over.isEmpty()) {
        journal.map().merged(over, null);
        folder.retire(over);
      }
    }
    flushedLog = untilLog;
    writeManifest();
    folder.deleteLogsBefore(untilLog);
    flushFailure = null;
  }

  private void flush(RunMap map) throws IOException {
    HeapMap frozen = map.state().frozen();
    if (frozen != null) {
      int number = folder.newNumber();
      boolean oldest = map.state().runs().isEmpty();
      map.frozenIn(
          RunWriter.write(number, folder.run(number), frozen.cursor(null, null, true), !oldest));
    }
  }

  /** A table may have been dropped while its run was written. */
  private void retireIfDropped(int number, RunMap map) {
    if (maps.get(number) != map) {
      folder.retire(map.state().runs());
    }
  }

  private void mergeInBackground() {
    try {
      for (Map.Entry<Integer, RunMap> map : maps.entrySet()) {
        List<Run> some = MergePolicy.choose(map.getValue().state().runs());
        if (!some.isEmpty()) {
          merge(map.getValue(), some);
          retireIfDropped(map.getKey(), map.getValue());
          writeManifest();
        }
      }
    } catch (IOException | UncheckedIOException failure) {
      // The runs stay as they are; the next checkpoint tries again.
    }
  }

  private void merge(RunMap map, List<Run> some) throws IOException {
    List<Run> all = map.state().runs();
    boolean oldest = all.get(all.size() - 1) == some.get(some.size() - 1);
    List<OrderedMap.RawCursor> ranges = new ArrayList<>();
    some.forEach(run -> ranges.add(run.cursor(null, null, true)));
    int number = folder.newNumber();
    Run merged =
        RunWriter.write(number, folder.run(number), new MergeCursor(ranges, true), !oldest);
    map.merged(some, merged);
    folder.retire(some);
  }

  /** Notes which files there are, then deletes those that are no longer among them. */
  private synchronized void writeManifest() throws IOException {
    List<Run> retired = folder.retired();
    Map<Integer, List<Integer>> mapRuns = new HashMap<>();
    maps.forEach((number, map) -> mapRuns.put(number, numbers(map)));
    Map<Integer, Manifest.JournalRuns> journalRuns = new HashMap<>();
    journals.forEach(
        (number, journal) ->
            journalRuns.put(
                number,
                new Manifest.JournalRuns(journal.first(), journal.next(), numbers(journal.map()))));
    new Manifest(folder.newNumber(), flushedLog, mapRuns, journalRuns).write(folder.path());
    folder.delete(retired);
  }

  private static List<Integer> numbers(RunMap map) {
    return map.state().runs().stream().map(Run::number).toList();
  }

  @Override
  public void close() {
    syncing.shutdown();
    checkpoint.acquireUninterruptibly();
    flushing.shutdown();
    merging.shutdown();
    try {
      while (!merging.awaitTermination(1, TimeUnit.MINUTES)) {
        // A merge of a large table takes a while; what it has written would be lost.
      }
      log.sync();
      log.close();
      for (RunMap map : maps.values()) {
        for (Run run : map.state().runs()) {
          run.close();
        }
      }
      for (RunJournal journal : journals.values()) {
        for (Run run : journal.map().state().runs()) {
          run.close();
        }
      }
    } catch (IOException failure) {
      throw unusable(folder.path(), failure);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      folder.close();
    }
  }
}
