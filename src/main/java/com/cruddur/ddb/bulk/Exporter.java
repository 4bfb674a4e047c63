package com.cruddur.ddb.bulk;

import com.cruddur.ddb.dynamo.ParallelScan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Writes every item of a table out, segments of the table in parallel, in the memory of a few
 * pages. The scan is eventually consistent: what is written meanwhile may be in it or not.
 */
public final class Exporter {
  /** Where a data file ends and the next one begins, in bytes before compression. */
  private static final long FILE_BYTES = 64L << 20;

  private final DynamoDbClient client;
  private final String table;
  private final InstantSource clock;
  private final LongConsumer progress;

  /**
   * An exporter of one table.
   *
   * @param progress told the number of items so far, from several threads
   */
  public Exporter(DynamoDbClient client, String table, InstantSource clock, LongConsumer progress) {
    this.client = client;
    this.table = table;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Exports to a directory in the layout of DynamoDB's own export to S3.
   *
   * @throws UncheckedIOException when a file cannot be written
   */
  public ExportAccount toDirectory(Path directory, int segments) {
    TableDescription description = client.describeTable(r -> r.tableName(table)).table();
    try {
      ExportFolder folder = new ExportFolder(directory, clock.instant());
      AtomicLong items = new AtomicLong();
      AtomicLong bytes = new AtomicLong();
      new ParallelScan(client, table)
          .forEachSegment(segments, () -> new Segment(folder, items, bytes));
      folder.finish(description.tableArn(), description.tableId(), clock.instant());
      return new ExportAccount(items.get(), bytes.get(), folder.files(), folder.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A segment writes files of its own, so that segments do not wait for each other. */
  private final class Segment implements ParallelScan.SegmentReader {
    private final ExportFolder folder;
    private final AtomicLong items;
    private final AtomicLong bytes;
    private ExportFolder.Part part;

    Segment(ExportFolder folder, AtomicLong items, AtomicLong bytes) {
      this.folder = folder;
      this.items = items;
      this.bytes = bytes;
    }

    @Override
    public void page(List<Map<String, AttributeValue>> page) {
      try {
        for (Map<String, AttributeValue> item : page) {
          if (part == null) {
            part = folder.newPart();
          }
          part.write(item);
        }
        progress.accept(items.addAndGet(page.size()));
        if (part != null && part.bytes() >= FILE_BYTES) {
          finish();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void end() {
      try {
        finish();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void finish() throws IOException {
      if (part != null) {
        part.finish();
        bytes.addAndGet(part.bytes());
        part = null;
      }
    }

    @Override
    public void fail() {
      if (part != null) {
        part.abandon();
      }
    }
  }

  /**
   * Exports to one stream, which is flushed but not closed.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public ExportAccount toStream(OutputStream out, ExportFormat format, int segments) {
    CountingStream counted = new CountingStream(out);
    AtomicLong items = new AtomicLong();
    try {
      ItemWriter writer = ItemWriter.of(format, counted);
      new ParallelScan(client, table)
          .forEachPage(
              segments,
              null,
              page -> {
                write(page, writer);
                progress.accept(items.addAndGet(page.size()));
                return true;
              });
      writer.flush();
      counted.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ExportAccount(items.get(), counted.count(), 1, null);
  }

  private static void write(List<Map<String, AttributeValue>> page, ItemWriter writer) {
    try {
      for (Map<String, AttributeValue> item : page) {
        writer.write(item);
      }
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
