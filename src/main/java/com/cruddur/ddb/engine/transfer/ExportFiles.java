package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.ItemJson;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * The files of an export as AWS lays them out: gzipped lines of {@code {"Item":{…}}} below {@code
 * data}, and two manifests that say what they are.
 */
final class ExportFiles {
  private static final int ITEMS_IN_A_FILE = 100_000;

  private final Buckets buckets;
  private final String bucket;
  private final String folder;
  private final StringBuilder manifest = new StringBuilder();
  private long items;
  private long bytes;

  /**
   * @param folder key of the export's folder, without a slash at its end
   */
  ExportFiles(Buckets buckets, String bucket, String folder) {
    this.buckets = buckets;
    this.bucket = bucket;
    this.folder = folder;
  }

  void writeData(Table table, String id) throws IOException {
    write("_started", "");
    Table.Cursor cursor = table.scan(null, null, null, true);
    boolean more = cursor.next();
    for (int number = 0; number == 0 || more; number++) {
      String key = folder + "/data/" + id + "-" + number + ".json.gz";
      Path file = buckets.file(bucket, key);
      Files.createDirectories(file.getParent());
      MessageDigest md5 = md5();
      int count = 0;
      try (OutputStream raw = Files.newOutputStream(file);
          OutputStream digesting = new DigestOutputStream(raw, md5);
          OutputStream zipped = new GZIPOutputStream(digesting);
          JsonGenerator out = Jobs.JSON.getFactory().createGenerator(zipped)) {
        out.setRootValueSeparator(null);
        for (; more && count < ITEMS_IN_A_FILE; more = cursor.next()) {
          out.writeStartObject();
          out.writeFieldName("Item");
          ItemJson.write(out, cursor.item());
          out.writeEndObject();
          out.writeRaw('\n');
          bytes += cursor.item().size();
          count++;
        }
      }
      items += count;
      note(key, count, md5.digest());
    }
  }

  private void note(String key, int count, byte[] md5) {
    ObjectNode line = Jobs.JSON.createObjectNode();
    line.put("itemCount", count);
    line.put("md5Checksum", Base64.getEncoder().encodeToString(md5));
    line.put("etag", HexFormat.of().formatHex(md5) + "-1");
    line.put("dataFileS3Key", key);
    manifest.append(line).append('\n');
  }

  /** Writes both manifests; the summary comes last and says that all is there. */
  String writeManifests(ObjectNode summary) throws IOException {
    write("manifest-files.json", manifest.toString());
    summary.put("manifestFilesS3Key", folder + "/manifest-files.json");
    summary.put("billedSizeBytes", bytes);
    summary.put("itemCount", items);
    summary.put("outputFormat", "DYNAMODB_JSON");
    write("manifest-summary.json", summary.toString());
    return folder + "/manifest-summary.json";
  }

  private void write(String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Path file = buckets.file(bucket, folder + "/" + name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    if (name.endsWith(".json")) {
      byte[] sum = md5().digest(content);
      Files.writeString(
          file.resolveSibling(name.replace(".json", ".md5")),
          Base64.getEncoder().encodeToString(sum));
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new UncheckedIOException(new IOException(impossible));
    }
  }

  long items() {
    return items;
  }

  long bytes() {
    return bytes;
  }
}
