package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import com.cruddur.ddb.engine.storage.Table.Size;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All tables of one store. One writer at a time; who waits for the writer is served by it: their
 * work goes into one entry of the log.
 */
public final class Database implements AutoCloseable {
  static final int TABLES = 1;
  static final int SIZES = 2;
  static final int NOTES = 3;
  static final int FIRST_NUMBER = 16;

  private static final int MOST_IN_AN_ENTRY = 64;

  private final Store store;
  private final Map<String, Table> tables = new ConcurrentSkipListMap<>();
  private final Map<Integer, Size> sizes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Work<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writer = new ReentrantLock();
  private final ReadWriteLock showing = new ReentrantReadWriteLock();
  private volatile StreamSink streams = StreamSink.NONE;
  private volatile IndexLag indexLag;
  private volatile long writes;

  private Database(Store store) {
    this.store = store;
    for (RawCursor each = store.map(TABLES).cursor(null, null, true); each.next(); ) {
      publish(TableDefinition.of(each.value()));
    }
    for (RawCursor each = store.map(SIZES).cursor(null, null, true); each.next(); ) {
      ByteBuffer size = ByteBuffer.wrap(each.value());
      sizes.put(ByteBuffer.wrap(each.key()).getInt(), new Size(size.getLong(), size.getLong()));
    }
  }

  /** A database that ends with this process. */
  public static Database inMemory() {
    return new Database(new HeapStore());
  }

  /**
   * The database of a folder, which is made if it is missing.
   *
   * @throws StorageException if it cannot be opened: another process has it, it is damaged, the
   *     folder cannot be written
   */
  public static Database open(Path folder) {
    return new Database(DiskStore.open(folder));
  }

  /** Who records changes from now on. */
  public void streamTo(StreamSink sink) {
    streams = sink;
  }

  StreamSink streams() {
    return streams;
  }

  Store store() {
    return store;
  }

  /** The table of a name. */
  public Optional<Table> table(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  /** All tables by name. */
  public List<Table> tables() {
    return List.copyOf(tables.values());
  }

  /** A journal to read from. */
  public Journal journal(int number) {
    return store.journal(number);
  }

  /** A note that {@link Transaction#note} kept, or null. */
  public byte[] note(String name) {
    return store.map(NOTES).get(text(name));
  }

  /** The names of all notes that begin with a text, in order. */
  public List<String> notes(String prefix) {
    List<String> names = new ArrayList<>();
    for (RawCursor each = store.map(NOTES).cursor(text(prefix), null, true); each.next(); ) {
      String name = new String(each.key(), StandardCharsets.UTF_8);
      if (!name.startsWith(prefix)) {
        break;
      }
      names.add(name);
    }
    return names;
  }

  Size size(int map) {
    return sizes.getOrDefault(map, Size.EMPTY);
  }

  /** From now on global indexes show what is written so much later. */
  public void lagIndexes(Duration lag, InstantSource clock) {
    indexLag = lag.isZero() ? null : new IndexLag(lag, clock, store);
  }

  RawCursor cursor(TableDefinition table, Index index, byte[] from, byte[] to, boolean forward) {
    IndexLag lag = indexLag;
    if (lag != null && index != null && index.global()) {
      return lag.cursor(index.map(), from, to, forward);
    }
    return store.map(index == null ? table.map() : index.map()).cursor(from, to, forward);
  }

  /**
   * Does some work as the only writer: all it changes or, if it throws, nothing. What it changed is
   * durable when this returns. The work may run in another thread and must not wait for anything.
   *
   * @throws StorageException if the store takes no more; nothing has changed then
   */
  public <T> T write(Function<Transaction, T> work) {
    Work<T> mine = new Work<>(work);
    waiting.add(mine);
    writer.lock();
    try {
      while (!mine.done) {
        writeNext();
      }
    } finally {
      writer.unlock();
    }
    return mine.result();
  }

  /** How many writes there were since it was opened. */
  public long writes() {
    return writes;
  }

  /** Reads while nobody writes, so that what is read belongs to one moment. */
  public <T> T read(Supplier<T> work) {
    writer.lock();
    try {
      return work.get();
    } finally {
      writer.unlock();
    }
  }

  /**
   * Reads a little, and sees of each write all or nothing. Writes cannot become visible meanwhile.
   */
  public <T> T glance(Supplier<T> work) {
    showing.readLock().lock();
    try {
      return work.get();
    } finally {
      showing.readLock().unlock();
    }
  }

  /** Gives back the room of what journals have trimmed; tells whether there was any. */
  public boolean reclaim() {
    return read(store::reclaim);
  }

  // One writer at a time counts, under its lock; others only read the count.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void writeNext() {
    List<Work<?>> entry = new ArrayList<>();
    Changes changes = new Changes();
    Transaction last = null;
    while (entry.size() < MOST_IN_AN_ENTRY && !waiting.isEmpty()) {
      Work<?> next = waiting.remove();
      Transaction transaction = new Transaction(this, last);
      if (next.run(transaction)) {
        last = transaction;
        changes.addAll(transaction.changes());
        next.transaction = transaction;
      }
      entry.add(next);
    }
    try {
      if (!changes.isEmpty()) {
        if (indexLag != null) {
          indexLag.remember(changes, globalIndexes());
        }
        store.write(changes, showing.writeLock());
      }
      entry.forEach(each -> publish(each.transaction));
      writes += entry.size();
    } catch (RuntimeException refused) {
      entry.forEach(each -> each.failure = refused);
    }
    entry.forEach(each -> each.done = true);
  }

  private Set<Integer> globalIndexes() {
    Set<Integer> maps = new HashSet<>();
    for (Table table : tables.values()) {
      for (Index index : table.indexes()) {
        if (index.global()) {
          maps.add(index.map());
        }
      }
    }
    return maps;
  }

  private void publish(Transaction transaction) {
    if (transaction != null) {
      sizes.putAll(transaction.sizes());
      transaction
          .definitions()
          .forEach(
              (name, definition) -> {
                if (definition == null) {
                  tables.remove(name);
                } else {
                  publish(definition);
                }
              });
    }
  }

  private void publish(TableDefinition definition) {
    tables.put(definition.name(), new Table(this, definition));
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    writer.lock();
    try {
      store.close();
    } finally {
      writer.unlock();
    }
  }

  /** A write that waits for its turn; all fields are guarded by the writer's lock. */
  private static final class Work<T> {
    private final Function<Transaction, T> function;
    private T result;
    private RuntimeException failure;
    private Error error;
    private Transaction transaction;
    private boolean done;

    private Work(Function<Transaction, T> function) {
      this.function = function;
    }

    private boolean run(Transaction mine) {
      try {
        result = function.apply(mine);
        return true;
      } catch (RuntimeException refused) {
        failure = refused;
      } catch (Error broken) {
        error = broken;
      }
      return false;
    }

    private T result() {
      if (error != null) {
        throw error;
      }
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }
}
