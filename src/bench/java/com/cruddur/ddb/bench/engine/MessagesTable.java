package com.cruddur.ddb.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with an index and a stream, and items of some 300 bytes in conversations of forty; the
 * index is sparse, as that of ddb's table is.
 */
final class MessagesTable {
  static final int BATCH = 25;

  private static final String CREATE =
      "{\"TableName\":\"messages\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
          + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
          + "{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"},"
          + "{\"AttributeName\":\"message_group_uuid\",\"AttributeType\":\"S\"}],"
          + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
          + "{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],\"GlobalSecondaryIndexes\":["
          + "{\"IndexName\":\"index\",\"KeySchema\":[{\"AttributeName\":\"message_group_uuid\","
          + "\"KeyType\":\"HASH\"},{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],"
          + "\"Projection\":{\"ProjectionType\":\"ALL\"}}],"
          + "\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_IMAGE\"}}";
  private static final int PER_CONVERSATION = 40;

  private final int port;

  MessagesTable(int port) {
    this.port = port;
  }

  void create() throws IOException {
    create(true);
  }

  void create(boolean stream) throws IOException {
    int end = CREATE.indexOf(",\"StreamSpecification\"");
    call("CreateTable", stream ? CREATE : CREATE.substring(0, end) + "}");
  }

  void drop() throws IOException {
    call("DeleteTable", "{\"TableName\":\"messages\"}");
  }

  byte[] call(String operation, String body) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.call(operation, body);
    }
  }

  /** Something done by one of several threads over a connection of its own. */
  interface Work {
    void run(RawClient client, int thread) throws IOException;
  }

  /** Does work in threads; returns the seconds it took. */
  double inParallel(int threads, Work work) throws InterruptedException {
    long start = System.nanoTime();
    List<Thread> running = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      int mine = number;
      Thread thread =
          new Thread(
              () -> {
                try (RawClient client = new RawClient(port)) {
                  work.run(client, mine);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Writes items in batches; returns the seconds it took. */
  double fill(int items, int threads) throws InterruptedException {
    return fill(items, threads, "Andrew Bayko");
  }

  /** The same for items of another user's name, so that they are others. */
  double fill(int items, int threads, String name) throws InterruptedException {
    return inParallel(
        threads,
        (client, thread) -> {
          for (int i = thread * BATCH; i < items; i += threads * BATCH) {
            client.call("BatchWriteItem", batch(i).replace("Andrew Bayko", name));
          }
        });
  }

  private static String batch(int first) {
    StringBuilder body = new StringBuilder("{\"RequestItems\":{\"messages\":[");
    for (int i = first; i < first + BATCH; i++) {
      body.append(i == first ? "" : ",")
          .append("{\"PutRequest\":{\"Item\":")
          .append(item(partition(i), i))
          .append("}}");
    }
    return body.append("]}}").toString();
  }

  static String partition(int item) {
    int conversation = item / PER_CONVERSATION * 7919 % 100_003;
    return "MSG#" + String.format("%08x-0000-4000-8000-%012d", conversation, conversation);
  }

  static String item(String pk, int number) {
    return "{\"pk\":{\"S\":\""
        + pk
        + "\"},\"sk\":{\"S\":\"2026-03-19T23:59:59."
        + String.format("%09d", number)
        + "+00:00\"},\"message_uuid\":{\"S\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700399\"},"
        + "\"message\":{\"S\":\""
        + "lorem ipsum ".repeat(9)
        + "\"},"
        + "\"user_uuid\":{\"S\":\"3b1ad0e5-e539-45bc-a8a7-9847c237d2a7\"},"
        + "\"user_display_name\":{\"S\":\"Andrew Bayko\"},\"user_handle\":{\"S\":\"bayko\"}}";
  }
}
