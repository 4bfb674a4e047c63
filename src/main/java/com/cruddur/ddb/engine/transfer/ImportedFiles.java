package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.operations.ItemOperations;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Loads the files of an import and counts as AWS does: an item that the table cannot hold is one
 * error; what is no item at all is one too, and the rest of its file is passed over.
 */
final class ImportedFiles {
  private static final int ITEMS_IN_A_WRITE = 100;

  private final ObjectNode job;
  private final Table table;
  private final Database database;
  private final List<Item> some = new ArrayList<>();
  private long imported;
  private long errors;
  private long bytes;
  private String firstError;

  /**
   * @param job the import as AWS describes it
   */
  ImportedFiles(ObjectNode job, Table table, Database database) {
    this.job = job;
    this.table = table;
    this.database = database;
  }

  void load(Buckets buckets) throws IOException {
    String bucket = job.get("S3BucketSource").get("S3Bucket").textValue();
    buckets.require(bucket);
    String prefix = job.get("S3BucketSource").path("S3KeyPrefix").asText();
    for (Path file : buckets.files(bucket, prefix)) {
      try (InputStream in = Files.newInputStream(file)) {
        load(file, in);
      }
    }
    put();
  }

  /** What was loaded; errors make the whole import one that failed, though its table is there. */
  void end() {
    job.put("ProcessedItemCount", imported + errors);
    job.put("ImportedItemCount", imported);
    job.put("ErrorCount", errors);
    job.put("ProcessedSizeBytes", bytes);
    if (errors > 0) {
      throw new EngineException(
          "ItemValidationError",
          "Some of the items failed validation checks. The first: %s",
          firstError);
    }
  }

  private void load(Path file, InputStream in) {
    long before = imported + errors;
    try {
      ItemSource source = source(new Counted(plain(in)));
      for (Item item = source.next(); item != null; item = source.next()) {
        take(item, file, before);
      }
    } catch (IOException broken) {
      error(file, before, reason(broken) + "; what follows was not read");
    }
  }

  /** A parser's message goes on, in further lines, with the place in the stream. */
  private static String reason(IOException broken) {
    return String.valueOf(broken.getMessage()).lines().findFirst().orElse("it cannot be read");
  }

  private void take(Item item, Path file, long before) {
    try {
      ItemOperations.checkedKey(table, item);
    } catch (EngineException refused) {
      error(file, before, refused.getMessage());
      return;
    }
    imported++;
    some.add(item);
    if (some.size() == ITEMS_IN_A_WRITE) {
      put();
    }
  }

  private void error(Path file, long before, String why) {
    long number = imported + errors - before + 1;
    errors++;
    if (firstError == null) {
      firstError = file.getFileName() + ", item " + number + ": " + why;
    }
  }

  private InputStream plain(InputStream in) throws IOException {
    return switch (job.get("InputCompressionType").textValue()) {
      case "GZIP" -> new GZIPInputStream(in);
      case "ZSTD" -> new ZstdInputStream(in);
      default -> uncompressed(new BufferedInputStream(in));
    };
  }

  private static InputStream uncompressed(BufferedInputStream in) throws IOException {
    in.mark(2);
    byte[] begin = in.readNBytes(2);
    if (begin.length == 2 && begin[0] == 0x1f && begin[1] == (byte) 0x8b) {
      throw new IOException("it is compressed by gzip, and InputCompressionType is NONE");
    }
    in.reset();
    return in;
  }

  private ItemSource source(InputStream in) throws IOException {
    return switch (job.get("InputFormat").textValue()) {
      case "ION" -> ItemSource.ion(in);
      case "CSV" -> new CsvItems(in, table, job.path("InputFormatOptions").path("Csv"));
      default -> ItemSource.json(in);
    };
  }

  private void put() {
    List<Item> items = List.copyOf(some);
    some.clear();
    database.<Void>write(
        transaction -> {
          for (Item item : items) {
            byte[] key = table.key().bytes(item);
            transaction.put(table, key, transaction.get(table, key), item);
          }
          return null;
        });
  }

  private final class Counted extends FilterInputStream {
    private Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      bytes += Math.max(count, 0);
      return count;
    }
  }
}
