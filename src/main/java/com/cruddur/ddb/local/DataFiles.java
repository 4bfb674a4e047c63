package com.cruddur.ddb.local;

import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.OwnFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files in a data directory that are DynamoDB Local's or ours. Others are never touched. */
final class DataFiles {
  /** The name DynamoDB Local 3.3.1 gives the one database of its -sharedDb mode. */
  static final String DATABASE = "shared-local-instance.db";

  private static final List<String> BESIDE_DATABASE = List.of("-journal", "-wal", "-shm");

  private DataFiles() {}

  /** Held by the stack that uses the directory: SQLite's own lock fails late and unclearly. */
  static Path lock(Path directory) {
    return directory.resolve("ddb-local.lock");
  }

  static LocalStackException inUse(Path directory) {
    String user = "";
    try {
      user = " (" + Files.readString(lock(directory)).strip() + ")";
    } catch (IOException gone) {
      // Whose it was is not needed.
    }
    return new LocalStackException(
        "The data directory " + directory + " is in use by another stack" + user + ".",
        "Stop that stack, or use --data-dir DIRECTORY or --in-memory.");
  }

  static LocalStackException unusable(Path directory, Exception failure) {
    return LocalStackException.unusable(
        directory,
        "Choose another place with --data-dir or XDG_DATA_HOME, or --in-memory.",
        failure);
  }

  /** The files of the tables that are there. */
  static List<Path> of(Path directory) {
    return Stream.concat(Stream.of(""), BESIDE_DATABASE.stream())
        .map(suffix -> directory.resolve(DATABASE + suffix))
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /**
   * Makes the directory if it is missing, and refuses one, or tables in it, that is not our own.
   */
  static void requireOwn(Path directory) throws IOException {
    OwnFolder.use(directory);
    for (Path file : of(directory)) {
      OwnFile.require(file);
    }
  }

  /** Deletes the tables, and the directory if nothing else is in it. */
  static void delete(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try {
      requireOwn(directory);
      Optional<ExclusiveFile> lock = ExclusiveFile.tryAcquire(lock(directory), "reset");
      if (lock.isEmpty()) {
        throw inUse(directory);
      }
      try (ExclusiveFile held = lock.get()) {
        for (Path file : of(directory)) {
          Files.deleteIfExists(file);
        }
      }
      deleteIfEmpty(directory);
    } catch (IOException failure) {
      throw unusable(directory, failure);
    }
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      if (entries.findAny().isPresent()
          || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
    }
    Files.delete(directory);
  }
}
