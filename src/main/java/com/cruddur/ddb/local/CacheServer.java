package com.cruddur.ddb.local;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A cache server for development that speaks Momento's own gRPC protocol, so that any Momento SDK
 * can be pointed at it as at Momento Local: plain text, on 127.0.0.1 only.
 *
 * <p>It serves caches, single items and dictionaries, ping and disposable tokens. Sets, lists,
 * sorted sets, topics and what else the service has are answered with UNIMPLEMENTED.
 *
 * <p>Everything is in memory and gone when the server closes, but for the names of caches. A cache
 * holds at most 100 MiB, then items leave it that were not used lately; the number of caches has no
 * bound but the heap.
 */
public final class CacheServer implements AutoCloseable {
  /** Held, since a logger that nobody holds forgets its level: what clients get wrong is theirs. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.OFF);
  }

  static final String HOST = "127.0.0.1";

  private final Server server;

  private CacheServer(Server server) {
    this.server = server;
  }

  /**
   * Starts a server; its threads are daemons.
   *
   * @param port on 127.0.0.1, 0 for a free one
   * @throws IOException if the port is taken
   */
  public static CacheServer start(int port) throws IOException {
    return start(port, CacheNames.FORGOTTEN);
  }

  static CacheServer start(int port, CacheNames names) throws IOException {
    return start(port, Ticker.systemTicker(), names);
  }

  /**
   * @param ticker tells when items and tokens expire
   * @param names of the caches that are there from the beginning, and where they are noted
   */
  static CacheServer start(int port, Ticker ticker, CacheNames names) throws IOException {
    CacheStorage storage = new CacheStorage(ticker, names);
    DisposableTokens tokens = new DisposableTokens(ticker);
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(loopback(), port))
            // No call waits for anything, so none needs a thread of its own.
            .directExecutor()
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxInboundMessageSize(CacheLimits.MAX_MESSAGE_BYTES)
            .addService(unparsed(new CacheControlService(storage).bindService()))
            .addService(unparsed(new KeyInterceptor(tokens).around(new CacheItemService(storage))))
            .addService(unparsed(new CachePingService().bindService()))
            .addService(
                unparsed(new CacheTokenService(tokens, InstantSource.system()).bindService()))
            .intercept(new CacheCallInterceptor(tokens))
            .build();
    try {
      return new CacheServer(server.start());
    } catch (IOException e) {
      // The native transport's own exception type would tell callers nothing.
      throw (BindException) new BindException(e.getMessage()).initCause(e);
    }
  }

  /** Has messages parsed inside the interceptor, which turns a bad one into a status. */
  private static ServerServiceDefinition unparsed(ServerServiceDefinition service) {
    return ServerInterceptors.useInputStreamMessages(service);
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Cuts all connections and stops listening; does not wait for calls under way. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
