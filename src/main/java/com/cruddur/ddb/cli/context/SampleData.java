package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.bulk.SeedInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The sample users and conversations that come with ddb, in the folder {@code seed-data}. */
public final class SampleData {
  /** The last message of the sample transcripts: fixed, so that they are the same everywhere. */
  public static final Instant TRANSCRIPTS_END = Instant.parse("2026-03-18T20:15:00Z");

  private final Optional<Path> folder;

  /**
   * Looks for the folder.
   *
   * @param home where ddb is installed; null when it is run from class folders
   */
  SampleData(Path home) {
    this.folder =
        Stream.of(home, Path.of(""))
            .filter(Objects::nonNull)
            .map(parent -> parent.resolve("seed-data"))
            .filter(Files::isDirectory)
            .findFirst();
  }

  /** The users file, if there is one. */
  public Optional<Path> users() {
    return folder.map(f -> f.resolve("users.json")).filter(Files::isReadable);
  }

  /**
   * Every file but the users' and hidden ones, such as the checkpoint of a seed, by name.
   *
   * @param cure what to do where there is no such folder
   */
  public List<SeedInput> conversations(String cure) {
    Path files =
        folder.orElseThrow(() -> CommandException.usage("there is no seed-data folder", cure));
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(file -> !file.endsWith("users.json"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .map(SeedInput::file)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
