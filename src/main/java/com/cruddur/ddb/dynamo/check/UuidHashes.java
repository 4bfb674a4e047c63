package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.file.Spool;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The message uuids of a conversation, eight bytes each: whether one of them stands there twice.
 * Beyond half a million they are kept in a file.
 */
final class UuidHashes {
  /** So many are held by a conversation whose items are being read. */
  static final int FULL = 1 << 16;

  private static final int MOST = 8 * FULL;

  private final int most;
  private long[] hashes = {};
  private int size;
  private Spool further;
  private DataOutputStream out;

  UuidHashes() {
    this(MOST);
  }

  UuidHashes(int most) {
    this.most = most;
  }

  /** Stands for a uuid in a conversation; FNV-1a. */
  static long hash(String groupUuid, String messageUuid) {
    return mix(mix(0xcbf29ce484222325L, groupUuid), messageUuid);
  }

  private static long mix(long from, String text) {
    long hash = from;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ Character.toLowerCase(text.charAt(i))) * 0x100000001b3L;
    }
    return hash;
  }

  void add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(8, 2 * size));
    }
    hashes[size++] = hash;
  }

  boolean isFull() {
    return size >= FULL;
  }

  /** What they take in memory. */
  long bytes() {
    return 8L * hashes.length;
  }

  /** Adds others of the same conversation. */
  void add(UuidHashes others) throws IOException {
    if (size + others.size > most) {
      writeFurther();
    }
    int sum = size + others.size;
    if (sum > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(sum, Math.min(most, 2 * size)));
    }
    System.arraycopy(others.hashes, 0, hashes, size, others.size);
    size = sum;
  }

  private void writeFurther() throws IOException {
    if (further == null) {
      further = Spool.empty();
      out = new DataOutputStream(new BufferedOutputStream(further.output(), 1 << 16));
    }
    for (int i = 0; i < size; i++) {
      out.writeLong(hashes[i]);
    }
    size = 0;
  }

  /** Whether one stands there twice; nothing is kept after this. */
  boolean doubled() throws IOException {
    try (Spool file = further) {
      if (file == null) {
        return twice();
      }
      writeFurther();
      out.flush();
      long all = file.size() / Long.BYTES;
      long parts = all / most + 1;
      for (long part = 0; part < parts; part++) {
        readPart(file, all, part, parts);
        if (twice()) {
          return true;
        }
      }
      return false;
    } finally {
      hashes = new long[0];
      size = 0;
      further = null;
    }
  }

  /** Those that leave a remainder: equal ones leave the same. */
  private void readPart(Spool file, long all, long part, long parts) throws IOException {
    size = 0;
    DataInputStream in = new DataInputStream(new BufferedInputStream(file.open(), 1 << 16));
    for (long i = 0; i < all; i++) {
      long hash = in.readLong();
      if (Long.remainderUnsigned(hash, parts) == part) {
        add(hash);
      }
    }
  }

  private boolean twice() {
    Arrays.sort(hashes, 0, size);
    for (int i = 1; i < size; i++) {
      if (hashes[i] == hashes[i - 1]) {
        return true;
      }
    }
    return false;
  }

  /** Writes those that are in memory. */
  void write(DataOutput data) throws IOException {
    data.writeInt(size);
    for (int i = 0; i < size; i++) {
      data.writeLong(hashes[i]);
    }
  }

  /** Reads into new ones what {@link #write} wrote. */
  void read(DataInput data) throws IOException {
    size = data.readInt();
    hashes = new long[size];
    for (int i = 0; i < size; i++) {
      hashes[i] = data.readLong();
    }
  }
}
