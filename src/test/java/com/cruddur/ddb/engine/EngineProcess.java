package com.cruddur.ddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** An engine in a process of its own, on a free port, which can be killed. */
public final class EngineProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  /** One whose tables are on the heap. */
  public static EngineProcess inMemory(String... options) throws IOException {
    return new EngineProcess(null, options);
  }

  /**
   * @param folder where its tables are; null for the heap
   * @param options of the JVM
   */
  public EngineProcess(Path folder, String... options) throws IOException {
    List<String> command = ChildJvm.command(options);
    command.add(Main.class.getName());
    if (folder != null) {
      command.add(folder.toString());
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(said).as("the engine's first line").isNotNull();
    port = Integer.parseInt(said);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** A client without retries, so that what is not answered is known not to be. */
  public DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://localhost:" + port))
        .region(Region.US_EAST_1)
        .credentialsProvider(anybody())
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  public DynamoDbStreamsClient streams() {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(URI.create("http://localhost:" + port))
        .region(Region.US_EAST_1)
        .credentialsProvider(anybody())
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static StaticCredentialsProvider anybody() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
  }

  /** Kills it at once, as kill -9 does, and waits until it is gone. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  /** The engine's process: prints its port and serves until it is killed or its input ends. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      Optional<Path> folder = Arrays.stream(arguments).map(Path::of).findFirst();
      try (Engine engine =
          Engine.start(
              0,
              folder,
              folder.orElse(Path.of("tables")).resolveSibling("s3"),
              InstantSource.system(),
              Faults.NONE)) {
        System.out.println(engine.port());
        while (System.in.read() >= 0) {
          // Its parent's end is its own.
        }
      }
    }
  }
}
