package com.cruddur.ddb.bulk.export;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.ExportFormat;
import com.cruddur.ddb.bulk.ItemWriter;
import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.OwnFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.io.CountingOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A folder laid out as DynamoDB's own export to S3, so that the other's tools read it:
 *
 * <pre>
 * AWSDynamoDB/01693685827463-2d8752fd/manifest-summary.json   what was exported
 *                                     manifest-files.json     a line for each data file
 *                                     data/ab…yz.json.gz      lines of {"Item":{…}}
 * </pre>
 *
 * <p>A data file gets its name once it is complete, and the manifests come last: an export without
 * them did not end.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">the
 *     layout</a>
 */
public final class ExportFolder {
  public static final String ROOT = "AWSDynamoDB";
  public static final String SUMMARY = "manifest-summary.json";
  public static final String FILES = "manifest-files.json";
  public static final String DATA = "data";

  private static final String NAME_LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int NAME_LENGTH = 26;
  private static final Pattern ID = Pattern.compile("\\d{14}-[0-9a-f]{8}");
  private static final Pattern DATA_NAME = Pattern.compile("[a-z2-7]{26}\\.json\\.gz");
  private static final Pattern PART_NAME = Pattern.compile("\\.[a-z2-7]{26}\\.json\\.gz\\.part");

  private final SecureRandom random = new SecureRandom();
  private final Instant start;
  private final String id;
  private final Path folder;
  private final List<DataFile> files = new ArrayList<>();

  private ExportFolder(Path directory, Instant start, String id) {
    this.start = start.truncatedTo(ChronoUnit.MILLIS);
    this.id = id;
    this.folder = directory.resolve(ROOT).resolve(id);
  }

  /**
   * A new export in a directory, which may hold others.
   *
   * @param start the moment of the export
   */
  static ExportFolder create(Path directory, Instant start) throws IOException {
    String id = "%014d-%08x".formatted(start.toEpochMilli(), new SecureRandom().nextInt());
    ExportFolder folder = new ExportFolder(directory, start, id);
    OwnFolder.create(folder.folder.getParent());
    // Its owner's alone: it holds what everybody has written.
    Files.createDirectory(folder.folder, OwnFolder.OWNER_ONLY);
    Files.createDirectory(folder.folder.resolve(DATA), OwnFolder.OWNER_ONLY);
    return folder;
  }

  /** The export of a run that was interrupted, with the files that it has kept. */
  static ExportFolder goOn(Path directory, Checkpoint checkpoint) throws IOException {
    JsonNode state = checkpoint.state();
    String id = state.path("export").asText();
    checkpoint.require(ID.matcher(id).matches(), "export");
    Instant start = Instant.ofEpochMilli(checkpoint.count(state, "start"));
    ExportFolder folder = new ExportFolder(directory, start, id);
    checkpoint.require(Files.isDirectory(folder.folder.resolve(DATA)), "export");
    OwnFolder.require(folder.folder);
    OwnFolder.require(folder.folder.resolve(DATA));
    long items = 0;
    for (JsonNode saved : state.path("files")) {
      DataFile file = folder.kept(checkpoint, saved);
      items += file.items;
      folder.files.add(file);
    }
    checkpoint.require(items == checkpoint.count(state, "items"), "items");
    folder.clean();
    return folder;
  }

