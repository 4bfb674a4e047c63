package com.cruddur.ddb.bulk;

import com.cruddur.ddb.file.OwnFile;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The file of a {@link Checkpoint}: JSON objects, one a line; read here, and replaced as a whole.
 */
record CheckpointFile(Path path) {
  private static final int BUFFER = 1 << 16;

  /** Of what is written before it takes the place of the file; a killed run leaves it. */
  static final String UNFINISHED = ".ddb-new";

  /** Why the file system refuses, without the file's name where it says so: a full disk, say. */
  static String reason(IOException e) {
    return e instanceof FileSystemException refused && refused.getReason() != null
        ? refused.getReason()
        : e.getMessage();
  }

  /** A file of the same run beside it. */
  Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** The first line; null when it is no JSON. */
  JsonNode first() throws IOException {
    try (InputStream in = open()) {
      return json(new Lines(in).next());
    }
  }

  /** The lines after the first. */
  void forEach(Checkpoint.Records records) throws IOException {
    try (InputStream in = open()) {
      Lines lines = new Lines(in);
      lines.next();
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        records.accept(json(line));
      }
    }
  }

  private InputStream open() throws IOException {
    return new BufferedInputStream(Channels.newInputStream(OwnFile.read(path)), BUFFER);
  }

  private static JsonNode json(byte[] line) throws IOException {
    try {
      return line == null ? null : ItemWriter.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  void replace(Map<String, Object> first, Checkpoint.Content records) throws IOException {
    Path fresh = sibling(UNFINISHED);
    try (OutputStream out =
            new BufferedOutputStream(OwnFile.output(fresh, OwnFile.replace(fresh)), BUFFER);
        JsonGenerator json = ItemWriter.MAPPER.createGenerator(out)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      Checkpoint.Line line =
          values -> {
            ItemWriter.MAPPER.writeValue(json, values);
            json.writeRaw('\n');
          };
      line.write(first);
      records.writeTo(line);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
