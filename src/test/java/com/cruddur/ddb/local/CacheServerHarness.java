package com.cruddur.ddb.local;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configurations;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.exceptions.SdkException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cache server whose time stands still until told, and the real SDK pointed at it: one for all
 * tests of a class in a static field, else one for each.
 */
final class CacheServerHarness
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  static final Duration DEFAULT_TTL = Duration.ofMinutes(10);

  private final ManualTicker ticker = new ManualTicker();
  private final List<CacheClient> clients = new ArrayList<>();
  private CacheServer server;
  private ManagedChannel channel;
  private CacheClient client;
  private boolean shared;

  private void start() throws IOException {
    server = CacheServer.start(0, ticker, CacheNames.FORGOTTEN);
    channel =
        NettyChannelBuilder.forAddress(CacheServer.HOST, server.port()).usePlaintext().build();
    client = clientWithKey("");
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    shared = true;
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (!shared) {
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!shared) {
      stop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }

  CacheClient client() {
    return client;
  }

  /** The SDK with a key of its own; closed with the server. */
  CacheClient clientWithKey(String key) {
    CacheClient another = clientOf(server.port(), key);
    clients.add(another);
    return another;
  }

  static CacheClient clientOf(int port, String key) {
    CredentialProvider credentials =
        new MomentoLocalProvider(CacheServer.HOST, port) {
          @Override
          public String getAuthToken() {
            return key;
          }
        };
    return CacheClient.builder(
            credentials,
            Configurations.Lambda.latest().withTimeout(Duration.ofSeconds(60)),
            DEFAULT_TTL)
        .build();
  }

  /** For what the SDK does not offer: the protocol itself. */
  ManagedChannel channel() {
    return channel;
  }

  static <S extends AbstractStub<S>> S naming(String cache, S stub) {
    Metadata headers = new Metadata();
    headers.put(CacheCallInterceptor.CACHE, cache);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** A new, empty cache. */
  String newCache() {
    String name = "cache-" + UUID.randomUUID();
    await(client.createCache(name));
    return name;
  }

  void advance(Duration time) {
    ticker.nanoseconds.addAndGet(time.toNanos());
  }

  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  static MomentoErrorCode errorCode(CompletableFuture<?> call) {
    return error(call).getErrorCode();
  }

  static SdkException error(CompletableFuture<?> call) {
    Object response = await(call);
    if (response instanceof SdkException error) {
      return error;
    }
    throw new AssertionError("an error was expected, not " + response);
  }

  private void stop() {
    clients.forEach(CacheClient::close);
    channel.shutdownNow();
    server.close();
  }

  private static final class ManualTicker implements Ticker {
    private final AtomicLong nanoseconds = new AtomicLong();

    @Override
    public long read() {
      return nanoseconds.get();
    }
  }
}
