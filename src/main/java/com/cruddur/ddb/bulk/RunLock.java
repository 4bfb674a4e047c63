package com.cruddur.ddb.bulk;

import com.cruddur.ddb.file.OwnFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps other runs from working with a file too; the system lets go of it with the process. */
final class RunLock {
  private final Path file;
  private FileChannel held;

  /**
   * A lock that nobody holds yet.
   *
   * @param file the lock's own, which is made and removed
   */
  RunLock(Path file) {
    this.file = file;
  }

  /** False when another run holds it. Where the file cannot be written, none is kept out. */
  boolean take() {
    try {
      FileChannel channel = OwnFile.update(file);
      if (tryLock(channel)) {
        held = channel;
        return true;
      }
      channel.close();
      return false;
    } catch (IOException e) {
      // Then the state cannot be saved either, which is told.
      return true;
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  void letGo() {
    if (held == null) {
      return;
    }
    try (FileChannel channel = held) {
      held = null;
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is empty, and nobody holds it.
    }
  }
}
