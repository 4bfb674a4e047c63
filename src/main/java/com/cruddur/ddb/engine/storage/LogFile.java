package com.cruddur.ddb.engine.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A log that is only appended to. An entry is written in one call before its writer gets an answer,
 * so that the end of this process takes nothing of it; a power cut may take the last second, for
 * which {@link #sync} is called once a second.
 *
 * <pre>
 * log:   magic, entry…
 * entry: length, checksum of the bytes, checksum of these two, bytes
 * </pre>
 *
 * A length has a checksum of its own: a damaged one would look like the end that a crash leaves,
 * and all that follows would be lost. Logs without the magic are older and have none.
 */
final class LogFile implements AutoCloseable {
  private static final long MAGIC = 0x6464622d6c6f6732L;
  private static final int OLD_HEAD = 2 * Integer.BYTES;
  private static final int HEAD = 3 * Integer.BYTES;
  private static final int MOST = 1 << 30;

  private final Path path;
  // A random access file: unlike a channel's, its writes are not cut short by an interrupt.
  private final RandomAccessFile file;
  private long length;
  private volatile boolean dirty;
  private boolean broken;

  private LogFile(Path path, RandomAccessFile file, long length) throws IOException {
    this.path = path;
    this.file = file;
    this.length = length;
    file.setLength(length);
    file.seek(length);
    if (length == 0) {
      file.writeLong(MAGIC);
      this.length = Long.BYTES;
      dirty = true;
    }
  }

  /** Goes on after so many bytes, and cuts off what is behind them; begins one that is empty. */
  static LogFile open(Path path, long length) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      return new LogFile(path, file, length);
    } catch (IOException failure) {
      file.close();
      throw failure;
    }
  }

  /** A new one; none if there is no room for it. */
  static LogFile begin(Path path) throws IOException {
    try {
      return open(path, 0);
    } catch (IOException failure) {
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  /** Whether it is there and of today's layout, or empty and can become so. */
  static boolean isCurrent(Path path) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(path))) {
      byte[] start = in.readNBytes(Long.BYTES);
      return start.length < Long.BYTES || ByteBuffer.wrap(start).getLong() == MAGIC;
    }
  }

  /**
   * Reads all entries.
   *
   * @param last whether a crash may have cut it off: then what is behind the last whole entry is
   *     dropped
   * @return the length up to the end of the last whole entry
   * @throws StorageException if it does not end as a crash leaves it
   */
  static long replay(Path path, boolean last, Consumer<byte[]> entries) throws IOException {
    long size = Files.size(path);
    boolean current = isCurrent(path);
    int head = current ? HEAD : OLD_HEAD;
    long position = current && size >= Long.BYTES ? Long.BYTES : 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
      in.skipNBytes(position);
      while (size - position >= head) {
        byte[] start = in.readNBytes(head);
        int length = ByteBuffer.wrap(start).getInt();
        if (current && ByteBuffer.wrap(start).getInt(OLD_HEAD) != checksum(start, OLD_HEAD)) {
          requireZeros(path, in);
          break;
        }
        if (length <= 0 || length > size - position - head) {
          if (position == 0) {
            // Of today's layout, but for its magic.
            throw DiskStore.damaged(path, null);
          }
          break;
        }
        byte[] bytes = in.readNBytes(length);
        if (checksum(bytes, length) != ByteBuffer.wrap(start).getInt(Integer.BYTES)) {
          if (position + head + length < size) {
            throw DiskStore.damaged(path, null);
          }
          break;
        }
        entries.accept(bytes);
        position += head + length;
      }
    }
    if (!last && position < size) {
      throw DiskStore.damaged(path, null);
    }
    return position;
  }

  /** A power cut may leave the room of an entry without its bytes; then nothing comes behind. */
  private static void requireZeros(Path path, InputStream in) throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != 0) {
        throw DiskStore.damaged(path, null);
      }
    }
  }

  /**
   * Appends an entry.
   *
   * @throws IOException if it could not be written; the log is then as it was before
   */
  void append(byte[] bytes) throws IOException {
    if (broken || bytes.length > MOST) {
      throw new IOException(broken ? "an earlier write to it failed" : "a write of over 1 GB");
    }
    ByteBuffer entry = ByteBuffer.allocate(HEAD + bytes.length);
    entry.putInt(bytes.length).putInt(checksum(bytes, bytes.length));
    entry.putInt(checksum(entry.array(), OLD_HEAD)).put(bytes);
    try {
      file.write(entry.array());
      length += entry.capacity();
      dirty = true;
    } catch (IOException failure) {
      cutBack();
      throw failure;
    }
  }

  private void cutBack() {
    try {
      file.setLength(length);
      file.seek(length);
    } catch (IOException stillBroken) {
      broken = true;
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  /** Waits for the disk, if anything was written since it last did. */
  void sync() throws IOException {
    if (dirty) {
      dirty = false;
      try {
        file.getFD().sync();
      } catch (IOException failure) {
        dirty = true;
        throw failure;
      }
    }
  }

  /** Waits for the disk, when nothing more is to come; what a failed write left goes. */
  void end() throws IOException {
    if (broken) {
      file.setLength(length);
    }
    sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
