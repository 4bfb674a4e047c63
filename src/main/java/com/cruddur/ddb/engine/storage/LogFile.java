package com.cruddur.ddb.engine.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A log that is only appended to: entries of a length, a checksum and bytes. An entry is written in
 * one call before its writer gets an answer, so that the end of this process takes nothing of it; a
 * power cut may take the last second, for which {@link #sync} is called once a second.
 */
final class LogFile implements AutoCloseable {
  private static final int HEAD = 2 * Integer.BYTES;
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
  }

  /** Goes on after so many bytes, and cuts off what is behind them. */
  static LogFile open(Path path, long length) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      return new LogFile(path, file, length);
    } catch (IOException failure) {
      file.close();
      throw failure;
    }
  }

  /**
   * Reads all entries.
   *
   * @return the length up to the end of the last whole entry
   * @throws StorageException if there is something behind an entry that is damaged: then it is not
   *     the end that a crash left
   */
  static long replay(Path path, Consumer<byte[]> entries) throws IOException {
    long size = Files.size(path);
    long position = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
      while (size - position >= HEAD) {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length <= 0 || length > size - position - HEAD) {
          break;
        }
        byte[] bytes = in.readNBytes(length);
        if (checksum(bytes) != checksum) {
          if (position + HEAD + length < size) {
            throw DiskStore.damaged(path, null);
          }
          break;
        }
        entries.accept(bytes);
        position += HEAD + length;
      }
    }
    return position;
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
    entry.putInt(bytes.length).putInt(checksum(bytes)).put(bytes);
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

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  Path path() {
    return path;
  }

  /** Waits for the disk, if anything was written since it last did. */
  void sync() throws IOException {
    if (dirty) {
      dirty = false;
      file.getFD().sync();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
