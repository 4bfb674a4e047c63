package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a {@link Run}: blocks, then the index of blocks, then the filter, then where both are.
 *
 * <pre>
 * block:  (key length, key, value length or -1, value)…, checksum
 * index:  number of blocks, (offset, first key length, first key)…, offset of the end
 * footer: index offset and length, filter offset and length, entries, checksum of both, magic
 * </pre>
 */
final class RunWriter {
  private static final int BLOCK = 16 * 1024;

  private final DataOutputStream out;
  private ByteBuffer block = ByteBuffer.allocate(2 * BLOCK);
  private ByteBuffer index = ByteBuffer.allocate(BLOCK);
  private long[] hashes = new long[1024];
  private int entries;
  private int blocks;
  private long position;

  private RunWriter(DataOutputStream out) {
    this.out = out;
  }

  /**
   * Writes entries, which come in order, and waits for the disk.
   *
   * @param keepRemoved whether entries that say "removed" are written: not in the oldest run
   * @return the run, or null if there was nothing to write
   */
  static Run write(int number, Path path, RawCursor entries, boolean keepRemoved)
      throws IOException {
    boolean done = false;
    try (FileOutputStream file = new FileOutputStream(path.toFile());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(file, 4 * BLOCK))) {
      RunWriter writer = new RunWriter(out);
      while (entries.next()) {
        byte[] value = entries.value();
        if (keepRemoved || value != Run.REMOVED) {
          writer.add(entries.key(), value);
        }
      }
      writer.finish();
      out.flush();
      file.getFD().sync();
      done = writer.entries > 0;
    } finally {
      if (!done) {
        Files.deleteIfExists(path);
      }
    }
    return done ? Run.open(number, path) : null;
  }

  private void add(byte[] key, byte[] value) throws IOException {
    if (block.position() == 0) {
      index = room(index, Long.BYTES + Integer.BYTES + key.length);
      index.putLong(position).putInt(key.length).put(key);
    }
    block = room(block, 2 * Integer.BYTES + key.length + value.length + Integer.BYTES);
    block.putInt(key.length).put(key);
    if (value == Run.REMOVED) {
      block.putInt(-1);
    } else {
      block.putInt(value.length).put(value);
    }
    if (entries == hashes.length) {
      hashes = Arrays.copyOf(hashes, entries * 2);
    }
    hashes[entries++] = BloomFilter.hash(key);
    if (block.position() >= BLOCK) {
      endBlock();
    }
  }

  private static ByteBuffer room(ByteBuffer buffer, int bytes) {
    if (buffer.remaining() >= bytes) {
      return buffer;
    }
    ByteBuffer larger =
        ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
    return larger.put(buffer.flip());
  }

  private void endBlock() throws IOException {
    block.putInt(Run.checksum(block.array(), 0, block.position()));
    out.write(block.array(), 0, block.position());
    position += block.position();
    block.clear();
    blocks++;
  }

  private void finish() throws IOException {
    if (block.position() > 0) {
      endBlock();
    }
    BloomFilter filter = new BloomFilter(entries);
    for (int i = 0; i < entries; i++) {
      filter.add(hashes[i]);
    }
    byte[] filterBytes = filter.bytes();
    ByteBuffer tail =
        ByteBuffer.allocate(Integer.BYTES + index.position() + Long.BYTES + filterBytes.length);
    tail.putInt(blocks).put(index.flip()).putLong(position);
    int indexLength = tail.position();
    tail.put(filterBytes);
    out.write(tail.array());
    out.writeLong(position);
    out.writeInt(indexLength);
    out.writeLong(position + indexLength);
    out.writeInt(filterBytes.length);
    out.writeLong(entries);
    out.writeInt(Run.checksum(tail.array(), 0, tail.capacity()));
    out.writeLong(Run.MAGIC);
  }
}
