package com.cruddur.ddb.bulk;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.Spool;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How far a long run has come, kept in a file so that a run that was interrupted, however, goes on
 * there. It is replaced as a whole, is its owner's alone ({@link OwnFile}), and is removed when the
 * run has ended. What it says is behind the table, never ahead of it: what was written after it is
 * met again and found unchanged. Whatever it says is validated before anything is done by it.
 *
 * <p>The file: a line {@code {"of":[…],"done":N,"rejects":BYTES,…}} that tells the input and the
 * table, then lines that belong to the kind of run.
 */
public final class Checkpoint {
  private static final long EVERY_NANOS = 200_000_000L;

  /** Saving takes no more than a twentieth of the time. */
  private static final long SHARE = 20;

  private final CheckpointFile file;
  private final RunLock lock;
  private final List<String> of;

  /** The first line of what an earlier run has left; null when there was none. */
  private JsonNode left;

  private boolean resumed;
  private boolean foreign;
  private LongSupplier rejects = () -> 0;
  private Consumer<String> trouble = text -> {};
  private volatile boolean stopped;
  private long next = System.nanoTime() + EVERY_NANOS;
  private boolean broken;
  private boolean saved;

  /** Files beside it that this run has opened. */
  private final Set<Path> besides = new HashSet<>();

  private Checkpoint(Path file, List<String> of) {
    this.file = new CheckpointFile(file);
    this.lock = file == null ? null : new RunLock(this.file.sibling(".ddb-lock"));
    this.of = of;
  }

  /** Of a run that always begins at the beginning. */
  public static Checkpoint none() {
    return new Checkpoint(null, List.of());
  }

  /**
   * In a file, which need not exist.
   *
   * @param of what the run reads and where it writes; with another one it starts over
   * @param restart whether it starts over in any case
   * @throws InvalidInputException when the file is something else
   * @throws UncheckedIOException when the file cannot be read, or another user can have written it
   *     (caused by a {@link com.cruddur.ddb.file.ForeignFileException})
   */
  public static Checkpoint in(Path file, List<String> of, boolean restart) {
    Checkpoint checkpoint = new Checkpoint(file, List.copyOf(of));
    checkpoint.load(restart);
    return checkpoint;
  }

  private void load(boolean restart) {
    try {
      left = file.first();
      if (left == null || !left.path("of").isArray()) {
        throw new InvalidInputException(
            file() + " is not a checkpoint", "Name another file with --checkpoint, or remove it.");
      }
      boolean same = of.equals(left.path("of").valueStream().map(JsonNode::asText).toList());
      resumed = same && !restart;
      foreign = !same && !restart;
      if (resumed) {
        count(left, "done");
        count(left, "rejects");
      }
    } catch (NoSuchFileException e) {
      // The first run.
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint " + file() + " cannot be read", e);
    }
  }

  /**
   * A number of records, lines or bytes in what was saved.
   *
   * @throws InvalidInputException when it is missing, negative or no whole number
   */
  public long count(JsonNode of, String field) {
    JsonNode number = of.path(field);
    require(number.canConvertToLong() && number.asLong() >= 0, field);
    return number.asLong();
  }

  /**
   * Holds what was saved to what a run can have saved.
   *
   * @param field what is wrong with it otherwise
   */
  public void require(boolean right, String field) {
    if (!right) {
      throw new InvalidInputException(
          "the checkpoint " + file() + " is damaged: " + field + " cannot be right",
          "Nothing was done. --restart starts over.");
    }
  }

  /** Whether there is a file at all. */
  public boolean kept() {
    return file.path() != null;
  }

  public Path file() {
    return file.path();
  }

  /**
   * Keeps other runs from working with the file too, until this one lets go of it or its process
   * ends; false when one does. Where nothing can be written beside the file, none is kept out.
   */
  public boolean hold() {
    return lock.take();
  }

  /** Lets other runs have the file. */
  public void letGo() {
    lock.letGo();
  }

