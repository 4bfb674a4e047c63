package com.cruddur.ddb.bulk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What was read from an input that can be read only once, kept to be read again. The file is the
 * owner's alone (mode 0600) and has no name any more once it is made, so that nothing is left
 * behind even by kill -9; where an open file cannot be deleted it is deleted at the end.
 */
public final class Spool implements Closeable {
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<OpenOption> KEPT =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final FileChannel channel;
  private final boolean kept;
  private String broken;

  private Spool(Path path, FileChannel channel, boolean kept) {
    this.path = path;
    this.channel = channel;
    this.kept = kept;
  }

  /** A file that stays for a later run, of which the first bytes are taken over from an earlier. */
  static Spool kept(Path path, long length) throws IOException {
    FileChannel channel = FileChannel.open(path, KEPT, OWNER_ONLY);
    channel.truncate(length).position(channel.size());
    return new Spool(path, channel, true);
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
