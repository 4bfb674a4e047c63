package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.storage.Database;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Exports or imports that run one after the other in the background, and what AWS says of each,
 * kept as a note of the database. One that the end of the process interrupted has failed.
 */
final class Jobs implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final double MILLIS = 1000.0;
  private static final long PATIENCE_SECONDS = 10;

  /** What is done in the background; it fills in the description. */
  interface Work {
    void run(ObjectNode description) throws IOException;
  }

  private final Database database;
  private final InstantSource clock;
  private final String kind;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "dynamodb-transfer");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param kind Export or Import
   */
  Jobs(Database database, InstantSource clock, String kind) {
    this.database = database;
    this.clock = clock;
    this.kind = kind;
    for (ObjectNode left : all()) {
      if (left.get(kind + "Status").textValue().equals("IN_PROGRESS")) {
        fail(left, "InternalServerError", "The stack was stopped while this ran.");
      }
    }
  }

  /** Begins; what is returned is the description as it is before. */
  ObjectNode start(ObjectNode description, Work work) {
    description.put(kind + "Status", "IN_PROGRESS").put("StartTime", now());
    keep(description);
    ObjectNode running = description.deepCopy();
    thread.execute(() -> run(running, work));
    return description;
  }

  private void run(ObjectNode description, Work work) {
    try {
      work.run(description);
      description.put(kind + "Status", "COMPLETED").put("EndTime", now());
      keep(description);
    } catch (EngineException refused) {
      fail(description, refused.type(), refused.getMessage());
    } catch (IOException | RuntimeException failure) {
      fail(description, "InternalServerError", failure.toString());
    }
  }

  private void fail(ObjectNode description, String code, String message) {
    description.put(kind + "Status", "FAILED").put("EndTime", now());
    description.put("FailureCode", code).put("FailureMessage", message);
    keep(description);
  }

  private double now() {
    return clock.millis() / MILLIS;
  }

  private void keep(ObjectNode description) {
    byte[] bytes;
    try {
      bytes = JSON.writeValueAsBytes(description);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    String name = note(description.get(kind + "Arn").textValue());
    database.<Void>write(
        transaction -> {
          transaction.note(name, bytes);
          return null;
        });
  }

  private String note(String arn) {
    return kind.toLowerCase(Locale.ROOT) + "/" + arn;
  }

  /** The job of an ARN. */
  ObjectNode find(String arn) {
    byte[] bytes = database.note(note(arn));
    if (bytes == null) {
      throw new EngineException(kind + "NotFoundException", kind + " not found: " + arn);
    }
    return read(bytes);
  }

  /** All jobs, the oldest first. */
  List<ObjectNode> all() {
    List<ObjectNode> all = new ArrayList<>();
    for (String name : database.notes(note(""))) {
      all.add(read(database.note(name)));
    }
    return all;
  }

  private static ObjectNode read(byte[] bytes) {
    try {
      return (ObjectNode) JSON.readTree(bytes);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  static void write(JsonGenerator out, String member, ObjectNode description) throws IOException {
    out.writeStartObject();
    out.writeFieldName(member);
    JSON.writeTree(out, description);
    out.writeEndObject();
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