  /** Whether there is something to go on from. */
  public boolean begun() {
    return saved || resumed;
  }

  /** Whether an earlier run left its state. */
  public boolean resumed() {
    return resumed;
  }

  /** Whether the file tells of another input or another table; it will be replaced. */
  public boolean foreign() {
    return foreign;
  }

  /** How many records the earlier run is done with. */
  public long done() {
    return resumed ? left.path("done").asLong() : 0;
  }

  /** How long the file of rejects was; what stands behind was told after the state was saved. */
  public long rejects() {
    return resumed ? left.path("rejects").asLong() : 0;
  }

  /** Who knows how long the file of rejects is, all of them written. */
  public void rejects(LongSupplier length) {
    rejects = length;
  }

  /** Told once, in a few words, when the state cannot be saved; the run goes on. */
  public void onTrouble(Consumer<String> listener) {
    trouble = listener;
  }

  /** Asks the run to end soon, and to save where. For any thread. */
  public void stop() {
    stopped = true;
  }

  public boolean stopped() {
    return stopped;
  }

  /** What the earlier run saved; null when there is none. */
  public JsonNode state() {
    return resumed ? left : null;
  }

  /** What a run saved that is not gone on with; null when there was none. It is not validated. */
  public JsonNode discarded() {
    return resumed ? null : left;
  }

  /** Takes a record of the state. */
  public interface Records {
    void accept(JsonNode record) throws IOException;
  }

  /** The records that belong to the state. */
  public void forEach(Records records) throws IOException {
    if (resumed) {
      file.forEach(records);
    }
  }

  /** A file beside it, for what must outlive this run; its first bytes are kept. */
  public Spool beside(String suffix, long length) throws IOException {
    if (!kept()) {
      return Spool.empty();
    }
    Spool spool = Spool.kept(file.sibling(suffix));
    besides.add(file.sibling(suffix));
    boolean fits = false;
    try {
      fits = spool.size() >= length;
      require(fits, "the length of " + file.sibling(suffix));
      spool.keep(length);
      return spool;
    } finally {
      if (!fits) {
        spool.close();
      }
    }
  }

  /** Whether it is time to save. */
  public boolean due() {
    return kept() && !broken && System.nanoTime() - next >= 0;
  }

  /** Whether this run has saved its state. */
  public boolean saved() {
    return saved;
  }

  /** Writes a line of the state. */
  public interface Line {
    void write(Map<String, Object> fields) throws IOException;
  }

  /** Gives the records of a state. */
  public interface Content {
    void writeTo(Line line) throws IOException;
  }

  /** Replaces what was saved before. */
  public void save(long done, Map<String, Object> fields, Content records) {
    if (!kept() || broken) {
      return;
    }
    long start = System.nanoTime();
    Map<String, Object> first = new LinkedHashMap<>(Map.of("of", of));
    first.put("done", done);
    first.put("rejects", rejects.getAsLong());
    first.putAll(fields);
    try {
      file.replace(first, records);
    } catch (IOException e) {
      broken = true;
      trouble.accept("no checkpoint can be kept at " + file() + ": " + CheckpointFile.reason(e));
    }
    saved = !broken;
    long now = System.nanoTime();
    next = now + Math.max(EVERY_NANOS, SHARE * (now - start));
  }

  /**
   * The run has ended: nothing of it is kept.
   *
   * @param suffix of the files beside it that an earlier run may have left
   */
  public void end(String... suffix) {
    if (!kept()) {
      return;
    }
    try {
      if (left != null) {
        List.of(suffix).forEach(one -> besides.add(file.sibling(one)));
      }
      if (left != null || saved) {
        besides.add(file.path());
      }
      besides.add(file.sibling(CheckpointFile.UNFINISHED));
      for (Path one : besides) {
        if (OwnFile.isOwn(one)) {
          Files.deleteIfExists(one);
        }
      }
    } catch (IOException e) {
      trouble.accept(file() + " cannot be removed: " + CheckpointFile.reason(e));
    }
  }
}
