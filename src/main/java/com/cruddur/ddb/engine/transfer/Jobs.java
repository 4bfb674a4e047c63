package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Fingerprint;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Database;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Exports or imports that run one after the other in the background, and what AWS says of each,
 * kept as a note of the database. One that the end of the process interrupted has failed.
 */
final class Jobs implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** What a job was asked for, as one number; not shown. */
  private static final String REQUEST = "Request";

  private static final double MILLIS = 1000.0;
  private static final long TOKEN_SECONDS = 8L * 60 * 60;
  private static final long MOST_LISTED = 25;
  private static final long LONGEST_WAIT_SECONDS = 10;

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
   * @param abandoned told of a job that the end of the last process interrupted
   */
  Jobs(Database database, InstantSource clock, String kind, Consumer<ObjectNode> abandoned) {
    this.database = database;
    this.clock = clock;
    this.kind = kind;
    for (ObjectNode left : all()) {
      if (left.get(kind + "Status").textValue().equals("IN_PROGRESS")) {
        abandoned.accept(left);
        fail(left, "InternalServerError", "The stack was stopped while this ran.");
      }
    }
  }

  /** The last part of an ARN, as AWS makes it. */
  static String newId(long millis) {
    return String.format("%014d-%08x", millis, System.nanoTime() & 0xFFFFFFFFL);
  }

  /**
   * Begins a job, or finds the one that the same token and request began within eight hours.
   *
   * @param begin makes the description, or refuses the request
   * @return the description as it is before the work
   */
  synchronized ObjectNode start(Request request, Supplier<ObjectNode> begin, Work work) {
    ObjectNode before = withToken(request.text("ClientToken"));
    if (before != null) {
      if (before.get(REQUEST).longValue() != Fingerprint.of(request)) {
        throw new EngineException(
            kind + "ConflictException",
            "There was another %s with the same client token.",
            kind.toLowerCase(Locale.ROOT));
      }
      return shown(before);
    }
    ObjectNode description = begin.get();
    description.put(kind + "Status", "IN_PROGRESS").put("StartTime", now());
    description.put(REQUEST, Fingerprint.of(request));
    keep(description);
    ObjectNode running = description.deepCopy();
    thread.execute(() -> run(running, work));
    return shown(description);
  }

  private ObjectNode withToken(String token) {
    double since = now() - TOKEN_SECONDS;
    return token == null
        ? null
        : all().stream()
            .filter(job -> token.equals(job.path("ClientToken").textValue()))
            .filter(job -> job.get("StartTime").doubleValue() > since)
            .findFirst()
            .orElse(null);
  }

  private static ObjectNode shown(ObjectNode description) {
    description.remove(REQUEST);
    return description;
  }

  private void run(ObjectNode description, Work work) {
    try {
      work.run(description);
      description.put(kind + "Status", "COMPLETED").put("EndTime", now());
      keep(description);
    } catch (EngineException refused) {
      fail(description, refused.type(), refused.getMessage());
    } catch (IOException failure) {
      EngineException refused = Buckets.refused(failure);
      fail(description, refused.type(), refused.getMessage());
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
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
    byte[] bytes = bytes(description);
    String name = note(description.get(kind + "Arn").textValue());
    database.<Void>write(
        transaction -> {
          transaction.note(name, bytes);
          return null;
        });
  }

  static byte[] bytes(ObjectNode description) {
    try {
      return JSON.writeValueAsBytes(description);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private String note(String arn) {
    return kind.toLowerCase(Locale.ROOT) + "/" + arn;
  }

  /** The job of an ARN. */
  ObjectNode find(String arn) {
    if (!arn.matches("arn:.*:table/[^/]+/" + kind.toLowerCase(Locale.ROOT) + "/.+")) {
      throw EngineException.validation("Invalid %s ARN", kind);
    }
    byte[] bytes = database.note(note(arn));
    if (bytes == null) {
      throw new EngineException(kind + "NotFoundException", kind + " not found: " + arn);
    }
    return shown(read(bytes));
  }

  /** A page of jobs, those of one table if the request names one. */
  Reply list(String member, List<String> shown, Request request, Long mostOrNull) {
    String table = request.text("TableArn");
    String after = request.text("NextToken", "");
    long most = mostOrNull == null ? MOST_LISTED : mostOrNull;
    List<ObjectNode> jobs =
        all().stream()
            .filter(job -> table == null || job.get("TableArn").textValue().equals(table))
            .filter(job -> job.get(kind + "Arn").textValue().compareTo(after) > 0)
            .limit(most + 1)
            .toList();
    List<ObjectNode> page = jobs.subList(0, (int) Math.min(most, jobs.size()));
    boolean more = jobs.size() > page.size();
    return Reply.of(member, page.stream().map(job -> job.deepCopy().retain(shown)).toList())
        .with("NextToken", more ? page.get(page.size() - 1).get(kind + "Arn").textValue() : null);
  }

  /** All jobs by their ARNs, those of one table the oldest first. */
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

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
