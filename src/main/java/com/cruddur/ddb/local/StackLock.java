package com.cruddur.ddb.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one thread of one process at a time start, stop or reset the stack of some files. */
record StackLock(StackFiles files) {
  /** Longer than a start may take. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** The lock file excludes other processes, not other threads: see {@link ExclusiveFile}. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  /** Does the work while nobody else does; waits for its turn. */
  <T> T holding(Supplier<T> work) {
    THREADS.lock();
    try (ExclusiveFile held = acquire()) {
      return work.get();
    } finally {
      THREADS.unlock();
    }
  }

  private ExclusiveFile acquire() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try {
      files.createDirectory();
      while (System.nanoTime() < deadline) {
        Optional<ExclusiveFile> file =
            ExclusiveFile.tryAcquire(files.lock(), "pid " + ProcessHandle.current().pid());
        if (file.isPresent()) {
          return file.get();
        }
        LocalStack.pause();
      }
      throw new LocalStackException(
          "Another program (" + Files.readString(files.lock()) + ") keeps the local stack locked.",
          "End that program.");
    } catch (IOException | UnsupportedOperationException failure) {
      throw LocalStackException.unusable(files.directory(), LocalStack.STATE_CURE, failure);
    }
  }
}
