package com.cruddur.ddb.bulk.export;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes a segment of a table to files of its own, so that segments do not wait for each other. An
 * export that is interrupted goes on behind the last file that is complete. So a file ends when it
 * has taken as long as all before it, which loses half of the time at most and makes few files.
 */
final class ExportSegment implements ParallelScan.SegmentReader {
  /** Where a data file ends and the next one begins, in bytes before compression. */
  private static final long FILE_BYTES = 64L << 20;

  private static final long SHORTEST_NANOS = 500_000_000L;

  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final int number;
  private final ExportFolder folder;
  private final ExportState state;
  private final Checkpoint checkpoint;
  private final IntConsumer progress;
  private final long start = System.nanoTime();
  private long began;
  private ExportFolder.Part part;
  private Map<String, AttributeValue> next = Map.of();

  /** Whether the file ends where a page ends. */
  private boolean wholePages;

  ExportSegment(
      int number,
      ExportFolder folder,
      ExportState state,
      Checkpoint checkpoint,
      IntConsumer progress) {
    this.number = number;
    this.folder = folder;
    this.state = state;
    this.checkpoint = checkpoint;
    this.progress = progress;
  }

  @Override
  public void page(ParallelScan.Page page) {
    wholePages = false;
    try {
      for (Map<String, AttributeValue> item : page.items()) {
        if (part == null) {
          began = System.nanoTime();
          part = folder.newPart();
        }
        part.write(item);
      }
      next = page.next();
      wholePages = true;
      progress.accept(page.items().size());
      // The end of the segment comes with end().
      if (!next.isEmpty() && (isFull() || checkpoint.stopped())) {
        finish();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (checkpoint.stopped() && !next.isEmpty()) {
      throw new StoppedException();
    }
  }

  private boolean isFull() {
    if (part == null) {
      return false;
    }
    long age = System.nanoTime() - began;
    long limit = Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, began - start));
    return part.bytes() >= FILE_BYTES || (checkpoint.kept() && age >= limit);
  }

  @Override
  public void end() {
    try {
      finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file is complete, and the segment is written to the last key read. */
  private void finish() throws IOException {
    // The state and the list of files belong together.
    synchronized (state) {
      if (part != null) {
        part.finish();
        state.written(number, next, part.items(), part.bytes());
        part = null;
      } else {
        state.written(number, next, 0, 0);
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      folder.saveTo(fields);
      state.saveTo(fields);
      checkpoint.save(state.items(), fields, line -> {});
    }
  }

  /** What is written so far is kept, if another run can go on behind it. */
  @Override
  public void fail() {
    if (part == null) {
      return;
    }
    try {
      if (checkpoint.kept() && wholePages) {
        finish();
        return;
      }
    } catch (IOException e) {
      // Then without it.
    }
    if (part != null) {
      part.abandon();
    }
  }
}
