package com.cruddur.ddb.cache;

import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configuration;
import momento.sdk.config.Configurations;
import momento.sdk.config.ReadConcern;

/** The one place that makes Momento's clients: credentials, addresses, time limits, retries. */
final class MomentoClients {
  static final String LOCAL_HOST = "127.0.0.1";

  /** The SDK's own 1.1 s is over before its classes are loaded; nobody waits for ten. */
  static final Duration CALL_LIMIT = Duration.ofSeconds(8);

  private static final int TLS_PORT = 443;

  /** Held, or the level would be lost with the logger: gRPC writes what it meets to stderr. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private MomentoClients() {}

  /** How long a client waits for the service. */
  enum TimeLimit {
    /** For a command that is about the cache. */
    COMMAND(CALL_LIMIT, 3),
    /** For a command that can do without: no retries, and the table answers instead. */
    BYSTANDER(Duration.ofMillis(1_200), 0);

    private final Duration limit;
    private final int retries;

    TimeLimit(Duration limit, int retries) {
      this.limit = limit;
      this.retries = retries;
    }

    Duration limit() {
      return limit;
    }

    /** How often a call that may be sent twice is sent again. */
    int retries() {
      return retries;
    }
  }

  /** A new client; close it. It connects with its first call. */
  static CacheClient cacheClient(CacheSettings settings) {
    // Else netty looks for a logging framework, and starts the one that it finds.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    GRPC.setLevel(Level.OFF);
    EventLoops.endAtExit();
    return CacheClient.builder(credentials(settings), configuration(), settings.ttl()).build();
  }

  /**
   * What clients are made with. The SDK's own retries are off: it sends a call again while the
   * thread that made it may still be sending it for the first time. Where a call fails at once, as
   * at a host that is not known or a port that nobody listens on, the two then meet, and the answer
   * is "call already half-closed" instead of what is wrong. {@link MomentoResponses} retries.
   */
  static Configuration configuration() {
    // Lambda: no keep-alive, which a process of a second has no use for.
    return Configurations.Lambda.latest()
        .withTimeout(CALL_LIMIT)
        .withReadConcern(ReadConcern.CONSISTENT)
        .withRetryStrategy((status, method, attempt) -> Optional.empty());
  }

  static CredentialProvider credentials(CacheSettings settings) {
    return settings.isLocal()
        ? new MomentoLocalProvider(LOCAL_HOST, settings.localPort())
        : new KeyCredentials(MomentoKey.parse(settings.key(), settings.endpoint()));
  }

  /** A key as the SDK asks for it. */
  private static final class KeyCredentials extends CredentialProvider {
    private final MomentoKey key;

    KeyCredentials(MomentoKey key) {
      this.key = key;
    }

    @Override
    public String getAuthToken() {
      return key.apiKey();
    }

    @Override
    public String getControlEndpoint() {
      return key.controlHost();
    }

    @Override
    public String getCacheEndpoint() {
      return key.cacheHost();
    }

    @Override
    public String getStorageEndpoint() {
      return key.cacheHost();
    }

    @Override
    public String getTokenEndpoint() {
      return key.tokenHost();
    }

    @Override
    public boolean isEndpointSecure() {
      return true;
    }

    @Override
    public int getPort() {
      return TLS_PORT;
    }
  }
}
