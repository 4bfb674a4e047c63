package com.cruddur.ddb.file;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What is kept to be read again, such as an input that can be read only once, or what does not fit
 * the heap. The file is the owner's alone (mode 0600) and has no name any more once it is made, so
 * that nothing is left behind even by kill -9; where an open file cannot be deleted it is deleted
 * at the end.
 */
public final class Spool implements Closeable {
  private static final long CHECKED_BYTES = 16L << 20;

  private final Path path;
  private final FileChannel channel;
  private final boolean kept;

  private Spool(Path path, FileChannel channel, boolean kept) {
    this.path = path;
    this.channel = channel;
    this.kept = kept;
  }

  /** A file that stays for a later run; it may be one of an earlier. */
  public static Spool kept(Path path) throws IOException {
    return new Spool(path, OwnFile.update(path), true);
  }

  /** Keeps the first bytes; what is written from now on comes behind them. */
  public void keep(long length) throws IOException {
    channel.truncate(length).position(length);
  }

  /** In the folder for temporary files. */
  public static Spool empty() throws IOException {
    Path path = Files.createTempFile("ddb", ".tmp");
    Spool spool = new Spool(path, channel(path), false);
    deleteIfPossible(path);
    return spool;
  }

  /** What a stream holds. */
  public static Spool of(InputStream in) throws IOException {
    Spool spool = empty();
    try {
      in.transferTo(spool.output());
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
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

  /** Leaves a twentieth of the disk free, for others: an archive may unpack to any size. */
  public OutputStream output() {
    return new FilterOutputStream(OwnFile.output(path, channel)) {
      private long unchecked;

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        unchecked += length;
        if (unchecked >= CHECKED_BYTES) {
          unchecked = 0;
          requireRoom();
        }
        out.write(bytes, offset, length);
      }
    };
  }

  private void requireRoom() throws IOException {
    FileStore disk = Files.getFileStore(path.toAbsolutePath().getParent());
    if (disk.getUsableSpace() < disk.getTotalSpace() / 20) {
      throw new FileSystemException(
          path.toString(),
          null,
          "it has grown to "
              + (channel.size() >> 20)
              + " MB, and less than 5 % of its disk is free; make room, or name a larger disk with"
              + " DDB_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }
  }

  /** From the start. */
  public InputStream open() {
    return new Reading();
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
