package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.item.ByteSink;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.operations.Throttle;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.StorageException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * AWS's JSON protocol: a POST whose X-Amz-Target names the operation, one JSON object each way.
 *
 * <p>Listening on loopback keeps no web page out: a page may post to localhost, or have its own
 * name resolve to 127.0.0.1 (DNS rebinding). Browsers give themselves away by the Origin header or
 * by the page's host name, and get 403; AWS's SDKs and command lines send neither.
 */
final class Protocol {
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNestingDepth(1000)
                  .build())
          .build();

  private static final Set<String> HOSTS =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1", "host.docker.internal");

  /** Of an answer that another try will not change: ddb's own long jobs end then. */
  private static final String STORE = "x-ddb-store";

  private final Database database;
  private final InstantSource clock;
  private final Map<String, Operation> operations;
  private final Throttle throttle;
  private final Duration latency;

  /**
   * @param operations by their targets, such as {@code DynamoDB_20120810.GetItem}
   */
  Protocol(
      Database database,
      InstantSource clock,
      Map<String, Operation> operations,
      Throttle throttle,
      Duration latency) {
    this.throttle = throttle;
    this.latency = latency;
    this.database = database;
    this.clock = clock;
    this.operations = Map.copyOf(operations);
  }

  /**
   * Answers a request.
   *
   * @param bytes where the answer's body goes
   */
  Answer answer(RequestHead head, byte[] body, ByteSink bytes) {
    if (!HOSTS.contains(String.valueOf(head.hostName())) || head.header("origin") != null) {
      return Answer.last(403);
    }
    if (!head.method().equals("POST")) {
      boolean health = head.method().equals("GET") && head.path().equals("/");
      return Answer.of(
          health ? 200 : 404,
          (health ? "healthy: dynamodb.local \n" : "").getBytes(StandardCharsets.US_ASCII));
    }
    try {
      TimeUnit.NANOSECONDS.sleep(latency.toNanos());
      return operate(head, body, bytes);
    } catch (EngineException refused) {
      return ErrorAnswer.of(refused);
    } catch (StorageException failed) {
      return ErrorAnswer.of(
              new EngineException("InternalServerError", failed.getMessage() + " " + failed.cure()))
          .with(STORE, "unusable");
    } catch (JsonProcessingException broken) {
      return ErrorAnswer.of(new EngineException("SerializationException", null));
    } catch (RuntimeException | IOException | StackOverflowError | InterruptedException fault) {
      // A fault of ours: the log of the stack has it, the client gets no stack trace.
      fault.printStackTrace();
      return ErrorAnswer.of(
          new EngineException("InternalServerError", "The engine failed: %s", fault));
    }
  }

  private Answer operate(RequestHead head, byte[] body, ByteSink bytes) throws IOException {
    String target = head.header("x-amz-target");
    Operation operation = target == null ? null : operations.get(target);
    if (operation == null) {
      throw new EngineException("UnknownOperationException", null);
    }
    Context context =
        new Context(database, Signature.region(head), clock, head.header("host"), throttle);
    try (JsonParser parser = JSON.createParser(body);
        JsonGenerator out = JSON.createGenerator(bytes)) {
      operation.answer(parser, context).write(out);
    }
    return Answer.of(200, bytes);
  }
}
