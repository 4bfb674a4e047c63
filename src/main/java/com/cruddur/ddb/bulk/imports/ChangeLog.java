package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.ItemKey;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.file.SortedRuns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The changes of incremental exports, of which an item may have several, in any order and any
 * number of files. Of each item the one that was written last counts.
 */
final class ChangeLog implements Closeable {
  private static final long MEMORY = 32L << 20;

  private final SortedRuns runs = new SortedRuns(MEMORY);

  /** Takes what has become of an item. */
  interface Reader {
    /**
     * The last change of an item.
     *
     * @param earlier how many changes before it are passed over
     */
    void last(Place at, ItemRecord change, long earlier) throws IOException;
  }

  /**
   * Keeps a change.
   *
   * @param line as it was read
   */
  void add(Place at, ItemRecord change, byte[] line) throws IOException {
    ByteArrayOutputStream value = new ByteArrayOutputStream(line.length + 64);
    try (DataOutputStream out = new DataOutputStream(value)) {
      out.writeLong(change.micros());
      out.writeUTF(at.file());
      out.writeLong(at.line());
      out.write(line);
    }
    runs.add(ItemKey.of(change.keys()), value.toByteArray());
  }

  /** Gives the last change of every item, in order of their keys. */
  void forEachLast(Reader reader) throws IOException {
    SortedRuns.Cursor sorted = runs.sorted();
    SortedRuns.Entry last = null;
    long earlier = 0;
    for (SortedRuns.Entry next = sorted.next(); next != null; next = sorted.next()) {
      if (last == null || !Arrays.equals(last.key(), next.key())) {
        tell(last, earlier, reader);
        last = next;
        earlier = 0;
      } else {
        last = micros(next) >= micros(last) ? next : last;
        earlier++;
      }
    }
    tell(last, earlier, reader);
  }

  private static long micros(SortedRuns.Entry entry) throws IOException {
    return new DataInputStream(new ByteArrayInputStream(entry.value())).readLong();
  }

  private static void tell(SortedRuns.Entry entry, long earlier, Reader reader) throws IOException {
    if (entry == null) {
      return;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry.value()));
    in.readLong();
    String file = in.readUTF();
    long number = in.readLong();
    byte[] line = in.readAllBytes();
    Place at = new Place(file, number, () -> new String(line, StandardCharsets.UTF_8));
    reader.last(at, ItemRecord.read(line), earlier);
  }

  @Override
  public void close() throws IOException {
    runs.close();
  }
}
