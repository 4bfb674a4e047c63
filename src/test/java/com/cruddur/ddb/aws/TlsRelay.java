package com.cruddur.ddb.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Takes TLS with HTTP/2, as gRPC speaks it, and passes what is inside on to a plain port. */
public final class TlsRelay implements AutoCloseable {
  private final SSLServerSocket socket;
  private final int behind;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public TlsRelay(SSLContext tls, int behind) {
    this.behind = behind;
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      socket = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.submit(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket client = (SSLSocket) socket.accept();
        threads.submit(() -> relay(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void relay(SSLSocket client) {
    try (client;
        Socket server = new Socket(InetAddress.getByName("127.0.0.1"), behind)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      client.startHandshake();
      threads.submit(() -> copy(server, client));
      copy(client, server);
    } catch (IOException e) {
      // The client does not trust us, or has gone.
    }
  }

  /** Until one end closes, which closes the other. */
  static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
    } catch (IOException e) {
      // One end is closed.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
