package com.cruddur.ddb.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local behind a Jetty of ours. Its own main class (ServerRunner, read in 3.3.1) listens
 * on every interface and is what switches telemetry on; its two handlers do neither by themselves.
 */
final class DynamoDbServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LONGEST_SESSION_TOKEN_AND_MORE = 64 * 1024;
  private static final long IDLE_MILLIS = 300_000;
  private static final long STOP_MILLIS = 3_000;
  private static final int AUTHORITY_LEVEL = 0;

  private final Server server;
  private final LocalDynamoDBServerHandler handler;

  private DynamoDbServer(Server server, LocalDynamoDBServerHandler handler) {
    this.server = server;
    this.handler = handler;
  }

  /**
   * Listens on 127.0.0.1. The port is taken before anything slow happens.
   *
   * @param dataDirectory an existing directory, or nothing to keep tables in memory
   * @throws IOException with a {@link java.net.BindException} as itself or its cause if the port is
   *     taken
   */
  static DynamoDbServer start(int port, Optional<Path> dataDirectory) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("dynamodb");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(LONGEST_SESSION_TOKEN_AND_MORE);
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setStopTimeout(STOP_MILLIS);
    connector.open();
    return start(server, dataDirectory);
  }

  private static DynamoDbServer start(Server server, Optional<Path> dataDirectory)
      throws Exception {
    String path = dataDirectory.map(Path::toString).orElse(null);
    LocalDynamoDBServerHandler handler =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(
                AUTHORITY_LEVEL, dataDirectory.isEmpty(), path, true, false),
            null);
    server.setHandler(new LoopbackGuard(handler));
    server.start();
    return new DynamoDbServer(server, handler);
  }

  /** Lets running requests end, then closes the database file. */
  @Override
  public void close() throws Exception {
    try {
      server.stop();
    } finally {
      handler.close();
    }
  }
}
