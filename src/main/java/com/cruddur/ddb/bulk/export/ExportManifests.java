package com.cruddur.ddb.bulk.export;

import com.cruddur.ddb.bulk.ItemWriter;
import com.cruddur.ddb.bulk.export.ExportFolder.DataFile;
import com.cruddur.ddb.file.OwnFile;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The manifests of an export, {@code manifest-files.json} and {@code manifest-summary.json}, each
 * with its checksum beside it in a file of its own.
 *
 * @param folder of the export, named by its id
 * @param start the moment of the export
 */
record ExportManifests(Path folder, Instant start) {
  void write(List<DataFile> files, String tableArn, String tableId, Instant end)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    long items = 0;
    for (DataFile file : files) {
      items += file.items();
      lines.append(json(line(file))).append('\n');
    }
    writeWithMd5(ExportFolder.FILES, lines.toString());
    writeWithMd5(ExportFolder.SUMMARY, json(summary(tableArn, tableId, end, items)) + "\n");
  }

  private static Map<String, Object> line(DataFile file) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("itemCount", file.items());
    line.put("md5Checksum", file.md5());
    line.put("etag", file.etag());
    line.put("dataFileS3Key", file.key());
    return line;
  }

  /** What only S3 would know is null. */
  private Map<String, Object> summary(String tableArn, String tableId, Instant end, long items) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("version", "2020-06-30");
    summary.put("exportArn", tableArn + "/export/" + folder.getFileName());
    summary.put("startTime", start.toString());
    summary.put("endTime", end.truncatedTo(ChronoUnit.MILLIS).toString());
    summary.put("tableArn", tableArn);
    summary.put("tableId", tableId);
    summary.put("exportTime", start.toString());
    summary.put("s3Bucket", null);
    summary.put("s3Prefix", null);
    summary.put("s3SseAlgorithm", null);
    summary.put("s3SseKmsKeyId", null);
    summary.put(
        "manifestFilesS3Key",
        ExportFolder.ROOT + "/" + folder.getFileName() + "/" + ExportFolder.FILES);
    summary.put("billedSizeBytes", 0);
    summary.put("itemCount", items);
    summary.put("outputFormat", "DYNAMODB_JSON");
    summary.put("exportType", "FULL_EXPORT");
    return summary;
  }

  private static String json(Map<String, Object> fields) throws JsonProcessingException {
    return ItemWriter.MAPPER.writeValueAsString(fields);
  }

  private void writeWithMd5(String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Path unfinished = folder.resolve("." + name + ".part");
    write(unfinished, bytes);
    String digest = Base64.getEncoder().encodeToString(ExportFolder.md5().digest(bytes));
    write(folder.resolve(name.replace(".json", ".md5")), digest.getBytes(StandardCharsets.UTF_8));
    Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = OwnFile.output(file, OwnFile.replace(file))) {
      out.write(bytes);
    }
  }
}
