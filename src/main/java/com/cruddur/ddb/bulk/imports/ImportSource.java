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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private ImportSource(List<Part> parts) {
    this.parts = List.copyOf(parts);
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
    return new ImportSource(List.of(part));
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
    return new ImportSource(parts);
  }

  private static boolean isHidden(ExportPlace file) {
    return file.name().startsWith(".");
  }

  /** A sample: backup/AWSDynamoDB/0169-2d (2026-03-19T10:00:00Z, table messages, 12 items). */
  private static String told(ExportPlace export) throws IOException {
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
    return new ImportSource(parts);
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
      if (text.length <= MANIFEST_BYTES) {
        return ItemWriter.MAPPER.readTree(text);
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
   * Keys name files in a bucket; here they lie beside the manifest, or in the folder that
   * incremental exports share, and nowhere else: neither a key with dots nor a symbolic link leads
   * out of them. Both are listed rather than asked for each file.
   */
  private static final class DataFolders {
    private final ExportPlace own;
    private final List<ExportPlace> places;
    private final List<Map<String, ExportPlace>> listed = new ArrayList<>();

    DataFolders(ExportPlace folder) {
      own = folder.child(ExportFolder.DATA);
      places = List.of(own, folder.parent().child(ExportFolder.DATA));
    }

    Part part(JsonNode line) throws IOException {
      String key = line.path("dataFileS3Key").asText("");
      String name = key.substring(key.lastIndexOf('/') + 1);
      ExportPlace file = find(name);
      if (file == null || !file.isPlainFile()) {
        throw new InvalidInputException(
            "data file " + own.child(name) + " of the manifest is missing, or no plain file",
            "Copy the whole export folder.");
      }
      String md5 = line.path("md5Checksum").asText(null);
      return new Part(file.input(), line.path("itemCount").asLong(-1), md5);
    }

    private ExportPlace find(String name) throws IOException {
      for (int i = 0; i < places.size(); i++) {
        if (i == listed.size()) {
          listed.add(list(places.get(i)));
        }
        ExportPlace found = listed.get(i).get(name);
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private static Map<String, ExportPlace> list(ExportPlace folder) throws IOException {
      Map<String, ExportPlace> files = new HashMap<>();
      for (ExportPlace file : folder.isLink() ? List.<ExportPlace>of() : folder.children()) {
        files.put(file.name(), file);
      }
      return files;
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
