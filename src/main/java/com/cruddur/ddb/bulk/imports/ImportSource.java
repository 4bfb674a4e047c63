package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.ItemWriter;
import com.cruddur.ddb.bulk.Lines;
import com.cruddur.ddb.bulk.Printable;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.export.ExportFolder;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.text.Count;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The data files of an import: those of an export folder, ours or one that DynamoDB made, or a file
 * or stream of {@code {"Item":{…}}} lines.
 */
public final class ImportSource {
  /** DynamoDB's have some hundred bytes. */
  private static final int MANIFEST_BYTES = 1 << 20;

  private static final Pattern DATA = Pattern.compile(".*\\.(json|ndjson|ion)(\\.gz)?");
  private static final int MOST_TOLD = 10;
  private static final Set<String> FORMATS = Set.of("DYNAMODB_JSON", "ION");
  private static final Set<String> TYPES = Set.of("FULL_EXPORT", "INCREMENTAL_EXPORT");

  private final List<Part> parts;

  private ImportSource(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * A data file.
   *
   * @param items how many the manifest says it has; -1 when nothing says
   * @param md5 of the file as it is stored, in base64; null when nothing says
   */
  record Part(SeedInput input, long items, String md5) {}

  /** One stream, plain or gzipped. */
  public static ImportSource of(SeedInput input) {
    return new ImportSource(List.of(new Part(input, -1, null)));
  }

  /**
   * What stands at a path: a data file, an export folder, or a directory with one in it.
   *
   * @throws InvalidInputException when it is none of them, is ambiguous, or is not complete
   */
  public static ImportSource at(Path path) {
    try {
      return Files.isDirectory(path) ? folder(path) : of(SeedInput.file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImportSource folder(Path path) throws IOException {
    if (Files.exists(path.resolve(ExportFolder.SUMMARY))) {
      return export(path);
    }
    List<Path> exports = new ArrayList<>();
    Path root = path.resolve(ExportFolder.ROOT);
    for (Path parent : Files.isSymbolicLink(root) ? List.of(path) : List.of(path, root)) {
      exports.addAll(list(parent, ImportSource::isExport));
    }
    if (exports.size() > 1) {
      List<String> told = new ArrayList<>();
      for (Path export : exports.subList(Math.max(0, exports.size() - MOST_TOLD), exports.size())) {
        told.add(told(export));
      }
      throw new InvalidInputException(
          path + " holds " + exports.size() + " exports",
          "Name one of them: " + String.join(", ", told) + ".");
    } else if (exports.size() == 1) {
      return export(exports.get(0));
    }
    List<Path> files = list(path, ImportSource::isData);
    if (files.isEmpty()) {
      throw new InvalidInputException(
          path
              + " holds no complete export: no "
              + ExportFolder.SUMMARY
              + " and no .json, .ndjson or .ion files",
          "An export folder has " + ExportFolder.SUMMARY + "; it is written last.");
    }
    List<Path> others = list(path, file -> !isHidden(file) && !isData(file));
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          path
              + " holds more than .json, .ndjson and .ion files: "
              + Printable.name(name(others.get(0))),
          "Move away what is not to be imported, or name the files one by one.");
    }
    return new ImportSource(
        files.stream().map(file -> new Part(SeedInput.file(file), -1, null)).toList());
  }

  private static boolean isHidden(Path file) {
    return name(file).startsWith(".");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** A sample: backup/AWSDynamoDB/0169-2d (2026-03-19T10:00:00Z, table messages, 12 items). */
  private static String told(Path export) throws IOException {
    JsonNode summary = json(export, manifest(export, ExportFolder.SUMMARY));
    String arn = summary.path("tableArn").asText("");
    boolean incremental = summary.path("exportType").asText("").startsWith("INCREMENTAL");
    String time = summary.path(incremental ? "exportToTime" : "exportTime").asText("no time");
    return export
        + " ("
        + Printable.name(time)
        + ", table "
        + Printable.name(arn.substring(arn.lastIndexOf('/') + 1))
        + ", "
        + Count.of(summary.path("itemCount").asLong(), incremental ? "change" : "item")
        + ")";
  }

  private static boolean isData(Path file) {
    return !isHidden(file)
        && DATA.matcher(name(file)).matches()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isExport(Path child) {
    return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(child.resolve(ExportFolder.SUMMARY));
  }

  private interface Filter {
    boolean accept(Path path);
  }

  private static List<Path> list(Path folder, Filter filter) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(filter::accept).sorted().toList();
    }
  }

  private static ImportSource export(Path folder) throws IOException {
    JsonNode summary = json(folder, manifest(folder, ExportFolder.SUMMARY));
    require(folder, summary, "outputFormat", FORMATS, "It is DYNAMODB_JSON or ION.");
    require(folder, summary, "exportType", TYPES, "It is FULL_EXPORT or INCREMENTAL_EXPORT.");
    List<Part> parts = new ArrayList<>();
    try (InputStream in = manifest(folder, ExportFolder.FILES)) {
      Lines lines = new Lines(in);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (!Lines.isBlank(line)) {
          parts.add(part(folder, json(folder, new ByteArrayInputStream(line))));
        }
      }
    }
    return new ImportSource(parts);
  }

  /** A link might lead elsewhere, and nobody may ever write to a pipe. */
  private static InputStream manifest(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidInputException(
          file + " is missing, or no plain file", "Copy the whole export folder.");
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** A manifest's JSON. It comes from elsewhere: what is longer than any manifest is not read. */
  private static JsonNode json(Path folder, InputStream in) throws IOException {
    try (in) {
      byte[] text = in.readNBytes(MANIFEST_BYTES + 1);
      if (text.length <= MANIFEST_BYTES) {
        return ItemWriter.PlainLines.MAPPER.readTree(text);
      }
    } catch (JsonProcessingException e) {
      // What it is instead does not matter.
    }
    throw new InvalidInputException(
        "a manifest of " + folder + " is damaged", "Copy the whole export folder again.");
  }

  /** Older exports lack some of the fields; then they are of the only type there was. */
  private static void require(
      Path folder, JsonNode summary, String field, Set<String> expected, String hint) {
    String found = summary.path(field).asText(null);
    if (found != null && !expected.contains(found)) {
      throw new InvalidInputException(folder + " has " + field + " " + found, hint);
    }
  }

  /**
   * Keys name files in a bucket; here they lie beside the manifest, or in the folder that
   * incremental exports share, and nowhere else: neither a key with dots nor a symbolic link leads
   * out of them.
   */
  private static Part part(Path folder, JsonNode line) {
    String key = line.path("dataFileS3Key").asText("");
    String name = key.substring(key.lastIndexOf('/') + 1);
    Path own = folder.resolve(ExportFolder.DATA);
    Path shared = folder.resolveSibling(ExportFolder.DATA);
    Path file =
        Stream.of(own, shared)
            .filter(data -> !Files.isSymbolicLink(data))
            .map(data -> data.resolve(name))
            .filter(data -> !name.isEmpty() && Files.isRegularFile(data, LinkOption.NOFOLLOW_LINKS))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "data file "
                            + own.resolve(name)
                            + " of the manifest is missing, or no plain file",
                        "Copy the whole export folder."));
    return new Part(
        SeedInput.file(file),
        line.path("itemCount").asLong(-1),
        line.path("md5Checksum").asText(null));
  }

  List<Part> parts() {
    return parts;
  }

  /** The names of the data files, in the order in which they are read. */
  public List<String> names() {
    return parts.stream().map(part -> part.input().name()).toList();
  }

  /** How many items the manifests promise; -1 when nothing says. */
  public long items() {
    boolean known = parts.stream().allMatch(part -> part.items >= 0);
    return known ? parts.stream().mapToLong(Part::items).sum() : -1;
  }

  /** How many data files there are. */
  public int files() {
    return parts.size();
  }
}
