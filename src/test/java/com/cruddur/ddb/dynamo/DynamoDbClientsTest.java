package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.FreshTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.StubDynamoDb.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
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
    return new DynamoDbClients(target, "ddb/9.9", List.of(new CapacityMeter(false)), timeout)
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
  void aClosedPortFailsWithinSeconds() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    long start = System.nanoTime();
    try (DynamoDbClient client = client("http://127.0.0.1:" + port, "us-east-1", "local")) {
      assertThatExceptionOfType(SdkClientException.class).isThrownBy(client::listTables);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
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
        var streams = FreshTable.clients(stub.endpoint(), new CapacityMeter(false)).streams()) {
      assertThat(streams.listStreams(request -> request.tableName("table")).streams()).isEmpty();

      assertThat(stub.calls().get(0).operation()).isEqualTo("ListStreams");
    }
  }
}
