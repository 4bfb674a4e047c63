package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that the engine never gives, from a server that gives nothing else. */
class ServiceErrorsTest {
  private final HttpServer server = start();

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "400, UnrecognizedClientException, 6, not_allowed",
    "400, InvalidSignatureException, 6, not_allowed",
    "400, MissingAuthenticationTokenException, 6, not_allowed",
    "400, AccessDeniedException, 6, not_allowed",
    "400, ExpiredTokenException, 6, not_allowed",
    "400, ThrottlingException, 1, throttled",
    "400, ProvisionedThroughputExceededException, 1, throttled",
    "400, ValidationException, 1, service",
    "500, InternalServerError, 1, service",
    "503, ServiceUnavailable, 1, service",
    "400, ResourceNotFoundException, 3, table_not_found",
  })
  void haveTheExitCodeOfTheirCause(int status, String type, int exitCode, String code) {
    answer(
        status,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"Said so.\"}");
    Result result = scan("scan", "-o", "json");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    assertThat(result.out()).as(result.toString()).isEmpty();
    assertThat(result.error().get("code").asText()).isEqualTo(code);
    assertThat(result.error().get("message").asText()).contains("127.0.0.1");
  }

  @Test
  void aServerThatIsNoDynamoDbIsToldInOneLine() {
    for (int status : new int[] {200, 404, 403, 302, 500}) {
      answer(status, "<html><body>It works!</body></html>");
      Result result = scan("scan");
      assertThat(result.exitCode()).as(status + " " + result).isIn(1, 6);
      Outcome.failed(result.exitCode(), result);
      assertThat(result.err()).as(status + " " + result).doesNotContain("fault of ddb", "    at ");
    }
  }

  private Result scan(String... args) {
    return DdbRunner.fresh()
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort())
        .execute(args);
  }

  private void answer(int status, String body) {
    try {
      server.removeContext("/");
    } catch (IllegalArgumentException e) {
      // The first answer of this server.
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, body.length());
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
  }

  private static HttpServer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
