package com.cruddur.ddb.bulk.export;

import com.cruddur.ddb.bulk.Spool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * The one file of an export, under the name {@code FILE.part} until it is complete, and its owner's
 * alone (mode 0600): it holds what everybody has written. A gzipped one ends a member wherever it
 * is kept, so that another run can go on behind it: members one after the other are one gzip file
 * (RFC 1952).
 */
final class ExportFile extends OutputStream {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final Set<OpenOption> KEPT =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final Path unfinished;
  private final boolean zipped;
  private final FileChannel channel;
  private final OutputStream file;
  private GZIPOutputStream member;

  /**
   * A new file, or the rest of one.
   *
   * @param length how much of it is kept
   */
  ExportFile(Path path, long length) throws IOException {
    this.path = path;
    this.unfinished = path.resolveSibling(path.getFileName() + ".part");
    this.zipped = path.toString().endsWith(".gz");
    if (length == 0) {
      // Whatever a killed run left there, or somebody has put there.
      Files.deleteIfExists(unfinished);
    }
    this.channel = FileChannel.open(unfinished, length == 0 ? NEW : KEPT, Spool.OWNER_ONLY);
    channel.truncate(length).position(channel.size());
    this.file = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  private OutputStream out() throws IOException {
    if (!zipped) {
      return file;
    }
    if (member == null) {
      member = new GZIPOutputStream(file, 1 << 16);
    }
    return member;
  }

  @Override
  public void write(int b) throws IOException {
    out().write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out().write(bytes, offset, length);
  }

  /** All that was written is in the file, whose length this returns. */
  long keep() throws IOException {
    if (member != null) {
      member.finish();
      member = null;
    }
    file.flush();
    return channel.position();
  }

  /** Gives the file its name. */
  void finish() throws IOException {
    if (channel.position() == 0) {
      // A gzip file of nothing has a member too.
      out();
    }
    keep();
    channel.close();
    Files.move(unfinished, path);
  }

  /** Deletes it. */
  void abandon() throws IOException {
    Files.deleteIfExists(unfinished);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
