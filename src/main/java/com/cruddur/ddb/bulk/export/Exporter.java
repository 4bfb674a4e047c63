package com.cruddur.ddb.bulk.export;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.ExportFormat;
import com.cruddur.ddb.bulk.ItemWriter;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.dynamo.batch.ItemPages;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.google.common.io.CountingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Writes every item of a table out, segments of the table in parallel, in the memory of a few
 * pages. The scan is eventually consistent: what is written meanwhile may be in it or not.
 */
public final class Exporter {
  private final Supplier<TableDescription> table;
  private final ItemPages pages;
  private final InstantSource clock;
  private final LongConsumer progress;

  /**
   * An exporter of a table or some items of it.
   *
   * @param table the table, whose ARN and id an export in DynamoDB's layout bears
   * @param pages the items; what their segments are, a checkpoint must tell
   * @param progress told the number of items so far, from several threads
   */
  public Exporter(
      Supplier<TableDescription> table,
      ItemPages pages,
      InstantSource clock,
      LongConsumer progress) {
    this.pages = pages;
    this.table = table;
    this.clock = clock;
    this.progress = progress;
  }

  /** As {@link #toDirectory(Path, int, Checkpoint)}, always from the beginning. */
  public ExportAccount toDirectory(Path directory, int segments) {
    return toDirectory(directory, segments, Checkpoint.none());
  }

  /**
   * Exports to a directory in the layout of DynamoDB's own export to S3.
   *
   * @param segments of a new export; one that goes on has its own
   * @throws UncheckedIOException when a file cannot be written
   * @throws StoppedException when the checkpoint was told to stop
   */
  public ExportAccount toDirectory(Path directory, int segments, Checkpoint checkpoint) {
    TableDescription description = table.get();
    try {
      ExportState state = new ExportState(checkpoint, segments);
      ExportFolder folder = folder(directory, state, checkpoint);
      AtomicLong items = new AtomicLong(state.items());
      new ParallelScan(pages)
          .forEachSegment(
              state.after(),
              segment ->
                  new ExportSegment(
                      segment,
                      folder,
                      state,
                      checkpoint,
                      n -> progress.accept(items.addAndGet(n))));
      folder.finish(description.tableArn(), description.tableId(), clock.instant());
      checkpoint.end();
      return new ExportAccount(state.items(), state.bytes(), folder.files(), folder.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A new folder is in the checkpoint before anything is in it: a killed run leaves no other one.
   */
  private ExportFolder folder(Path directory, ExportState state, Checkpoint checkpoint)
      throws IOException {
    if (checkpoint.resumed()
        && (state.items() > 0 || ExportFolder.isBegun(directory, checkpoint.state()))) {
      return ExportFolder.goOn(directory, checkpoint);
    }
    ExportFolder.discard(directory, checkpoint.discarded());
    ExportFolder folder = ExportFolder.create(directory, clock.instant());
    Map<String, Object> fields = new LinkedHashMap<>();
    folder.saveTo(fields);
    state.saveTo(fields);
    checkpoint.save(0, fields, line -> {});
    return folder;
  }

  /**
   * Exports to one file, gzipped if its name ends in {@code .gz}.
   *
   * @param segments as for {@link #toDirectory(Path, int, Checkpoint)}
   * @throws UncheckedIOException when it cannot be written
   * @throws StoppedException when the checkpoint was told to stop
   */
  public ExportAccount toFile(Path path, ExportFormat format, int segments, Checkpoint checkpoint) {
    ExportFile.discard(path, checkpoint.discarded());
    ExportState state = new ExportState(checkpoint, segments);
    long length = state.items() == 0 ? 0 : checkpoint.count(checkpoint.state(), "length");
    String part = length == 0 ? null : checkpoint.state().path("part").asText();
    checkpoint.require(part == null || ExportFile.isPart(path, part), "part");
    try (ExportFile file = new ExportFile(path, part, length)) {
      boolean saved = checkpoint.resumed();
      try {
        checkpoint.require(state.items() == 0 || length > 0, "length");
        checkpoint.require(file.length() == length, "length");
        CountingOutputStream counted = new CountingOutputStream(file);
        ItemWriter writer = ItemWriter.of(format, counted, length == 0);
        scan(state, writer, counted, () -> save(checkpoint, state, file));
        saved = saved || checkpoint.saved();
        file.finish();
        checkpoint.end();
        return new ExportAccount(state.items(), state.bytes(), 1, null);
      } finally {
        if (!saved && !checkpoint.saved()) {
          file.abandon();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void save(Checkpoint checkpoint, ExportState state, ExportFile file)
      throws IOException {
    boolean stopped = checkpoint.stopped();
    if (stopped || checkpoint.due()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("part", file.part());
      fields.put("length", file.keep());
      state.saveTo(fields);
      checkpoint.save(state.items(), fields, line -> {});
    }
    if (stopped) {
      throw new StoppedException();
    }
  }

  /**
   * Exports to one stream, which is flushed but not closed.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public ExportAccount toStream(OutputStream out, ExportFormat format, int segments) {
    CountingOutputStream counted = new CountingOutputStream(out);
    ExportState state = new ExportState(Checkpoint.none(), segments);
    try {
      scan(state, ItemWriter.of(format, counted, true), counted, () -> {});
      counted.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ExportAccount(state.items(), state.bytes(), 1, null);
  }

  /** What is done after each page. */
  private interface Then {
    void run() throws IOException;
  }

  private void scan(ExportState state, ItemWriter writer, CountingOutputStream counted, Then then)
      throws IOException {
    writer.flush();
    long[] before = {0};
    new ParallelScan(pages)
        .forEachPage(
            state.after(),
            null,
            page -> {
              try {
                write(page.items(), writer);
                long bytes = counted.getCount() - before[0];
                before[0] = counted.getCount();
                state.written(page.segment(), page.next(), page.items().size(), bytes);
                progress.accept(state.items());
                then.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return true;
            });
    writer.flush();
  }

  private static void write(List<Map<String, AttributeValue>> page, ItemWriter writer)
      throws IOException {
    for (Map<String, AttributeValue> item : page) {
      writer.write(item);
    }
    writer.flush();
  }
}
