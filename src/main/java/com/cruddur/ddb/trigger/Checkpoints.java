package com.cruddur.ddb.trigger;

import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.OwnFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How far each shard of a stream was read, kept in a small text file so that a restart goes on
 * there. The file is replaced as a whole, so a crash leaves the old or the new one. A file of
 * another stream (the table was made again) counts as none.
 *
 * <p>The file: one line with the stream's ARN, then one {@code SHARD POSITION} a line.
 */
final class Checkpoints {
  /** The shard was read to its end. */
  static final String SHARD_END = "SHARD_END";

  /** The shard was to be read from where it stood at the first look; nothing has come since. */
  static final String LATEST = "LATEST";

  private static final Pattern POSITION = Pattern.compile("\\d+|" + SHARD_END + "|" + LATEST);

  private final Path file;
  private final String streamArn;
  private final Map<String, String> positions = new TreeMap<>();
  private final boolean found;

  private Checkpoints(Path file, String streamArn, Map<String, String> positions) {
    this.file = file;
    this.streamArn = streamArn;
    this.positions.putAll(positions);
    this.found = !positions.isEmpty();
  }

  /** Positions that end with the process. */
  static Checkpoints inMemory() {
    return new Checkpoints(null, "", Map.of());
  }

  /**
   * The positions in a file, none when it is missing or of another stream.
   *
   * @throws UncheckedIOException when it cannot be read, or another user can have written it
   */
  static Checkpoints in(Path file, String streamArn) {
    Map<String, String> positions = new HashMap<>();
    try {
      List<String> lines = lines(file);
      if (!lines.isEmpty() && lines.get(0).equals(streamArn)) {
        for (String line : lines.subList(1, lines.size())) {
          int space = line.indexOf(' ');
          // What is no position is as good as none: the shard is read from its start.
          if (space > 0 && POSITION.matcher(line.substring(space + 1)).matches()) {
            positions.put(line.substring(0, space), line.substring(space + 1));
          }
        }
      }
    } catch (NoSuchFileException e) {
      // The first run.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Checkpoints(file, streamArn, positions);
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream in = Channels.newInputStream(OwnFile.read(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Whether an earlier run left positions. */
  boolean found() {
    return found;
  }

  /** A sequence number, {@link #SHARD_END} or {@link #LATEST}; null for a shard never read. */
  String of(String shard) {
    return positions.get(shard);
  }

  boolean ended(String shard) {
    return SHARD_END.equals(positions.get(shard));
  }

  /** Stores a position before it returns. */
  void put(String shard, String position) {
    if (!position.equals(positions.put(shard, position))) {
      save();
    }
  }

  /** Forgets shards that the stream has forgotten. */
  void keepOnly(Set<String> shards) {
    if (positions.keySet().retainAll(shards)) {
      save();
    }
  }

  private void save() {
    if (file == null) {
      return;
    }
    StringBuilder text = new StringBuilder(streamArn).append('\n');
    positions.forEach((shard, at) -> text.append(shard).append(' ').append(at).append('\n'));
    try {
      OwnFolder.create(file.toAbsolutePath().getParent());
      // createTempFile makes it readable by its owner alone, which the move keeps.
      Path fresh =
          Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", "");
      try {
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the place in the stream in " + file, e);
    }
  }
}