  /**
   * Removes the export of a run that is not gone on with, if it has not ended: its data files, and
   * its folders unless something else is in them.
   *
   * @param state null for none
   */
  static void discard(Path directory, JsonNode state) throws IOException {
    if (state == null || !isBegun(directory, state)) {
      return;
    }
    ExportFolder left = new ExportFolder(directory, Instant.EPOCH, state.path("export").asText());
    Path data = left.folder.resolve(DATA);
    OwnFolder.require(left.folder);
    OwnFolder.require(data);
    left.clean();
    for (Path folder : List.of(data, left.folder)) {
      if (isEmpty(folder)) {
        Files.delete(folder);
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    }
  }

  /** Whether a state names an export that is in a directory, and that has not ended. */
  static boolean isBegun(Path directory, JsonNode state) {
    String id = state.path("export").asText();
    Path folder = directory.resolve(ROOT);
    return ID.matcher(id).matches()
        && Files.isDirectory(folder.resolve(id).resolve(DATA))
        && Files.notExists(folder.resolve(id).resolve(SUMMARY));
  }

  /** A data file of that run, which must be there. */
  private DataFile kept(Checkpoint checkpoint, JsonNode saved) throws IOException {
    DataFile file =
        new DataFile(
            checkpoint.count(saved, "items"),
            saved.path("md5").asText(),
            saved.path("etag").asText(),
            saved.path("key").asText());
    String name = file.name();
    checkpoint.require(
        DATA_NAME.matcher(name).matches()
            && file.key.equals(key(name))
            && OwnFile.isOwn(folder.resolve(DATA).resolve(name)),
        "files");
    return file;
  }

  /** Removes the data files that that run has not completed, and nothing else. */
  private void clean() throws IOException {
    Set<String> names = files.stream().map(DataFile::name).collect(Collectors.toSet());
    try (DirectoryStream<Path> data = Files.newDirectoryStream(folder.resolve(DATA))) {
      for (Path file : data) {
        String name = file.getFileName().toString();
        if (!names.contains(name)
            && (DATA_NAME.matcher(name).matches() || PART_NAME.matcher(name).matches())) {
          Files.delete(file);
        }
      }
    }
  }

  /** What a checkpoint keeps of it. */
  synchronized void saveTo(Map<String, Object> fields) {
    fields.put("export", id);
    fields.put("start", start.toEpochMilli());
    fields.put("files", List.copyOf(files));
  }

  Path path() {
    return folder;
  }

  synchronized int files() {
    return files.size();
  }

  /** A data file that is complete. */
  record DataFile(long items, String md5, String etag, String key) {
    String name() {
      return key.substring(key.lastIndexOf('/') + 1);
    }
  }

  private String key(String name) {
    return ROOT + "/" + id + "/" + DATA + "/" + name;
  }

  /** Opens a new data file. For several threads, each with a file of its own. */
  Part newPart() throws IOException {
    return new Part();
  }

  /** A data file that is written. */
  final class Part {
    private final String name = newName() + ".json.gz";
    private final Path unfinished = folder.resolve(DATA).resolve("." + name + ".part");
    private final MessageDigest md5 = md5();
    private final CountingOutputStream plain;
    private final ItemWriter writer;
    private long items;

    private Part() throws IOException {
      OutputStream file =
          new DigestOutputStream(
              new BufferedOutputStream(
                  OwnFile.output(unfinished, OwnFile.replace(unfinished)), 1 << 16),
              md5);
      plain = new CountingOutputStream(new FastGzip(file));
      writer = ItemWriter.of(ExportFormat.DYNAMODB_JSON, plain, true);
    }

    void write(Map<String, AttributeValue> item) throws IOException {
      writer.write(item);
      items++;
    }

    long items() {
      return items;
    }

    /** Bytes before compression; those that the writer still holds are not in it. */
    long bytes() {
      return plain.getCount();
    }

    /** Ends the file and gives it its name. */
    void finish() throws IOException {
      writer.close();
      Files.move(unfinished, folder.resolve(DATA).resolve(name), StandardCopyOption.ATOMIC_MOVE);
      byte[] digest = md5.digest();
      // S3's tag of an upload in one part: the MD5 of the part's MD5, and the number of parts.
      String etag = HexFormat.of().formatHex(md5().digest(digest)) + "-1";
      DataFile done =
          new DataFile(items, Base64.getEncoder().encodeToString(digest), etag, key(name));
      synchronized (ExportFolder.this) {
        files.add(done);
      }
    }

    /** Ends the file and deletes it. */
    void abandon() {
      try {
        writer.close();
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        // It stays behind under a name that nothing reads.
      }
    }
  }

  /** Little compression: it costs less time than the scan, and the size is near the best. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private String newName() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < NAME_LENGTH; i++) {
      name.append(NAME_LETTERS.charAt(random.nextInt(NAME_LETTERS.length())));
    }
    return name.toString();
  }

  /** Writes the manifests: the export is complete. */
  void finish(String tableArn, String tableId, Instant end) throws IOException {
    new ExportManifests(folder, start).write(files, tableArn, tableId, end);
  }

  public static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
