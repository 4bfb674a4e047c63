package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.Changes.Change;
import com.cruddur.ddb.engine.storage.Changes.Kind;
import com.cruddur.ddb.engine.storage.Manifest.LogEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
  private final Checkpoints checkpoints;
  private final ScheduledExecutorService syncing = syncing();
  private volatile LogFile log;
  private int logNumber;
  private long bytesSinceCheckpoint;

  /** Whether a map or a journal went, whose room is to be given back. */
  private boolean dropped;

  private boolean closed;

  private DiskStore(StoreFolder folder) {
    this.folder = folder;
    this.checkpoints = new Checkpoints(folder, maps, journals);
  }

  static ThreadFactory thread(String name) {
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
    return spoilt(path, "damaged", cause);
  }

  static StorageException missing(Path path) {
    return spoilt(path, "missing", null);
  }

  private static StorageException spoilt(Path path, String how, Throwable cause) {
    return new StorageException(
        "The file " + path + " is " + how + ".",
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
    folder.requireWhole(manifest);
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
    checkpoints.resume(manifest.log());
    List<Integer> logs = folder.logs();
    long length = replay(logs, manifest.end());
    log = LogFile.open(folder.log(logNumber), length);
    if (manifest.isNone()) {
      checkpoints.resume(logs.isEmpty() ? logNumber : logs.get(0));
      checkpoints.note(new LogEnd(logNumber, 0));
    }
    syncing.scheduleWithFixedDelay(this::sync, SYNC_SECONDS, SYNC_SECONDS, TimeUnit.SECONDS);
    if (folder.logs().size() > 1 || bytesSinceCheckpoint > CHECKPOINT_BYTES) {
      giveRoomBack();
    }
  }

  /** Applies what is in logs, and tells how much of the last one is good. */
  private long replay(List<Integer> logs, LogEnd end) throws IOException {
    long length = 0;
    for (int number : logs) {
      Path path = folder.log(number);
      boolean last = number == logs.get(logs.size() - 1);
      length = LogFile.replay(path, last, bytes -> apply(ChangeCodec.decode(bytes)));
      if (number == end.log() && length < end.length()) {
        throw damaged(path, null);
      }
      logNumber = number;
    }
    if (logs.isEmpty() || !LogFile.isCurrent(folder.log(logNumber))) {
      logNumber = folder.newNumber();
      return 0;
    }
    return length;
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
    if (dropped) {
      giveRoomBack();
    }
  }

  @Override
  public boolean reclaim() {
    boolean any = journals.values().stream().anyMatch(journal -> !journal.over().isEmpty());
    if (any) {
      giveRoomBack();
    }
    return any;
  }

  /**
   * Files go at the end of a checkpoint. If none can begin, as on a full disk, the next writer
   * tries, and is told.
   */
  private void giveRoomBack() {
    dropped = false;
    try {
      startCheckpoint();
    } catch (StorageException full) {
      bytesSinceCheckpoint = CHECKPOINT_BYTES + 1;
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

  private void drop(RunMap map) {
    if (map != null && !map.state().runs().isEmpty()) {
      folder.retire(map.state().runs());
      dropped = true;
    }
  }

  /** Goes on in a new log; what the old one brought goes into runs. */
  private void startCheckpoint() {
    checkpoints.begin(
        () -> {
          LogFile old = log;
          old.end();
          int number = folder.newNumber();
          log = LogFile.begin(folder.log(number));
          logNumber = number;
          old.close();
          return number;
        });
    bytesSinceCheckpoint = 0;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    syncing.shutdown();
    try {
      checkpoints.close();
      log.end();
      checkpoints.noteIfRoom(new LogEnd(logNumber, log.length()));
      log.close();
      for (RunMap map : maps.values()) {
        map.close();
      }
      for (RunJournal journal : journals.values()) {
        journal.map().close();
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
