package com.cruddur.ddb.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * PLACEHOLDER, to be replaced at merge by the real cache server: accepts and closes connections.
 */
final class CacheServer implements AutoCloseable {
  private final ServerSocket socket;

  private CacheServer(ServerSocket socket) {
    this.socket = socket;
  }

  static CacheServer start(int port) throws IOException {
    ServerSocket socket = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    Thread acceptor =
        new Thread(
            () -> {
              while (!socket.isClosed()) {
                try {
                  socket.accept().close();
                } catch (IOException closed) {
                  return;
                }
              }
            },
            "cache-placeholder");
    acceptor.setDaemon(true);
    acceptor.start();
    return new CacheServer(socket);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // Nothing is lost.
    }
  }
}
