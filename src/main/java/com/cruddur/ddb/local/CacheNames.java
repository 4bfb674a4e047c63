package com.cruddur.ddb.local;

import com.cruddur.ddb.file.OwnFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;

/**
 * The names of a stack's caches, a line each, so that a cache is there again after a restart:
 * empty, which is what a cache may be at any time.
 *
 * @param file null where nothing outlives the process
 */
record CacheNames(Path file) {
  static final CacheNames FORGOTTEN = new CacheNames(null);

  /** The names that were noted last; none if that file is not ours, or damaged. */
  List<String> read() {
    if (file == null || !Files.exists(file)) {
      return List.of();
    }
    try (BufferedReader lines =
        new BufferedReader(Channels.newReader(OwnFile.read(file), StandardCharsets.US_ASCII))) {
      return lines.lines().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      unreadable.printStackTrace();
      return List.of();
    }
  }

  /** Notes names in place of those before; a failure costs no more than a restart without them. */
  // Standard error is the log of the stack.
  @SuppressWarnings("CatchAndPrintStackTrace")
  void write(Collection<String> names) {
    if (file == null) {
      return;
    }
    Path next = next(file);
    try {
      try (Writer out = Channels.newWriter(OwnFile.replace(next), StandardCharsets.US_ASCII)) {
        for (String name : names) {
          out.write(name + "\n");
        }
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      failure.printStackTrace();
    }
  }

  /** Deletes such a file, and one that a killed process had begun. */
  static void delete(Path file) throws IOException {
    Files.deleteIfExists(next(file));
    Files.deleteIfExists(file);
  }

  private static Path next(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }
}
