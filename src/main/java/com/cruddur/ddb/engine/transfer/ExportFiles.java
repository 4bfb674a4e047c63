package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.Item;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * The files of an export as AWS lays them out: gzipped lines, and two manifests that say what they
 * are. A full export has its data below its own folder, incremental ones share one beside theirs.
 */
final class ExportFiles implements Closeable {
  private static final int ITEMS_IN_A_FILE = 100_000;

  private final Buckets buckets;
  private final ObjectNode job;
  private final String folder;
  private final String data;
  private final String id;
  private final StringBuilder manifest = new StringBuilder();
  private ItemLines lines;
  private MessageDigest md5;
  private int number;
  private int inFile;
  private long items;
  private long bytes;

  /**
   * @param job the export as AWS describes it
   */
  ExportFiles(Buckets buckets, ObjectNode job) throws IOException {
    this.buckets = buckets;
    this.job = job;
    String arn = job.get("ExportArn").textValue();
    this.id = arn.substring(arn.lastIndexOf('/') + 1);
    String prefix = job.path("S3Prefix").asText().replaceFirst("/+$", "");
    String exports = (prefix.isEmpty() ? "" : prefix + "/") + "AWSDynamoDB/";
    this.folder = exports + id;
    this.data = (isFull() ? folder : exports.replaceFirst("/$", "")) + "/data/";
    buckets.require(bucket());
    write("_started", "");
  }

  private String bucket() {
    return job.get("S3Bucket").textValue();
  }

  private String format() {
    return job.get("ExportFormat").textValue();
  }

  private boolean isFull() {
    return job.get("ExportType").textValue().equals("FULL_EXPORT");
  }

  void item(Item item) throws IOException {
    next().item(item);
    count(item.size());
  }

  void change(Map<String, Item> images, long micros) throws IOException {
    next().change(images, micros);
    count(images.values().stream().mapToInt(Item::size).sum());
  }

  private void count(int size) {
    bytes += size;
    items++;
    inFile++;
  }

  private ItemLines next() throws IOException {
    if (inFile == ITEMS_IN_A_FILE) {
      endFile();
    }
    if (lines == null) {
      Path file = buckets.file(bucket(), key());
      Files.createDirectories(file.getParent());
      md5 = md5();
      lines =
          ItemLines.to(
              new GZIPOutputStream(new DigestOutputStream(Files.newOutputStream(file), md5)),
              format());
    }
    return lines;
  }

  private String key() {
    return data + id + "-" + number + (format().equals("ION") ? ".ion.gz" : ".json.gz");
  }

  private void endFile() throws IOException {
    next();
    close();
    byte[] sum = md5.digest();
    ObjectNode line = Jobs.JSON.createObjectNode();
    line.put("itemCount", inFile);
    line.put("md5Checksum", Base64.getEncoder().encodeToString(sum));
    line.put("etag", HexFormat.of().formatHex(sum) + "-1");
    line.put("dataFileS3Key", key());
    manifest.append(line).append('\n');
    inFile = 0;
    number++;
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
      lines = null;
    }
  }

  /** Writes both manifests; the summary comes last and says that all is there. */
  void end(ObjectNode summary) throws IOException {
    if (inFile > 0 || number == 0) {
      endFile();
    }
    write("manifest-files.json", manifest.toString());
    summary.put("manifestFilesS3Key", folder + "/manifest-files.json");
    summary.put("billedSizeBytes", bytes);
    summary.put("itemCount", items);
    summary.put("outputFormat", format());
    write("manifest-summary.json", summary.toString());
    job.put("ExportManifest", folder + "/manifest-summary.json");
    job.put("BilledSizeBytes", bytes).put("ItemCount", items);
  }

  private void write(String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Path file = buckets.file(bucket(), folder + "/" + name);
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
}
