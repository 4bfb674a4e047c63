package com.cruddur.ddb.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Sorts entries by key in bounded memory: what does not fit is sorted in parts, each a file without
 * a name that is gone with the process, and the parts are merged when they are read. Entries of one
 * key come in the order in which they were added. {@link #add} is for any number of threads.
 */
public final class SortedRuns implements Closeable {
  /** Beside its bytes, what an entry takes in memory. */
  private static final int OVERHEAD = 96;

  private static final int BUFFER = 1 << 14;

  /** So many runs are merged into one: each that is read takes its buffers. */
  private static final int MOST_RUNS = 32;

  /** Of the heap: there may be two sorters, and entries take more than their bytes. */
  private static final int SHARE = 12;

  /** A key, compared as unsigned bytes, and what belongs to it. */
  public record Entry(byte[] key, byte[] value) {}

  /** Gives entries in order. */
  public interface Cursor {
    /** The next entry; null at the end. */
    Entry next() throws IOException;
  }

  private static final Comparator<Entry> BY_KEY =
      (one, other) -> Arrays.compareUnsigned(one.key, other.key);

  private final long memory;

  /** Runs by how often they were merged, each list in the order in which they were written. */
  private final List<List<Spool>> levels = new ArrayList<>();

  private List<Entry> gathered = new ArrayList<>();
  private long bytes;

  /**
   * An empty sorter.
   *
   * @param memory how many bytes of entries are held at most; less where the heap is small
   */
  public SortedRuns(long memory) {
    this.memory = Math.min(memory, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * A key by which entries sort by a text, in UTF-8, then by bytes; what begins with the text's own
   * key is of this text.
   */
  public static byte[] key(String text, byte... rest) {
    ByteArrayOutputStream key = new ByteArrayOutputStream(text.length() + 2 + rest.length);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      key.write(b);
      if (b == 0) {
        // So that the end of the text, 0 and 0, stands before any longer one.
        key.write(1);
      }
    }
    key.write(0);
    key.write(0);
    key.writeBytes(rest);
    return key.toByteArray();
  }

  /** Adds an entry; not while others are read. */
  public synchronized void add(byte[] key, byte[] value) throws IOException {
    gathered.add(new Entry(key, value));
    bytes += key.length + value.length + OVERHEAD;
    if (bytes >= memory) {
      write();
    }
  }

  private void write() throws IOException {
    gathered.sort(BY_KEY);
    keep(0, reading(gathered));
    gathered = new ArrayList<>();
    bytes = 0;
  }

  private void keep(int level, Cursor sorted) throws IOException {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    List<Spool> runs = levels.get(level);
    Spool run = Spool.empty();
    runs.add(run);
    write(sorted, run);
    if (runs.size() == MOST_RUNS) {
      keep(level + 1, merged(runs.stream().map(SortedRuns::reading).toList()));
      close(runs);
      runs.clear();
    }
  }

  private static void write(Cursor sorted, Spool run) throws IOException {
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    OutputStream file = new BufferedOutputStream(run.output(), BUFFER);
    DeflaterOutputStream deflated = new DeflaterOutputStream(file, fast, BUFFER);
    try {
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(deflated, BUFFER));
      for (Entry entry = sorted.next(); entry != null; entry = sorted.next()) {
        out.writeInt(entry.key.length);
        out.write(entry.key);
        out.writeInt(entry.value.length);
        out.write(entry.value);
      }
      // Not closed: the file would be.
      out.flush();
      deflated.finish();
      file.flush();
    } finally {
      fast.end();
    }
  }

  /** All entries, in order; it may be called again. */
  public synchronized Cursor sorted() throws IOException {
    List<Cursor> cursors = new ArrayList<>();
    for (int level = levels.size() - 1; level >= 0; level--) {
      levels.get(level).forEach(run -> cursors.add(reading(run)));
    }
    gathered.sort(BY_KEY);
    cursors.add(reading(gathered));
    return merged(cursors);
  }

  private static Cursor reading(List<Entry> entries) {
    Iterator<Entry> left = entries.iterator();
    return () -> left.hasNext() ? left.next() : null;
  }

  private static Cursor reading(Spool run) {
    DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new InflaterInputStream(new BufferedInputStream(run.open(), BUFFER)), BUFFER));
    return () -> {
      int length;
      try {
        length = in.readInt();
      } catch (EOFException e) {
        return null;
      }
      byte[] key = in.readNBytes(length);
      return new Entry(key, in.readNBytes(in.readInt()));
    };
  }

  /** The head of a run, and where the next one comes from. */
  private record Head(Entry entry, int run) {}

  private static Cursor merged(List<Cursor> cursors) throws IOException {
    PriorityQueue<Head> heads =
        new PriorityQueue<>(Comparator.comparing(Head::entry, BY_KEY).thenComparingInt(Head::run));
    for (int run = 0; run < cursors.size(); run++) {
      push(heads, cursors, run);
    }
    return () -> {
      Head first = heads.poll();
      if (first == null) {
        return null;
      }
      push(heads, cursors, first.run);
      return first.entry;
    };
  }

  private static void push(PriorityQueue<Head> heads, List<Cursor> cursors, int run)
      throws IOException {
    Entry entry = cursors.get(run).next();
    if (entry != null) {
      heads.add(new Head(entry, run));
    }
  }

  @Override
  public synchronized void close() throws IOException {
    gathered = List.of();
    for (List<Spool> runs : levels) {
      close(runs);
    }
  }

  private static void close(List<Spool> runs) throws IOException {
    for (Spool run : runs) {
      run.close();
    }
  }
}
