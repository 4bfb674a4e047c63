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

  private FreePorts() {}

  /** A port on which nothing listens; each call returns another. */
  public static int next() {
    int first = FIRST + (int) (ProcessHandle.current().pid() % PROCESSES) * EACH;
    while (true) {
      int port = first + GIVEN.getAndIncrement() % EACH;
      if (isFree("127.0.0.1", port) && isFree("0.0.0.0", port)) {
        return port;
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
