package com.cruddur.ddb.engine.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files a store consists of. It is replaced as a whole, so that a crash leaves the old one or
 * the new one.
 *
 * @param nextFile a number that no file has yet
 * @param log the first log that holds what is in no run
 * @param maps runs of each map, the newest first
 * @param journals what is known of each journal
 * @param end how far the logs were written, at least
 */
record Manifest(
    int nextFile,
    int log,
    Map<Integer, List<Integer>> maps,
    Map<Integer, JournalRuns> journals,
    LogEnd end) {

  /** Runs of a journal, the newest first, and its range. */
  record JournalRuns(long first, long next, List<Integer> runs) {}

  /** A log, and how many bytes of it are known to be on the disk. */
  record LogEnd(int log, long length) {
    static final LogEnd NONE = new LogEnd(0, 0);
  }

  static final Manifest EMPTY = new Manifest(1, 0, Map.of(), Map.of(), LogEnd.NONE);

  private static final String NAME = "manifest";
  private static final long MAGIC = 0x6464622d6d616e31L;

  static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /** Reads that of a folder; {@link #EMPTY} if there is none. */
  static Manifest read(Path folder) throws IOException {
    Path path = in(folder);
    if (!Files.exists(path)) {
      return EMPTY;
    }
    byte[] bytes = Files.readAllBytes(path);
    int body = bytes.length - Integer.BYTES;
    if (body < Long.BYTES
        || ByteBuffer.wrap(bytes).getLong() != MAGIC
        || ByteBuffer.wrap(bytes).getInt(body) != Run.checksum(bytes, 0, body)) {
      throw DiskStore.damaged(path, null);
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.readLong();
    int nextFile = in.readInt();
    int log = in.readInt();
    Map<Integer, List<Integer>> maps = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      maps.put(in.readInt(), numbers(in));
    }
    Map<Integer, JournalRuns> journals = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      journals.put(in.readInt(), new JournalRuns(in.readLong(), in.readLong(), numbers(in)));
    }
    boolean older = in.available() == Integer.BYTES;
    LogEnd end = older ? LogEnd.NONE : new LogEnd(in.readInt(), in.readLong());
    return new Manifest(nextFile, log, maps, journals, end);
  }

  private static List<Integer> numbers(DataInputStream in) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      numbers.add(in.readInt());
    }
    return numbers;
  }

  /** Whether the folder had none. One that was read is not that, whatever it holds. */
  @SuppressWarnings("ReferenceEquality")
  boolean isNone() {
    return this == EMPTY;
  }

  /** Puts this in the place of what is there, and waits for the disk. */
  void write(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(MAGIC);
    out.writeInt(nextFile);
    out.writeInt(log);
    out.writeInt(maps.size());
    for (Map.Entry<Integer, List<Integer>> map : maps.entrySet()) {
      out.writeInt(map.getKey());
      write(out, map.getValue());
    }
    out.writeInt(journals.size());
    for (Map.Entry<Integer, JournalRuns> journal : journals.entrySet()) {
      out.writeInt(journal.getKey());
      out.writeLong(journal.getValue().first());
      out.writeLong(journal.getValue().next());
      write(out, journal.getValue().runs());
    }
    out.writeInt(end.log());
    out.writeLong(end.length());
    out.writeInt(Run.checksum(bytes.toByteArray(), 0, bytes.size()));
    Path fresh = folder.resolve(NAME + ".new");
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      // A disk with little room takes a part, and says so by the next part only.
      for (ByteBuffer left = ByteBuffer.wrap(bytes.toByteArray()); left.hasRemaining(); ) {
        file.write(left);
      }
      file.force(true);
    }
    Files.move(
        fresh, in(folder), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException notHere) {
      // Not every system can: then the rename is durable a little later.
    }
  }

  private static void write(DataOutputStream out, List<Integer> numbers) throws IOException {
    out.writeInt(numbers.size());
    for (int number : numbers) {
      out.writeInt(number);
    }
  }
}
