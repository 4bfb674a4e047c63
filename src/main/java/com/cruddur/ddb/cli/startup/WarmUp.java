package com.cruddur.ddb.cli.startup;

import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * A query and a cache's client that lead nowhere, so that the classes of both SDKs are initialised
 * on another processor while the command line is read.
 */
public final class WarmUp implements Runnable {
  /** Options of a target whose requests are signed, as those of the local stack are not. */
  private static final List<String> SIGNED = List.of("--prod", "--endpoint-url");

  private static final CacheSettings NO_CACHE = CacheSettings.local(Map.of(), 1);
  private static final byte[] ANSWER =
      ("{\"Count\":1,\"Items\":[{\"pk\":{\"S\":\"MSG#1\"},\"sk\":{\"S\":\"2026-03-19T23:59:59.000000+00:00\"},"
              + "\"message_uuid\":{\"S\":\"1\"},\"message\":{\"S\":\"\"},\"user_uuid\":{\"S\":\"1\"},"
              + "\"user_display_name\":{\"S\":\"\"},\"user_handle\":{\"S\":\"\"}}]}")
          .getBytes(StandardCharsets.UTF_8);

  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /** Null for a cache. */
  private final Target.Kind target;

  private WarmUp(Target.Kind target) {
    this.target = target;
  }

  /** What a table needs; completes when it is there, never fails. Done once in a process. */
  public static CompletableFuture<Void> ofTable(String... args) {
    for (String arg : args) {
      for (String option : SIGNED) {
        if (arg.startsWith(option)) {
          return SignedTable.OVER;
        }
      }
    }
    return Table.OVER;
  }

  /** What a cache needs; completes when it is there, never fails. Done once in a process. */
  public static CompletableFuture<Void> ofCache() {
    return Cache.OVER;
  }

  private static final class Table {
    static final CompletableFuture<Void> OVER = begin(new WarmUp(Target.Kind.LOCAL));
  }

  private static final class SignedTable {
    static final CompletableFuture<Void> OVER = begin(new WarmUp(Target.Kind.ENDPOINT));
  }

  private static final class Cache {
    static final CompletableFuture<Void> OVER = begin(new WarmUp(null));
  }

  private static CompletableFuture<Void> begin(WarmUp warmUp) {
    Thread thread = new Thread(warmUp, "warm-up");
    thread.setDaemon(true);
    thread.start();
    return warmUp.over;
  }

  @Override
  public void run() {
    try {
      if (target == null) {
        MomentoCache.openForPages(NO_CACHE).close();
      } else {
        query();
      }
    } catch (RuntimeException | LinkageError e) {
      // The command's own first request meets it again, and tells.
    } finally {
      over.complete(null);
    }
  }

  private void query() {
    // Signing asks for nothing else; without it the JDK first loads three providers that have no
    // HMAC.
    Security.setProperty("jdk.security.provider.preferred", "HmacSHA256:SunJCE");
    URI url = URI.create("http://localhost");
    Target nowhere =
        new Target(target, url, "us-east-1", null, "none", "none", Target.DEFAULT_TABLE);
    DynamoDbClients clients =
        new DynamoDbClients(
            nowhere, AwsEnvironment.NONE, "ddb", List.of(), DynamoDbClients.TIMEOUT);
    try (var client = clients.over(new Nowhere())) {
      new DynamoDbConversationStore(client, nowhere.table())
          .messages(new MessageQuery("1", 1, null, null, false, null));
    }
  }

  /** Answers every request itself. */
  private static final class Nowhere implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpFullResponse.builder()
                      .statusCode(200)
                      .putHeader("Content-Type", "application/x-amz-json-1.0")
                      .build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(ANSWER)))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
