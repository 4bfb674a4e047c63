package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.operations.Throttle;
import com.cruddur.ddb.engine.storage.Database;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Listens on both loopback addresses. A blocking server of a few hundred lines, because it is felt:
 * through AWS's SDK it answers 1.7 times as many requests a second as the JDK's own.
 */
public final class EngineServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 1024;
  private static final int BACKLOG = 256;
  private static final long STACK_BYTES = 512 * 1024;
  private static final long LONGEST_WAIT_MILLIS = 3_000;
  private static final long PAUSE_NANOS = 1_000_000;

  private final List<ServerSocket> listeners = new ArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AnswerBuffers buffers = new AnswerBuffers();
  private final Protocol protocol;

  private EngineServer(Protocol protocol) {
    this.protocol = protocol;
  }

  /**
   * Serves until it is closed; closing it leaves the database open.
   *
   * @param port 0 for any free one
   * @param latency how much later each answer comes
   * @throws java.net.BindException if the port is taken on 127.0.0.1
   */
  public static EngineServer start(
      int port,
      Database database,
      InstantSource clock,
      Map<String, Operation> operations,
      Throttle throttle,
      Duration latency)
      throws IOException {
    EngineServer server =
        new EngineServer(new Protocol(database, clock, operations, throttle, latency));
    server.listen(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    try {
      server.listen(
          Inet6Address.getByAddress(
              null, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 0),
          server.port());
    } catch (IOException noIpv6) {
      // Many containers have none; 127.0.0.1 is what everybody asks first.
    }
    return server;
  }

  private void listen(InetAddress address, int port) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    try {
      listener.bind(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException taken) {
      listener.close();
      throw taken;
    }
    listeners.add(listener);
    start("dynamodb-accept", () -> accept(listener));
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket listener) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (connections.size() >= MOST_CONNECTIONS) {
          socket.close();
          continue;
        }
        connections.add(socket);
        start(
            "dynamodb-connection",
            new Connection(socket, protocol, buffers, () -> connections.remove(socket)));
      } catch (IOException closedOrOutOfFiles) {
        // Without a pause it would ask again and again until a file is free.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Where it listens. */
  public int port() {
    return listeners.get(0).getLocalPort();
  }

  /** Takes no more connections, gives running requests a moment to end, and closes all. */
  @Override
  public void close() throws IOException {
    for (ServerSocket listener : listeners) {
      listener.close();
    }
    for (Socket socket : List.copyOf(connections)) {
      try {
        // The client's next request would find the end; one that is being answered is answered.
        socket.shutdownInput();
      } catch (IOException gone) {
        connections.remove(socket);
      }
    }
    long deadline = System.nanoTime() + LONGEST_WAIT_MILLIS * 1_000_000;
    while (!connections.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
