package com.cruddur.ddb.dynamo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.StubDynamoDb.Call;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.aws.AwsEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class DynamoDbClientsTest {

  private static DynamoDbClient client(String endpoint, String region, String keyId) {
    return client(endpoint, region, keyId, DynamoDbClients.TIMEOUT);
  }

  private static DynamoDbClient client(
      String endpoint, String region, String keyId, Duration timeout) {
    Target target =
        new Target(
            Target.Kind.ENDPOINT, URI.create(endpoint), region, null, keyId, "secret", "table");
    return new DynamoDbClients(
            target, AwsEnvironment.NONE, "ddb/9.9", List.of(new CapacityMeter(false)), timeout)
        .dynamoDb();
  }

  @Test
  void requestsCarryTheTargetsRegionAndKeyAndOurUserAgent() {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"TableNames\":[]}"));
        DynamoDbClient client = client(stub.endpoint(), "eu-central-1", "AKIDTEST")) {
      client.listTables();

      Call call = stub.calls().get(0);
      assertThat(call.operation()).isEqualTo("ListTables");
      assertThat(call.headers().getFirst("Authorization"))
          .contains("Credential=AKIDTEST/")
          .contains("/eu-central-1/dynamodb/aws4_request")
          .doesNotContain("secret");
      assertThat(call.headers().getFirst("User-Agent")).contains("ddb/9.9");
    }
  }

  @Test
  void onlyTheLocalStacksRequestsGoWithoutAHashOfWhatTheySay() {
    assertThat(signature(Target.Kind.LOCAL))
        .matches(
            "AWS4-HMAC-SHA256 Credential=local/\\d{8}/eu-west-1/dynamodb/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature=0{64}");
    for (Target.Kind kind : List.of(Target.Kind.ENDPOINT, Target.Kind.PROD)) {
      assertThat(signature(kind)).as(kind.name()).matches(".*Signature=(?!0{64})[0-9a-f]{64}");
    }
  }

  private static String signature(Target.Kind kind) {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"TableNames\":[]}"))) {
      URI url = URI.create(stub.endpoint());
      Target target = new Target(kind, url, "eu-west-1", null, "local", "local", "table");
      try (DynamoDbClient client =
          new DynamoDbClients(target, "ddb/9.9", new CapacityMeter(false)).dynamoDb()) {
        client.listTables();
      }
      Call call = stub.calls().get(0);
      assertThat(call.headers().getFirst("X-Amz-Date")).matches("\\d{8}T\\d{6}Z");
      return call.headers().getFirst("Authorization");
    }
  }

  @Test
  void aBodyIsSentWholeWithItsLengthWhichIsNotSigned() {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"TableNames\":[]}"));
        DynamoDbClient client = client(stub.endpoint(), "us-east-1", "local")) {
      client.listTables(r -> r.exclusiveStartTableName("t".repeat(100)));

      Call call = stub.calls().get(0);
      assertThat(call.body()).contains("t".repeat(100));
      assertThat(call.headers().get("Content-Length"))
          .containsExactly(String.valueOf(call.body().length()));
      assertThat(call.headers()).doesNotContainKey("Transfer-Encoding");
      assertThat(call.headers().getFirst("Authorization")).doesNotContain("content-length");
    }
  }

  @Test
  void aKeptConnectionThatTheServerHasClosedCostsNoTry() throws IOException {
    List<String> attempts = new CopyOnWriteArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerOneRequestEach(server, attempts));
      thread.start();
      String endpoint = "http://127.0.0.1:" + server.getLocalPort();
      try (DynamoDbClient client = client(endpoint, "us-east-1", "local")) {
        for (int i = 0; i < 5; i++) {
          assertThat(client.listTables().tableNames()).containsExactly("one");
        }
      }
      assertThat(attempts).hasSize(5).allMatch(attempt -> attempt.contains("attempt=1"));
    }
  }

  /** Says that each connection is kept, and closes it. */
  private static void answerOneRequestEach(ServerSocket server, List<String> attempts) {
    String body = "{\"TableNames\":[\"one\"]}";
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          BufferedReader in =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
          int left = 0;
          for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
              left = Integer.parseInt(line.substring("Content-Length: ".length()));
            } else if (line.startsWith("amz-sdk-request: ")) {
              attempts.add(line);
            }
          }
          while (left > 0 && in.read() >= 0) {
            left--;
          }
          socket.getOutputStream().write((head + body).getBytes(US_ASCII));
        }
      }
    } catch (IOException e) {
      // The test has closed the socket.
    }
  }

  @Test
  void aCallThatEndedLeavesNoAlarmBehind() {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"TableNames\":[]}"));
        DynamoDbClient client = client(stub.endpoint(), "us-east-1", "local")) {
      for (int i = 0; i < 100; i++) {
        client.listTables();
      }

      assertThat(WorkerThreads.TIMER.getQueue()).hasSizeLessThan(50);
    }
  }

  @Test
  void aServerErrorIsTriedAgain() {
    AtomicInteger calls = new AtomicInteger();
    try (StubDynamoDb stub =
            new StubDynamoDb(
                call ->
                    calls.incrementAndGet() < 3
                        ? StubDynamoDb.error(500, "InternalServerError")
                        : StubDynamoDb.ok("{\"TableNames\":[\"one\"]}"));
        DynamoDbClient client = client(stub.endpoint(), "us-east-1", "local")) {
      assertThat(client.listTables().tableNames()).containsExactly("one");

      assertThat(calls).hasValue(3);
    }
  }

  @Test
  void aServerErrorThatLastsIsThrownAfterFourTries() {
    try (StubDynamoDb stub =
            new StubDynamoDb(call -> StubDynamoDb.error(500, "InternalServerError"));
        DynamoDbClient client = client(stub.endpoint(), "us-east-1", "local")) {
      assertThatExceptionOfType(DynamoDbException.class).isThrownBy(client::listTables);

      assertThat(stub.calls()).hasSize(4);
    }
  }

  @Test
  void aCallThatIsThrottledEndsAsThatHoweverShortItsTime() {
    try (StubDynamoDb stub =
            new StubDynamoDb(call -> StubDynamoDb.error(400, "ThrottlingException"));
        DynamoDbClient client =
            client(stub.endpoint(), "us-east-1", "local", Duration.ofSeconds(5))) {
      assertThatExceptionOfType(DynamoDbException.class).isThrownBy(client::listTables);

      assertThat(stub.calls()).hasSize(4);
    }
  }

  @Test
  void aRequestThatIsWrongIsNotTriedAgain() {
    try (StubDynamoDb stub =
            new StubDynamoDb(call -> StubDynamoDb.error(400, "ValidationException"));
        DynamoDbClient client = client(stub.endpoint(), "us-east-1", "local")) {
      assertThatExceptionOfType(DynamoDbException.class).isThrownBy(client::listTables);

      assertThat(stub.calls()).hasSize(1);
    }
  }

  @Test
  void aClosedPortFails() {
    try (DynamoDbClient client = client("http://127.0.0.1:1", "us-east-1", "local")) {
      assertThatExceptionOfType(SdkClientException.class)
          .isThrownBy(client::listTables)
          .isNotInstanceOf(ApiCallTimeoutException.class);
    }
  }

  @Test
  void everyCallAndEveryAttemptHasATimeLimit() {
    try (DynamoDbClient client = client("http://127.0.0.1:1", "us-east-1", "local")) {
      ClientOverrideConfiguration configuration =
          client.serviceClientConfiguration().overrideConfiguration();

      assertThat(configuration.apiCallTimeout()).contains(Duration.ofSeconds(30));
      assertThat(configuration.apiCallAttemptTimeout()).contains(Duration.ofSeconds(10));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8000, true",
    "http://LOCALHOST:8000, true",
    "http://127.0.0.1:8000, true",
    "http://127.1.2.3, true",
    "http://[::1]:8000, true",
    "http://127.0.0.1.example.com, false",
    "http://127.example.com, false",
    "http://localhost.example.com, false",
    "http://10.0.0.1:8000, false",
    "https://dynamodb.us-east-1.amazonaws.com, false"
  })
  void loopbackIsThisMachineAlone(String url, boolean loopback) {
    assertThat(DynamoDbClients.isLoopback(URI.create(url))).isEqualTo(loopback);
  }

  @Test
  void aTargetNeverTellsItsSecret() {
    Target target =
        new Target(
            Target.Kind.ENDPOINT, URI.create("http://x"), "r", null, "AKID", "hidden", "table");

    assertThat(target.toString() + target.describe()).doesNotContain("hidden");
  }

  @Test
  void clientsForStreamsTakeTheSameTarget() {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"Streams\":[]}"));
        var streams = TestStack.clients(stub.endpoint(), new CapacityMeter(false)).streams()) {
      assertThat(streams.listStreams(request -> request.tableName("table")).streams()).isEmpty();

      assertThat(stub.calls().get(0).operation()).isEqualTo("ListStreams");
    }
  }
}
