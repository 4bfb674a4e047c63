package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A file of entries in the order of their keys, written once and never changed: blocks of some 16
 * KB with a checksum each, an index of their first keys, and a filter that tells which keys are not
 * in it. {@link RunWriter} says how it is laid out.
 */
final class Run implements AutoCloseable {
  /** Of an entry that says that there is no entry any more. Told by identity. */
  static final byte[] REMOVED = {};

  static final long MAGIC = 0x6464622d72756e31L;
  static final int FOOTER = 3 * Long.BYTES + 3 * Integer.BYTES + Long.BYTES;

  private final int number;
  private final Path path;
  private final FileChannel file;
  private final long size;
  private final byte[][] firstKeys;
  private final long[] offsets;
  private final BloomFilter filter;

  private Run(
      int number, Path path, FileChannel file, long size, ByteBuffer index, BloomFilter filter) {
    this.number = number;
    this.path = path;
    this.file = file;
    this.size = size;
    this.filter = filter;
    int blocks = index.getInt();
    firstKeys = new byte[blocks][];
    offsets = new long[blocks + 1];
    for (int i = 0; i < blocks; i++) {
      offsets[i] = index.getLong();
      firstKeys[i] = new byte[index.getInt()];
      index.get(firstKeys[i]);
    }
    offsets[blocks] = index.getLong();
  }

  /**
   * Opens a file that {@link RunWriter} finished.
   *
   * @throws StorageException if it is damaged
   */
  static Run open(int number, Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      long size = file.size();
      ByteBuffer footer = read(file, Math.max(0, size - FOOTER), FOOTER);
      long indexAt = footer.getLong();
      int indexLength = footer.getInt();
      long filterAt = footer.getLong();
      int filterLength = footer.getInt();
      footer.getLong();
      int checksum = footer.getInt();
      if (footer.getLong() != MAGIC
          || indexAt + indexLength != filterAt
          || filterAt + filterLength + FOOTER != size) {
        throw DiskStore.damaged(path, null);
      }
      ByteBuffer tail = read(file, indexAt, indexLength + filterLength);
      if (checksum(tail.array(), 0, tail.capacity()) != checksum) {
        throw DiskStore.damaged(path, null);
      }
      ByteBuffer index = tail.slice(0, indexLength);
      return new Run(
          number, path, file, size, index, BloomFilter.of(tail.slice(indexLength, filterLength)));
    } catch (EOFException | IndexOutOfBoundsException | IllegalArgumentException broken) {
      file.close();
      throw DiskStore.damaged(path, broken);
    } catch (IOException | StorageException failure) {
      file.close();
      throw failure;
    }
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  int number() {
    return number;
  }

  Path path() {
    return path;
  }

  /** Bytes of the file. */
  long size() {
    return size;
  }

  /**
   * The value; {@link #REMOVED} where the run says that there is none; null where it says nothing.
   */
  byte[] get(byte[] key, long hash) {
    if (!filter.mayHold(hash)) {
      return null;
    }
    int block = blockOf(key);
    if (block < 0) {
      return null;
    }
    Block entries = block(block);
    int at = entries.find(key);
    return at >= 0 ? entries.value(at) : null;
  }

  /** The last block whose first key is not after a key; -1 if there is none. */
  int blockOf(byte[] key) {
    int at = Arrays.binarySearch(firstKeys, key, Arrays::compareUnsigned);
    return at >= 0 ? at : -at - 2;
  }

  /** How many blocks it has. */
  int blocks() {
    return firstKeys.length;
  }

  byte[] firstKey() {
    return firstKeys[0];
  }

  Block block(int number) {
    try {
      int length = (int) (offsets[number + 1] - offsets[number]);
      ByteBuffer bytes = read(file, offsets[number], length);
      int body = length - Integer.BYTES;
      if (checksum(bytes.array(), 0, body) != bytes.getInt(body)) {
        throw DiskStore.damaged(path, null);
      }
      return new Block(bytes.limit(body));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Entries of a range, removed ones included. */
  RawCursor cursor(byte[] from, byte[] to, boolean forward) {
    return new RunCursor(this, from, to, forward);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
