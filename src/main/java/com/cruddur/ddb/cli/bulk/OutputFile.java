package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.cli.context.Interruptible;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Writing a new file, gzipped if its name ends in {@code .gz}. */
final class OutputFile {
  private OutputFile() {}

  /** What is written. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file under another name until it is complete; nothing is left of one that is not, also
   * not by Ctrl-C.
   */
  static void write(Interruptible interruptible, Path path, Content content) {
    // A name of its own: whatever stands under another one is somebody else's.
    Path unfinished = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try (Interruptible.Leaving leaving = interruptible.onLeaving(() -> delete(unfinished))) {
      try (OutputStream stream = open(path, unfinished)) {
        content.writeTo(stream);
      }
      Files.move(unfinished, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(unfinished);
    }
  }

  private static OutputStream open(Path path, Path unfinished) throws IOException {
    OutputStream file =
        new BufferedOutputStream(
            Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW), 1 << 16);
    return path.toString().endsWith(".gz") ? new GZIPOutputStream(file, 1 << 16) : file;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
