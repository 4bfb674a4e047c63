package com.cruddur.ddb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that a test closes and opens as it likes: below those that the system gives to clients and
 * to whoever asks for any, so that no other socket of this machine takes one meanwhile.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int PROCESSES = 140;
  private static final int EACH = 150;
  private static final AtomicInteger GIVEN = new AtomicInteger();

  /** Bound as long as this process lives, on the first port of those that are its own. */
  private static final ServerSocket OWN = own();

  private FreePorts() {}

  /** A port on which nothing listens; each call returns another. */
  public static int next() {
    while (true) {
      int port = OWN.getLocalPort() + 1 + GIVEN.getAndIncrement() % (EACH - 1);
      if (isFree("127.0.0.1", port) && isFree("0.0.0.0", port)) {
        return port;
      }
    }
  }

  private static ServerSocket own() {
    int process = (int) (ProcessHandle.current().pid() % PROCESSES);
    while (true) {
      try {
        return new ServerSocket(FIRST + process * EACH, 1, InetAddress.getLoopbackAddress());
      } catch (IOException taken) {
        process = (process + 1) % PROCESSES;
      }
    }
  }

  private static boolean isFree(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
