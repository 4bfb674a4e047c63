package com.cruddur.ddb.local;

import com.cruddur.ddb.file.OwnFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that one process at a time holds; the operating system lets go of it when the process
 * dies, and it is removed when it is closed.
 *
 * <p>A POSIX lock belongs to the process and ends as soon as the process closes any descriptor of
 * the file (fcntl(2)). So within a JVM nobody may open a file that is held: callers see to it.
 */
final class ExclusiveFile implements AutoCloseable {
  private final Path path;
  private final Object identity;
  private final FileChannel channel;

  private ExclusiveFile(Path path, Object identity, FileChannel channel) {
    this.path = path;
    this.identity = identity;
    this.channel = channel;
  }

  /**
   * Takes the file, or returns nothing when another process holds it or has just let go of it.
   *
   * @param content who takes it, for others to read
   * @throws com.cruddur.ddb.file.ForeignFileException when somebody else has made it
   */
  static Optional<ExclusiveFile> tryAcquire(Path path, String content) throws IOException {
    try {
      Files.createFile(path, OwnFile.OWNER_ONLY);
    } catch (FileAlreadyExistsException expected) {
      // An existing file is opened below like a new one.
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      Object before = identity(path);
      channel = OwnFile.update(path);
      // Its last holder may have removed it since: then the lock is on a file nobody else will see.
      if (channel.tryLock() != null && Objects.equals(before, identity(path))) {
        held = true;
        note(channel, content);
        return Optional.of(new ExclusiveFile(path, before, channel));
      }
      return Optional.empty();
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    } finally {
      if (channel != null && !held) {
        channel.close();
      }
    }
  }

  /** The content tells people who holds the file; on a full disk a stack must stop without it. */
  private static void note(FileChannel channel, String content) {
    try {
      channel.truncate(0).write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException diskFull) {
      // The lock holds without it.
    }
  }

  private static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /**
   * Removes the file, then lets go of it: in this order nobody can hold a removed file for long.
   * One that somebody has put in its place is another's.
   */
  @Override
  public void close() {
    try (channel) {
      if (Objects.equals(identity, identity(path))) {
        Files.delete(path);
      }
    } catch (IOException leftBehind) {
      // The lock ends with the channel in any case; an unlocked file left behind harms nobody.
    }
  }
}
