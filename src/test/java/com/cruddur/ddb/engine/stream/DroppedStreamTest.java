package com.cruddur.ddb.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.engine.Engine;
import com.cruddur.ddb.engine.Faults;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The stream of a table that was dropped: it can be read for a day, and then its room is free. */
class DroppedStreamTest {
  private static final int ITEMS = 60;
  private static final byte[] LARGE = new byte[300_000];

  @TempDir private Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  private long size() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      long size = 0;
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
      return size;
    }
  }

  private Engine engine() throws Exception {
    return Engine.start(0, Optional.of(folder), folder.resolveSibling("s3"), now::get, Faults.NONE);
  }

  private static DynamoDbClient client(Engine engine) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://localhost:" + engine.port()))
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static void create(DynamoDbClient client, String table) {
    client.createTable(
        r ->
            r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("pk").attributeType("S"))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH))
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
  }

  @Test
  void itsRecordsStayForADayAndThenGiveTheirRoomBack() throws Exception {
    try (Engine engine = engine();
        DynamoDbClient client = client(engine)) {
      create(client, "dropped");
      for (int i = 0; i < ITEMS; i++) {
        Map<String, AttributeValue> item =
            Map.of(
                "pk", AttributeValue.fromS("item" + i),
                "large", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(LARGE)));
        client.putItem(r -> r.tableName("dropped").item(item));
      }
      client.deleteTable(r -> r.tableName("dropped"));
    }
    assertThat(size()).isGreaterThan((long) ITEMS * LARGE.length);
    now.set(now.get().plus(Duration.ofHours(23)));
    try (Engine engine = engine();
        DynamoDbClient client = client(engine)) {
      engine.streams().tidy();
      StreamState stream = engine.streams().all().get(0);
      assertThat(engine.streams().read(stream.shards().get(0), 0, 1)).hasSize(1);
      now.set(now.get().plus(Duration.ofHours(2)));
      engine.streams().tidy();
      assertThat(engine.streams().all()).isEmpty();
    }
    assertThat(size()).isLessThan((long) ITEMS * LARGE.length / 10);
  }
}
