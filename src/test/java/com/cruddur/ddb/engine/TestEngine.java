package com.cruddur.ddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An engine in this process whose tables are on the heap, its clock, its buckets, and a client. */
public final class TestEngine implements AutoCloseable {
  private final Path buckets;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private volatile Duration tick = Duration.ZERO;
  private final Engine engine;
  private final DynamoDbClient client;

  public TestEngine(Path buckets, Faults faults) {
    this.buckets = buckets;
    try {
      engine = Engine.start(0, Optional.empty(), buckets, this::look, faults);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://localhost:" + engine.port()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  public int port() {
    return engine.port();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + engine.port();
  }

  public DynamoDbClient client() {
    return client;
  }

  public Engine engine() {
    return engine;
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now.set(now.get().plus(time));
  }

  /** From now on each look of the engine at its clock takes so long. */
  public void tick(Duration eachLook) {
    tick = eachLook;
  }

  private Instant look() {
    return now.updateAndGet(moment -> moment.plus(tick));
  }

  public Instant now() {
    return now.get();
  }

  /** Makes a bucket. */
  public Path bucket(String name) {
    try {
      return Files.createDirectories(buckets.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void put(String table, String pk, String sk, String text) {
    client.putItem(
        r ->
            r.tableName(table)
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS(pk),
                        "sk", AttributeValue.fromS(sk),
                        "text", AttributeValue.fromS(text))));
  }

  public void pointInTimeRecovery(String table) {
    var status =
        client
            .updateContinuousBackups(
                r ->
                    r.tableName(table)
                        .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    assertThat(status.pointInTimeRecoveryStatusAsString()).isEqualTo("ENABLED");
  }

  @Override
  public void close() {
    client.close();
    try {
      engine.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
