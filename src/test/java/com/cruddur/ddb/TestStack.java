package com.cruddur.ddb;

import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.LocalStackException;
import com.cruddur.ddb.local.StackSettings;
import com.cruddur.ddb.local.StackStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * One embedded stack for all tests of a JVM: in memory, in a background process, on free ports. It
 * starts when it is first asked for and ends with the JVM. Tests share it, so each takes a fresh
 * table name.
 */
public final class TestStack {
  private TestStack() {}

  /** {@code http://127.0.0.1:PORT} of the engine. */
  public static String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  public static int port() {
    return Running.STATUS.port();
  }

  public static int cachePort() {
    return Running.STATUS.cachePort();
  }

  /** An environment whose home is a temporary directory and whose local target is this stack. */
  public static Map<String, String> environment() {
    return Running.ENVIRONMENT;
  }

  /** Clients for a url, with dummy keys. */
  public static DynamoDbClients clients(String endpoint, ExecutionInterceptor interceptor) {
    return new DynamoDbClients(target(endpoint), "ddb/test", interceptor);
  }

  /** The same with another limit on the time of a call. */
  public static DynamoDbClients clients(String endpoint, Duration timeout) {
    AwsEnvironment environment = AwsEnvironment.NONE;
    return new DynamoDbClients(target(endpoint), environment, "ddb/test", List.of(), timeout);
  }

  /** Close it. */
  public static DynamoDbStreamsClient streams() {
    return clients(endpoint(), new CapacityMeter(false)).streams();
  }

  /** Production, so that stubs are not asked for a table whose account is local. */
  private static Target target(String endpoint) {
    URI url = URI.create(endpoint);
    return new Target(
        Target.Kind.PROD, url, "us-east-1", null, "local", "local", Target.DEFAULT_TABLE);
  }

  public static String newTableName() {
    return "test-" + UUID.randomUUID();
  }

  /** Loaded, and so started, on first use. */
  private static final class Running {
    private static final int ATTEMPTS = 3;

    static final Map<String, String> ENVIRONMENT;
    static final StackStatus STATUS;

    static {
      Map<String, String> environment = newEnvironment();
      StackStatus status = null;
      for (int attempt = 1; status == null; attempt++) {
        try {
          status = start(environment);
        } catch (LocalStackException failure) {
          if (attempt == ATTEMPTS) {
            throw failure;
          }
          // Between look and use a port that was free may be taken: try others.
          environment = newEnvironment();
        }
      }
      ENVIRONMENT = environment;
      STATUS = status;
    }

    private static Map<String, String> newEnvironment() {
      try {
        Path home = Files.createTempDirectory("ddb-test-stack");
        return Map.of(
            "HOME", home.toString(),
            "XDG_STATE_HOME", home.resolve("state").toString(),
            "XDG_DATA_HOME", home.resolve("data").toString(),
            "XDG_CONFIG_HOME", home.resolve("config").toString(),
            "XDG_CACHE_HOME", home.resolve("cache").toString(),
            "DDB_LOCAL_PORT", Integer.toString(FreePorts.next()),
            "DDB_LOCAL_CACHE_PORT", Integer.toString(FreePorts.next()));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private static StackStatus start(Map<String, String> environment) {
      LocalStack stack = ChildJvm.stack(StackSettings.of(environment).withInMemory(true));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stack.stop();
                    delete(Path.of(environment.get("HOME")));
                  }));
      return stack.start().status();
    }

    private static void delete(Path root) {
      try (Stream<Path> paths = Files.walk(root)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
