package com.cruddur.ddb.local;

import com.cruddur.ddb.ChildJvm;
import com.cruddur.ddb.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A stack on free ports in directories of its own, stopped at the end of the test. */
final class StackFixture implements AutoCloseable {
  static final String CLASS_PATH = ChildJvm.classPath();

  final Path root;
  final StackSettings settings;
  final LocalStack stack;

  StackFixture(Path root) {
    this.root = root;
    settings =
        new StackSettings(
            FreePorts.next(), FreePorts.next(), true, root.resolve("data"), root.resolve("state"));
    stack = ChildJvm.stack(settings);
  }

  LocalStack persistent() {
    return ChildJvm.stack(settings.withInMemory(false));
  }

  @Override
  public void close() {
    stack.stop();
  }

  /** Names of everything in a directory, none if there is no such directory. */
  static Stream<String> filesIn(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  static HttpResponse<String> send(int port, String operation, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static void createTable(int port, String name) throws Exception {
    String body =
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}\
        """
            .formatted(name);
    HttpResponse<String> answer = send(port, "CreateTable", body);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
  }
}
