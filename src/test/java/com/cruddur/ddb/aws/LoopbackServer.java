package com.cruddur.ddb.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server on a free port of loopback, with TLS or without. The JDK's own puts its date
 * into every answer and speaks no CONNECT.
 */
final class LoopbackServer implements AutoCloseable {
  /** A TLS client's first message holds line feeds and blanks too, at random places. */
  private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+ HTTP/1\\.[01]");

  private final ServerSocket socket;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** A request; header names are lower case. */
  record Request(String method, String target, Map<String, String> headers, byte[] body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** Answers requests. */
  interface Handler {
    /** Writes an answer; the connection is kept as long as it returns true. */
    boolean answer(Request request, Socket connection) throws IOException;
  }

  /** A server that runs until it is closed; tls is null for none. */
  LoopbackServer(SSLContext tls, Handler handler) {
    this.handler = handler;
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      socket =
          tls == null
              ? new ServerSocket(0, 50, loopback)
              : tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.submit(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connection.setTcpNoDelay(true);
        open.add(connection);
        threads.submit(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Request request = read(in);
      while (request != null && handler.answer(request, connection)) {
        request = read(in);
      }
    } catch (IOException e) {
      // The client is gone, does not trust us, or speaks no HTTP, which a server says.
      refuse(connection, e);
    } finally {
      open.remove(connection);
      close(connection);
    }
  }

  /** Reads to the client's end too: a close with bytes unread takes back what was written. */
  private static void refuse(Socket connection, IOException why) {
    try {
      if (why instanceof ProtocolException) {
        connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
        connection.shutdownOutput();
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // It has gone.
    }
  }

  private static void close(Socket connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It has gone.
    }
  }

  private static Request read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null || first.isEmpty()) {
      return null;
    }
    if (!REQUEST_LINE.matcher(first).matches()) {
      throw new ProtocolException("no HTTP");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new ProtocolException("no header");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    String[] words = first.split(" ");
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(words[0], words[1], headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
