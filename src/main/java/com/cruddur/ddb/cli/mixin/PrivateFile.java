package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.cli.context.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Writing a file that only its owner may read, replacing a file of that name in one step. */
public final class PrivateFile {
  private PrivateFile() {}

  /** Refuses a place that is a folder, a symbolic link, or in no folder, before work is done. */
  public static void check(String option, Path path) {
    Path folder = path.toAbsolutePath().getParent();
    boolean free = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    if (path.toString().equals("-")) {
      throw CommandException.usage(option + " - is not a file", "Name a file.");
    } else if (folder == null || !Files.isDirectory(folder)) {
      throw CommandException.usage(option + " " + path + ": there is no such folder", "Create it.");
    } else if (!free && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw CommandException.usage(
          option + " " + path + " is a folder, a link or a device", "Name a file.");
    }
  }

  /**
   * Refuses a file that holds something else than an earlier run's output: it may be the user's
   * input, named by mistake.
   *
   * @param begin what that output begins with, in ASCII
   */
  public static void requireOurs(String option, Path path, String begin) {
    if (!Files.isRegularFile(path)) {
      return;
    }
    try (InputStream in = Files.newInputStream(path)) {
      String there = new String(in.readNBytes(begin.length()), StandardCharsets.ISO_8859_1);
      if (!begin.startsWith(there)) {
        throw CommandException.usage(
            option + " " + path + " is there and holds something else",
            "Name another file, or remove it.");
      }
    } catch (IOException e) {
      throw CommandException.usage(option + " " + path + " cannot be read", "Name another file.");
    }
  }

  public static void write(Path path, String text) {
    Path unfinished = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      try {
        try (var channel =
            Files.newByteChannel(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")))) {
          Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
