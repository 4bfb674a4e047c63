package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.Manifest.LogEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes what maps and journals hold on the heap into runs, in the background, one checkpoint at a
 * time; then logs that are in runs are deleted, and runs are merged.
 */
final class Checkpoints {

  /** Goes on in a new log, and tells its number. */
  interface Rotation {
    int rotate() throws IOException;
  }

  private final StoreFolder folder;
  private final Map<Integer, RunMap> maps;
  private final Map<Integer, RunJournal> journals;
  private final ExecutorService merging =
      Executors.newSingleThreadExecutor(DiskStore.thread("merge"));
  private final ExecutorService flushing =
      Executors.newSingleThreadExecutor(DiskStore.thread("checkpoint"));
  private final Semaphore running = new Semaphore(1);
  private volatile IOException flushFailure;

  /** The first log that holds what was not set aside; and what is in no run. */
  private volatile int untilLog;

  private volatile int flushedLog;
  private LogEnd end = LogEnd.NONE;

  Checkpoints(StoreFolder folder, Map<Integer, RunMap> maps, Map<Integer, RunJournal> journals) {
    this.folder = folder;
    this.maps = maps;
    this.journals = journals;
  }

  /** Goes on after the last process, whose runs end before this log. */
  void resume(int log) {
    flushedLog = log;
  }

  /**
   * Begins a checkpoint. If the last one is not over yet, the writer waits for it; if it failed, it
   * is told.
   */
  void begin(Rotation log) {
    running.acquireUninterruptibly();
    try {
      if (flushFailure != null) {
        // Tried again here, in the writer's thread, for as long as the disk refuses.
        flush();
      }
      untilLog = log.rotate();
    } catch (IOException failure) {
      running.release();
      throw DiskStore.unusable(folder.path(), failure);
    }
    maps.values().forEach(RunMap::freeze);
    journals.values().forEach(journal -> journal.map().freeze());
    flushing.execute(this::flushInBackground);
  }

  private void flushInBackground() {
    try {
      flush();
      merging.execute(this::mergeInBackground);
    } catch (IOException failure) {
      flushFailure = failure;
    } finally {
      running.release();
    }
  }

  private void flush() throws IOException {
    for (Map.Entry<Integer, RunMap> map : maps.entrySet()) {
      flush(map.getValue());
      retireIf(maps.get(map.getKey()) != map.getValue(), map.getValue());
    }
    for (Map.Entry<Integer, RunJournal> each : journals.entrySet()) {
      RunJournal journal = each.getValue();
      flush(journal.map());
      List<Run> over = journal.over();
      if (!over.isEmpty()) {
        journal.map().merged(over, null);
        folder.retire(over);
      }
      retireIf(journals.get(each.getKey()) != journal, journal.map());
    }
    flushedLog = untilLog;
    note(new LogEnd(untilLog, 0));
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

  /** A table or a stream may have been dropped while its run was written. */
  private void retireIf(boolean dropped, RunMap map) {
    if (dropped) {
      folder.retire(map.state().runs());
    }
  }

  private void mergeInBackground() {
    for (Map.Entry<Integer, RunMap> map : maps.entrySet()) {
      List<Run> some = MergePolicy.choose(map.getValue().state().runs());
      if (!some.isEmpty()) {
        try {
          merge(map.getValue(), some);
          retireIf(maps.get(map.getKey()) != map.getValue(), map.getValue());
          writeManifest();
        } catch (IOException | UncheckedIOException | StorageException failure) {
          // Full or damaged: the runs stay as they are, and the next checkpoint tries again. Other
          // maps are merged all the same.
        }
      }
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

  /** Notes which files there are, and how far the logs were written. */
  synchronized void note(LogEnd logEnd) throws IOException {
    end = logEnd;
    writeManifest();
  }

  void noteIfRoom(LogEnd logEnd) {
    try {
      note(logEnd);
    } catch (IOException full) {
      // The last manifest stays, which is right too; it only tells of less.
    }
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
    new Manifest(folder.newNumber(), flushedLog, mapRuns, journalRuns, end).write(folder.path());
    folder.delete(retired);
  }

  private static List<Integer> numbers(RunMap map) {
    return map.state().runs().stream().map(Run::number).toList();
  }

  /** Waits for what runs. */
  void close() throws InterruptedException {
    running.acquireUninterruptibly();
    flushing.shutdown();
    merging.shutdown();
    while (!merging.awaitTermination(1, TimeUnit.MINUTES)) {
      // A merge of a large table takes a while; what it has written would be lost.
    }
  }
}
