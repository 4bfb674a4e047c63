package com.cruddur.ddb.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * A proxy on loopback behind which every host is one and the same server: so AWS's real names, over
 * TLS, lead to the {@link AwsStandIn}.
 */
public final class StandInProxy implements AutoCloseable {
  private final LoopbackServer server;
  private final int behind;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String authorization;
  private volatile String refusal;

  /** A proxy that leads to a port of this machine. */
  public StandInProxy(int behind) {
    this(null, behind);
  }

  /** One that is itself spoken to over TLS. */
  public StandInProxy(SSLContext tls, int behind) {
    this.behind = behind;
    this.server = new LoopbackServer(tls, this::answer);
  }

  public int port() {
    return server.port();
  }

  /** What was asked of it, such as {@code CONNECT dynamodb.eu-west-1.amazonaws.com:443}. */
  public List<String> asked() {
    return asked;
  }

  /** From now on only who gives this user and password is let through. */
  public StandInProxy wants(String userAndPassword) {
    authorization =
        "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(ISO_8859_1));
    return this;
  }

  /** From now on everybody is refused, such as with {@code 403 Forbidden}. */
  public StandInProxy refuses(String status) {
    refusal = status;
    return this;
  }

  private boolean answer(LoopbackServer.Request request, Socket client) throws IOException {
    asked.add(request.method() + " " + request.target());
    String given = request.header("proxy-authorization");
    String status =
        refusal != null
            ? refusal
            : authorization == null || authorization.equals(given)
                ? null
                : "407 Proxy Authentication Required";
    if (status != null) {
      String head = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
      client.getOutputStream().write(head.getBytes(ISO_8859_1));
      return false;
    }
    try (Socket server = new Socket(InetAddress.getByName("127.0.0.1"), behind)) {
      server.setTcpNoDelay(true);
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
      Thread back = new Thread(() -> TlsRelay.copy(server, client), "proxy");
      back.setDaemon(true);
      back.start();
      TlsRelay.copy(client, server);
    }
    return false;
  }

  @Override
  public void close() {
    server.close();
  }
}
