package com.cruddur.ddb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in front of the local cache server alone: passes bytes, late or not at all. */
public final class CacheRelay implements AutoCloseable {
  /** How late bytes of a {@link #mute} relay come. */
  private static final int NEVER = Integer.MAX_VALUE;

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int target;
  private ServerSocket server;
  private volatile int delayMillis;

  /**
   * A relay on a free port.
   *
   * @param target the cache server's port on loopback
   */
  public CacheRelay(int target) {
    this.target = target;
    listen(0);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** From now on every answer is so late. */
  public void slow(int millis) {
    delayMillis = millis;
  }

  /** From now on no answer comes, though connections are taken. */
  public void mute() {
    delayMillis = NEVER;
  }

  /** Nothing listens any more, and what was connected is cut. */
  public void kill() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It listens again, on the same port. */
  public void start() {
    delayMillis = 0;
    listen(port());
  }

  private void listen(int port) {
    try {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerSocket listening = server;
    daemon(() -> accept(listening));
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket cache = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        cache.setTcpNoDelay(true);
        open.add(client);
        open.add(cache);
        daemon(() -> pass(client, cache, false));
        daemon(() -> pass(cache, client, true));
      }
    } catch (IOException e) {
      // Killed.
    }
  }

  private void pass(Socket from, Socket to, boolean answer) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (answer) {
          Thread.sleep(delayMillis);
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      // Either side has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    kill();
  }
}
