package com.cruddur.ddb.local;

import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.OwnFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files in a data directory that are the engine's or ours. Others are never touched. */
final class DataFiles {
  /** The one database of DynamoDB Local's -sharedDb mode, or one for each key and region. */
  private static final Pattern OF_DYNAMODB_LOCAL =
      Pattern.compile("shared-local-instance\\.db|\\w+_[a-z]+[a-z0-9-]*\\.db");

  /** How they begin: they are SQLite's. */
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private static final String CHOICE = "or choose another place with --data-dir or --in-memory";

  private DataFiles() {}

  /** Where the engine keeps its tables. */
  static Path tables(Path directory) {
    return directory.resolve("dynamodb");
  }

  /** Where the names of the caches are noted. */
  static Path caches(Path directory) {
    return directory.resolve("caches");
  }

  /** Held by the stack that uses the directory. */
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
    return inUse(directory, user);
  }

  private static LocalStackException inUse(Path directory, String user) {
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

  /** A cure that goes on to what else can be done. */
  static String cure(String cure) {
    return cure.replaceFirst("\\.$", "")
        + "; 'ddb local reset' deletes all tables, "
        + CHOICE
        + ".";
  }

  /** The files of the tables that are there. */
  static List<Path> of(Path directory) {
    try (Stream<Path> files = Files.list(tables(directory))) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches("manifest(\\.new)?|lock|\\d+\\.(log|run)"))
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** What to say of tables of DynamoDB Local, before there are tables of the engine. */
  static Optional<String> leftByDynamoDbLocal(Path directory) {
    if (Files.exists(tables(directory))) {
      return Optional.empty();
    }
    return databases(directory).stream()
        .findFirst()
        .map(
            database ->
                "the tables that DynamoDB Local left in "
                    + database
                    + " are not used and stay as they are; to take them over start DynamoDB Local on"
                    + " them, then: 'ddb export --endpoint-url URL | ddb import -'");
  }

  private static List<Path> databases(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> OF_DYNAMODB_LOCAL.matcher(file.getFileName().toString()).matches())
          .filter(DataFiles::isSqlite)
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static boolean isSqlite(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Makes the directory if it is missing, and refuses one, or tables in it, that is not our own.
   */
  static void requireOwn(Path directory) throws IOException {
    OwnFolder.use(directory);
    OwnFolder.use(tables(directory));
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
      // The engine's too: somebody may have deleted ours while a stack runs.
      try (ExclusiveFile ours =
              ExclusiveFile.tryAcquire(lock(directory), "reset")
                  .orElseThrow(() -> inUse(directory));
          ExclusiveFile engines =
              ExclusiveFile.tryAcquire(tables(directory).resolve("lock"), "reset")
                  .orElseThrow(() -> inUse(directory, ""))) {
        for (Path file : of(directory)) {
          Files.deleteIfExists(file);
        }
        CacheNames.delete(caches(directory));
      }
      if (Files.isDirectory(tables(directory))) {
        deleteIfEmpty(tables(directory));
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
