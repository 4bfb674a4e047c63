package com.cruddur.ddb.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writing a new file, gzipped if its name ends in {@code .gz}. */
final class OutputFile {
  private OutputFile() {}

  /** What is written, and what comes of it. */
  interface Content<T> {
    T writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file under another name until it is complete. */
  static <T> T write(Path path, Content<T> content) {
    Path unfinished = path.resolveSibling(path.getFileName() + ".part");
    try {
      try {
        T result;
        try (OutputStream stream = open(path, unfinished)) {
          result = content.writeTo(stream);
        }
        Files.move(unfinished, path);
        return result;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OutputStream open(Path path, Path unfinished) throws IOException {
    OutputStream file = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16);
    return path.toString().endsWith(".gz") ? new GZIPOutputStream(file, 1 << 16) : file;
  }
}
