package com.cruddur.ddb.bulk;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One input of a seed, plain or gzipped; its format is identified by its content.
 *
 * @param name for messages, such as {@code conversations.json} or {@code <stdin>}
 * @param opener opens it at its start; asked once, or as often as needed when it is reopenable
 * @param reopenable whether it may be opened again; if not, what must be read twice is kept in a
 *     temporary file
 */
public record SeedInput(String name, Opener opener, boolean reopenable) {

  /** Opens an input; whoever opens it closes it. */
  @FunctionalInterface
  public interface Opener {
    InputStream open() throws IOException;
  }

  /** An input that can be opened once, such as stdin. */
  public SeedInput(String name, Opener opener) {
    this(name, opener, false);
  }

  /** A file; a named pipe and the like, which can be read only once, is taken as such. */
  public static SeedInput file(Path path) {
    // A FileInputStream for all: what Files opens is asked for its position, which a pipe has not.
    return new SeedInput(
        path.toString(), () -> new FileInputStream(path.toFile()), Files.isRegularFile(path));
  }
}
