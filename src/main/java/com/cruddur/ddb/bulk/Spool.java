package com.cruddur.ddb.bulk;

import com.cruddur.ddb.file.OwnFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What was read from an input that can be read only once, kept to be read again. The file is the
 * owner's alone (mode 0600) and has no name any more once it is made, so that nothing is left
 * behind even by kill -9; where an open file cannot be deleted it is deleted at the end.
 */
public final class Spool implements Closeable {
  private final Path path;
  private final FileChannel channel;
  private final boolean kept;
  private String broken;

  private Spool(Path path, FileChannel channel, boolean kept) {
    this.path = path;
    this.channel = channel;
    this.kept = kept;
  }

  /** A file that stays for a later run; it may be one of an earlier. */
  static Spool kept(Path path) throws IOException {
    return new Spool(path, OwnFile.update(path), true);
  }

  /** Keeps the first bytes; what is written from now on comes behind them. */
  void keep(long length) throws IOException {
    channel.truncate(length).position(length);
  }

  static Spool empty() throws IOException {
    Path path = Files.createTempFile("ddb-seed", ".tmp");
    Spool spool = new Spool(path, channel(path), false);
    deleteIfPossible(path);
    return spool;
  }

  /** What a stream holds, to its end or to where it breaks off. */
  public static Spool of(InputStream in) throws IOException {
    Spool spool = empty();
    try {
      spool.fill(in);
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private void fill(InputStream in) throws IOException {
    try {
      in.transferTo(output());
    } catch (BrokenGzipException e) {
      broken = e.getMessage();
    }
  }

  /** Why the input could not be read to its end; null when it was. What came before is here. */
  public String broken() {
    return broken;
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void deleteIfPossible(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      // Windows: it is open.
    }
  }

  public long size() throws IOException {
    return channel.size();
  }

  public OutputStream output() {
    return Channels.newOutputStream(channel);
  }

  /** From the start. */
  public InputStream open() {
    return new Reading();
  }

  public SeedInput input(String name) {
    return new SeedInput(name, this::open, true);
  }

  /** Reads from the start, at a position of its own; closing it leaves the spool open. */
  private final class Reading extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
      position += Math.max(n, 0);
      return n;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!kept) {
      Files.deleteIfExists(path);
    }
  }
}
