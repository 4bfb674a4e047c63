package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.file.Spool;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Lines that name what was not known when they were read, kept in a temporary file until all is
 * known that ever will be. Usually there are none, and then there is no file.
 */
final class DeferredRecords implements Closeable {
  /** Makes the file. */
  interface Opener {
    Spool open() throws IOException;
  }

  private final Opener opener;
  private Spool spool;
  private DataOutputStream out;
  private long kept;

  /** Lines that an earlier run has put off. */
  DeferredRecords(Opener opener, long kept) throws IOException {
    this.opener = opener;
    this.kept = kept;
    if (kept > 0) {
      open();
    }
  }

  private void open() throws IOException {
    spool = opener.open();
    out = new DataOutputStream(new BufferedOutputStream(spool.output(), 1 << 16));
  }

  long count() {
    return kept;
  }

  /** The length of the file, all of them in it. */
  long bytes() {
    try {
      if (spool == null) {
        return 0;
      }
      out.flush();
      return spool.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a line. */
  interface Reading {
    void line(Place at, byte[] line) throws IOException;
  }

  void add(Place at, byte[] line) throws IOException {
    if (spool == null) {
      open();
    }
    out.writeUTF(at.file());
    out.writeLong(at.line());
    out.writeInt(line.length);
    out.write(line);
    kept++;
  }

  boolean isEmpty() {
    return kept == 0;
  }

  /** Gives every line, in the order in which they came. */
  void forEach(Reading reading) throws IOException {
    if (isEmpty()) {
      return;
    }
    out.flush();
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(spool.open(), 1 << 16))) {
      for (long i = 0; i < kept; i++) {
        Place at = new Place(in.readUTF(), in.readLong());
        reading.line(at, in.readNBytes(in.readInt()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
