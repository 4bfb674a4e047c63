package com.cruddur.ddb.bench;

import com.cruddur.ddb.engine.Engine;
import com.cruddur.ddb.engine.Faults;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fills a table of the engine three times over HTTP, with a client that is not the bound, then
 * reads it: items of 300 bytes with the index and the stream, BatchWriteItem of 25.
 *
 * <pre>EngineFill ITEMS THREADS [DIRECTORY]</pre>
 */
public final class EngineFill {
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
  private static final int BATCH = 25;
  private static final int PER_CONVERSATION = 40;

  private final int port;

  private EngineFill(int port) {
    this.port = port;
  }

  public static void main(String[] arguments) throws Exception {
    int items = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    Optional<Path> folder =
        arguments.length > 2 ? Optional.of(Path.of(arguments[2])) : Optional.empty();
    try (Engine engine =
        Engine.start(
            0,
            folder,
            Path.of(System.getProperty("java.io.tmpdir")),
            InstantSource.system(),
            Faults.NONE)) {
      EngineFill bench = new EngineFill(engine.port());
      for (int round = 1; round <= 3; round++) {
        bench.fill(round, items, threads);
        if (folder.isPresent()) {
          say("  store: %d MB", size(folder.get()) >> 20);
        }
        bench.read(items);
        bench.call("DeleteTable", "{\"TableName\":\"messages\"}");
      }
    }
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        size += Files.exists(file) ? Files.size(file) : 0;
      }
    }
    return size;
  }

  private void fill(int round, int items, int threads) throws Exception {
    call("CreateTable", CREATE);
    long start = System.nanoTime();
    List<Thread> writers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      Thread writer =
          new Thread(
              () -> {
                try (Caller caller = new Caller(port)) {
                  for (int i = number * BATCH; i < items; i += threads * BATCH) {
                    caller.call("BatchWriteItem", batch(i));
                  }
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
      writer.start();
      writers.add(writer);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    say("fill %d: %.0f items a second (%.1f s)", round, items / seconds, seconds);
  }

  private static String batch(int first) {
    StringBuilder body = new StringBuilder("{\"RequestItems\":{\"messages\":[");
    for (int i = first; i < first + BATCH; i++) {
      int conversation = i / PER_CONVERSATION * 7919 % 100_003;
      body.append(i == first ? "" : ",")
          .append("{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"MSG#")
          .append(String.format("%08x-0000-4000-8000-%012d", conversation, conversation))
          .append("\"},\"sk\":{\"S\":\"2026-03-19T23:59:59.")
          .append(String.format("%09d", i))
          .append("+00:00\"},\"message_uuid\":{\"S\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700399\"},")
          .append("\"message\":{\"S\":\"")
          .append("lorem ipsum ".repeat(9))
          .append("\"},")
          .append("\"user_uuid\":{\"S\":\"3b1ad0e5-e539-45bc-a8a7-9847c237d2a7\"},")
          .append("\"user_display_name\":{\"S\":\"Andrew Bayko\"},")
          .append("\"user_handle\":{\"S\":\"bayko\"}}}}");
    }
    return body.append("]}}").toString();
  }

  private void read(int items) throws IOException {
    try (Caller caller = new Caller(port)) {
      caller.call("Scan", "{\"TableName\":\"messages\"}");
      long start = System.nanoTime();
      caller.call("Scan", "{\"TableName\":\"messages\"}");
      say("  page of 1 MB: %.1f ms", (System.nanoTime() - start) / 1e6);
      start = System.nanoTime();
      int queries = 5_000;
      for (int i = 0; i < queries; i++) {
        int conversation = i * 31 % (items / PER_CONVERSATION) * 7919 % 100_003;
        caller.call(
            "Query",
            "{\"TableName\":\"messages\",\"Limit\":20,\"ScanIndexForward\":false,"
                + "\"KeyConditionExpression\":\"pk = :p\",\"ExpressionAttributeValues\":"
                + "{\":p\":{\"S\":\"MSG#"
                + String.format("%08x-0000-4000-8000-%012d", conversation, conversation)
                + "\"}}}");
      }
      say(
          "  queries of 20: %.0f a second, 1 thread",
          queries / ((System.nanoTime() - start) / 1e9));
    }
  }

  private void call(String operation, String body) throws IOException {
    try (Caller caller = new Caller(port)) {
      caller.call(operation, body);
    }
  }

  /** A connection that asks and waits. */
  private static final class Caller implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    private Caller(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      out = socket.getOutputStream();
      in = new BufferedInputStream(socket.getInputStream());
    }

    private void call(String operation, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String head =
          "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Date: 20260101T000000Z\r\n"
              + "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request,"
              + " SignedHeaders=host, Signature=0\r\nX-Amz-Target: DynamoDB_20120810."
              + operation
              + "\r\nContent-Length: "
              + bytes.length
              + "\r\n\r\n";
      out.write((head + body).getBytes(StandardCharsets.UTF_8));
      int length = 0;
      boolean ok = false;
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); ; next = in.read()) {
        if (next < 0) {
          throw new IOException("the connection ended");
        }
        if (next == '\n') {
          String header = line.toString().strip();
          ok |= header.startsWith("HTTP/1.1 200");
          if (header.startsWith("Content-Length: ")) {
            length = Integer.parseInt(header.substring(16));
          }
          if (header.isEmpty()) {
            break;
          }
          line.setLength(0);
        } else {
          line.append((char) next);
        }
      }
      byte[] answer = new byte[length];
      new DataInputStream(in).readFully(answer);
      if (!ok) {
        throw new IOException(new String(answer, StandardCharsets.UTF_8));
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
