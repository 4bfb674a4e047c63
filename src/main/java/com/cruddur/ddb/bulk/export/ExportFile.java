package com.cruddur.ddb.bulk.export;

import com.cruddur.ddb.file.OwnFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.zip.GZIPOutputStream;

/**
 * The one file of an export, under the name {@code FILE.part} until it is complete, and its owner's
 * alone (mode 0600): it holds what everybody has written. A gzipped one ends a member wherever it
 * is kept, so that another run can go on behind it: members one after the other are one gzip file
 * (RFC 1952).
 */
final class ExportFile extends OutputStream {
  private static final String PART = ".part";

  private final Path path;
  private final Path unfinished;
  private final boolean zipped;
  private final FileChannel channel;
  private final OutputStream file;
  private GZIPOutputStream member;

  /**
   * A new file, or the rest of one.
   *
   * @param part the name of the unfinished file; null for the first that is free
   * @param length how much of it is kept
   * @throws com.cruddur.ddb.file.ForeignFileException when it is not this user's alone
   */
  ExportFile(Path path, String part, long length) throws IOException {
    this.path = path;
    this.unfinished = part == null ? free(path) : path.resolveSibling(part);
    this.zipped = path.toString().endsWith(".gz");
    this.channel = OwnFile.update(unfinished);
    channel.truncate(length).position(channel.size());
    this.file = new BufferedOutputStream(OwnFile.output(unfinished, channel), 1 << 16);
  }

  /** A killed run's is overwritten; what somebody else has put there stays. */
  private static Path free(Path path) throws IOException {
    Path part = path.resolveSibling(path.getFileName() + PART);
    boolean free = Files.notExists(part, LinkOption.NOFOLLOW_LINKS) || OwnFile.isOwn(part);
    return free
        ? part
        : path.resolveSibling(
            path.getFileName() + ".%08x".formatted(new SecureRandom().nextInt()) + PART);
  }

  /** Whether a file's unfinished one can have that name. */
  static boolean isPart(Path path, String name) {
    String begin = path.getFileName().toString();
    return name.startsWith(begin)
        && name.substring(begin.length()).matches("(\\.[0-9a-f]{8})?\\" + PART);
  }

  /** Removes what a run left that is not gone on with; null for none. */
  static void discard(Path path, JsonNode state) {
    String part = state == null ? "" : state.path("part").asText();
    try {
      if (isPart(path, part) && OwnFile.isOwn(path.resolveSibling(part))) {
        Files.deleteIfExists(path.resolveSibling(part));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String part() {
    return unfinished.getFileName().toString();
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

  /** How much of an earlier run's file there is. */
  long length() throws IOException {
    return channel.position();
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
