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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

  /**
   * The folder whose manifest says that it holds changes; null for items, or where nothing says.
   */
  private final ExportPlace incremental;

  private ImportSource(List<Part> parts, ExportPlace incremental) {
    this.parts = List.copyOf(parts);
    this.incremental = incremental;
  }

  /**
   * A data file.
   *
   * @param items how many the manifest says it has; -1 when nothing says
   * @param md5 of the file as it is stored, in base64; null when nothing says
   */
  public record Part(SeedInput input, long items, String md5) {}

  /** One stream, plain or gzipped. */
  public static ImportSource of(SeedInput input) {
    return of(new Part(input, -1, null));
  }

  /** One data file. */
  public static ImportSource of(Part part) {
    return new ImportSource(List.of(part), null);
  }

  /**
   * What stands at a path: a data file, an export folder, or a directory with one in it.
   *
   * @throws InvalidInputException when it is none of them, is ambiguous, or is not complete
   */
  public static ImportSource at(Path path) {
    return at(new DiskPlace(path));
  }

  /** The same on any file system. */
  public static ImportSource at(ExportPlace place) {
    try {
      return place.isFolder() ? folder(place) : of(place.input());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImportSource folder(ExportPlace place) throws IOException {
    List<? extends ExportPlace> children = place.children();
    if (children.stream().anyMatch(child -> child.name().equals(ExportFolder.SUMMARY))) {
      return export(place);
    }
    List<ExportPlace> exports = new ArrayList<>(exports(children));
    ExportPlace root = place.child(ExportFolder.ROOT);
    if (!root.isLink()) {
      exports.addAll(exports(root.children()));
    }
    if (exports.size() > 1) {
      List<String> told = new ArrayList<>();
      for (ExportPlace export :
          exports.subList(Math.max(0, exports.size() - MOST_TOLD), exports.size())) {
        told.add(told(export));
      }
      throw new InvalidInputException(
          place + " holds " + exports.size() + " exports",
          "Name one of them: " + String.join(", ", told) + ".");
    }
    return exports.size() == 1 ? export(exports.get(0)) : files(place, children);
  }

  private static ImportSource files(ExportPlace place, List<? extends ExportPlace> children)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    String other = null;
    for (ExportPlace child : children) {
      if (isData(child)) {
        parts.add(new Part(child.input(), -1, null));
      } else if (other == null && !isHidden(child)) {
        other = child.name();
      }
    }
    if (parts.isEmpty()) {
      throw new InvalidInputException(
          place
              + " holds no complete export: no "
              + ExportFolder.SUMMARY
              + " and no .json, .ndjson or .ion files",
          "An export folder has " + ExportFolder.SUMMARY + "; it is written last.");
    } else if (other != null) {
      throw new InvalidInputException(
          place + " holds more than .json, .ndjson and .ion files: " + Printable.name(other),
          "Move away what is not to be imported, or name the files one by one.");
    }
    return new ImportSource(parts, null);
  }

  private static boolean isHidden(ExportPlace file) {
    return file.name().startsWith(".");
  }

  /** A sample: backup/AWSDynamoDB/0169-2d (2026-03-19T10:00:00Z, table messages, 12 items). */
  private static String told(ExportPlace export) throws IOException {
    JsonNode summary = json(export, manifest(export, ExportFolder.SUMMARY));
    String arn = summary.path("tableArn").asText("");
    boolean incremental = isIncremental(summary);
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

  private static boolean isIncremental(JsonNode summary) {
    return summary.path("exportType").asText("").startsWith("INCREMENTAL");
  }

  private static boolean isData(ExportPlace file) throws IOException {
    return !isHidden(file) && DATA.matcher(file.name()).matches() && file.isPlainFile();
  }

  private static List<ExportPlace> exports(List<? extends ExportPlace> children)
      throws IOException {
    List<ExportPlace> exports = new ArrayList<>();
    for (ExportPlace child : children) {
      ExportPlace summary = child.child(ExportFolder.SUMMARY);
      // One that is a link is told when it is opened.
      if (child.isFolder() && !child.isLink() && (summary.isPlainFile() || summary.isLink())) {
        exports.add(child);
      }
    }
    return exports;
  }

  private static ImportSource export(ExportPlace folder) throws IOException {
    JsonNode summary = json(folder, manifest(folder, ExportFolder.SUMMARY));
    require(folder, summary, "outputFormat", FORMATS, "It is DYNAMODB_JSON or ION.");
    require(folder, summary, "exportType", TYPES, "It is FULL_EXPORT or INCREMENTAL_EXPORT.");
    DataFolders data = new DataFolders(folder);
    List<Part> parts = new ArrayList<>();
    try (InputStream in = manifest(folder, ExportFolder.FILES)) {
      Lines lines = new Lines(in);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (!Lines.isBlank(line)) {
          parts.add(data.part(json(folder, new ByteArrayInputStream(line))));
        }
      }
    }
    ImportSource source = new ImportSource(parts, isIncremental(summary) ? folder : null);
    long promised = summary.path("itemCount").asLong(-1);
    if (promised >= 0 && source.items() >= 0 && promised != source.items()) {
      throw new InvalidInputException(
          folder
              + " is not complete: its data files have "
              + Count.of(source.items(), "item")
              + " by "
              + ExportFolder.FILES
              + ", "
              + promised
              + " by "
              + ExportFolder.SUMMARY,
          "Copy the whole export folder again, or name its data folder to load what is there.");
    }
    return source;
  }

  /** A link might lead elsewhere, and nobody may ever write to a pipe. */
  private static InputStream manifest(ExportPlace folder, String name) throws IOException {
    ExportPlace file = folder.child(name);
    if (!file.isPlainFile()) {
      throw new InvalidInputException(
          file + " is missing, or no plain file", "Copy the whole export folder.");
    }
    return file.openPlain();
  }

  /** A manifest's JSON. It comes from elsewhere: what is longer than any manifest is not read. */
  private static JsonNode json(ExportPlace folder, InputStream in) throws IOException {
    try (in) {
      byte[] text = in.readNBytes(MANIFEST_BYTES + 1);
      JsonNode json = text.length > MANIFEST_BYTES ? null : ItemWriter.MAPPER.readTree(text);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // What it is instead does not matter.
    }
    throw new InvalidInputException(
        "a manifest of " + folder + " is damaged", "Copy the whole export folder again.");
  }

  /** Older exports lack some of the fields; then they are of the only type there was. */
  private static void require(
      ExportPlace folder, JsonNode summary, String field, Set<String> expected, String hint) {
    String found = summary.path(field).asText(null);
    if (found != null && !expected.contains(found)) {
      throw new InvalidInputException(folder + " has " + field + " " + found, hint);
    }
  }

  /**
   * For those who read items, not changes.
   *
   * @throws InvalidInputException when its manifest says that it is incremental
   */
  public void requireFull() {
    if (incremental != null) {
      throw new InvalidInputException(
          incremental + " is an incremental export: it holds changes, not the items of the table",
          "Name a full one; 'ddb import' applies the changes to a table.");
    }
  }

  /** The data files, in the order in which they are read. */
  public List<Part> parts() {
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
