package com.cruddur.ddb.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Opens a file that ddb finds by a name of its own, if it is this user's or root's alone: a regular
 * file with one name, not writable by others, not reached through another user's symbolic link, and
 * no link itself. New ones are made with mode 0600, whatever the umask.
 */
public final class OwnFile {
  /** Mode 0600. */
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private static final Set<OpenOption> UPDATE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private OwnFile() {}

  /**
   * Opens a file for reading.
   *
   * @throws NoSuchFileException when there is none
   * @throws ForeignFileException when it is not this user's alone
   */
  public static FileChannel read(Path file) throws IOException {
    boolean exchangeable = Way.isExchangeable(file);
    FileFacts facts = facts(file);
    // A pipe that was put there meanwhile holds up who opens it for reading alone (fifo(7)).
    boolean both = exchangeable && Files.isWritable(file);
    return proven(file, facts, FileChannel.open(file, both ? UPDATE : READ), exchangeable);
  }

  /**
   * Opens a file for reading and writing, and makes it if there is none.
   *
   * @throws ForeignFileException when there is one that is not this user's alone
   */
  public static FileChannel update(Path file) throws IOException {
    boolean exchangeable = Way.isExchangeable(file);
    try {
      return FileChannel.open(file, CREATE, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      return proven(file, facts(file), FileChannel.open(file, UPDATE), exchangeable);
    }
  }

  /** Writes to an open file; what goes wrong, such as a full disk, is told with its name. */
  public static OutputStream output(Path file, FileChannel channel) {
    return new FilterOutputStream(Channels.newOutputStream(channel)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
          out.write(bytes, offset, length);
        } catch (FileSystemException e) {
          throw e;
        } catch (IOException e) {
          FileSystemException named =
              new FileSystemException(file.toString(), null, e.getMessage());
          named.initCause(e);
          throw named;
        }
      }
    };
  }

  /** As {@link #update}, and empties it. */
  public static FileChannel replace(Path file) throws IOException {
    FileChannel channel = update(file);
    try {
      return channel.truncate(0);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Refuses a file that is not this user's alone.
   *
   * @throws NoSuchFileException when there is none
   * @throws ForeignFileException when it is not this user's alone
   */
  public static void require(Path file) throws IOException {
    Way.isExchangeable(file);
    facts(file);
  }

  /** Whether something stands there that is this user's alone. */
  public static boolean isOwn(Path file) throws IOException {
    try {
      require(file);
      return true;
    } catch (ForeignFileException | NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a user's number is this user's or root's. */
  public static boolean trusts(int uid) {
    return FileFacts.isTrusted(uid);
  }

  private static FileFacts facts(Path file) throws IOException {
    FileFacts facts = FileFacts.of(file);
    String reason = null;
    if (facts.isLink()) {
      reason = "it is a symbolic link";
    } else if (!facts.isRegular()) {
      reason = "it is " + (facts.isFolder() ? "a folder" : "a pipe or a device");
    } else if (!facts.isTrusted()) {
      reason = "it belongs to user " + facts.uid();
    } else if (facts.isWritableByOthers()) {
      reason = "others may write it";
    } else if (facts.names() != 1) {
      reason = "it has another name too (a hard link)";
    }
    if (reason != null) {
      throw new ForeignFileException(file, reason);
    }
    return facts;
  }

  /** Where others may exchange files, what was looked at need not be what was opened. */
  private static FileChannel proven(
      Path file, FileFacts facts, FileChannel channel, boolean exchangeable) throws IOException {
    boolean done = false;
    try {
      if (exchangeable && !isOpen(facts.key())) {
        throw new ForeignFileException(file, "it was exchanged while it was opened");
      }
      done = true;
      return channel;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  /** Java cannot ask what an open file is (fstat(2)), but the system lists those of the process. */
  private static boolean isOpen(Object key) throws IOException {
    Path linux = Path.of("/proc/self/fd");
    try (DirectoryStream<Path> open =
        Files.newDirectoryStream(Files.exists(linux) ? linux : Path.of("/dev/fd"))) {
      for (Path one : open) {
        try {
          if (key.equals(Files.readAttributes(one, BasicFileAttributes.class).fileKey())) {
            return true;
          }
        } catch (IOException e) {
          // It was closed meanwhile.
        }
      }
    }
    return false;
  }
}
