package com.cruddur.ddb.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS through a proxy: the socket that it hands out connects to the proxy and asks it for the host.
 * The JDK's own way sends no password unless a property of the whole process lets it, knows no TLS
 * to the proxy, and does not say whether proxy or host was not there.
 */
final class ProxyTunnel extends SSLSocketFactory {
  private static final int LONGEST_HEAD = 64 * 1024;
  private final HttpProxy proxy;
  private final SSLSocketFactory tls;

  ProxyTunnel(HttpProxy proxy, SSLSocketFactory tls) {
    this.proxy = proxy;
    this.tls = tls;
  }

  /** A socket that is not connected yet, nor TLS: the connection lays that over it. */
  @Override
  public Socket createSocket() {
    return proxy.tls() ? new Tunnel(proxy, tls) : new Tunnel(proxy, null);
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("not through a proxy");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostName(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  /** Connections are kept for whoever goes the same way. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ProxyTunnel o && o.proxy.equals(proxy) && o.tls.equals(tls);
  }

  @Override
  public int hashCode() {
    return Objects.hash(proxy, tls);
  }

  /** A way through the proxy: after connect the streams are those of the host. */
  private static final class Tunnel extends Socket {
    private final HttpProxy proxy;
    private final SSLSocketFactory tlsToProxy;
    private Socket outer;

    Tunnel(HttpProxy proxy, SSLSocketFactory tlsToProxy) {
      this.proxy = proxy;
      this.tlsToProxy = tlsToProxy;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      InetSocketAddress host = (InetSocketAddress) endpoint;
      reach(timeout);
      int before = getSoTimeout();
      try {
        setSoTimeout(timeout);
        if (tlsToProxy != null) {
          outer = tlsToProxy.createSocket(this, proxy.host(), proxy.port(), true);
        }
        ask(host.getHostString() + ":" + host.getPort());
      } catch (SocketTimeoutException e) {
        throw new ProxyException(proxy, "gives no answer in time", e);
      } catch (ProxyException e) {
        throw e;
      } catch (IOException e) {
        throw new ProxyException(proxy, "fails: " + words(e), e);
      }
      setSoTimeout(before);
    }

    private void reach(int timeout) throws IOException {
      try {
        super.connect(new InetSocketAddress(proxy.host(), proxy.port()), timeout);
      } catch (UnknownHostException e) {
        // Not as the cause: the SDK has words of its own for it, which name another host.
        throw new ProxyException(proxy, "has an unknown host name", null);
      } catch (SocketTimeoutException e) {
        throw new ProxyException(proxy, "does not answer in time", e);
      } catch (ConnectException e) {
        throw new ProxyException(proxy, "does not answer (connection refused)", e);
      } catch (IOException e) {
        throw new ProxyException(proxy, "cannot be reached: " + words(e), e);
      }
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return outer == null ? super.getInputStream() : outer.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return outer == null ? super.getOutputStream() : outer.getOutputStream();
    }

    private static String words(IOException e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** RFC 9110, 9.3.6. */
    private void ask(String host) throws IOException {
      String authorization = proxy.authorization();
      String request =
          "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
              .formatted(
                  host,
                  host,
                  authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n");
      getOutputStream().write(request.getBytes(ISO_8859_1));
      getOutputStream().flush();
      String status = head().lines().findFirst().orElse("");
      if (!status.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
        String code = status.replaceFirst("^HTTP/1\\.[01] ", "");
        throw new ProxyException(
            proxy,
            status.startsWith("HTTP/") ? "refuses " + host + ": " + code : "speaks no HTTP",
            null);
      }
    }

    private String head() throws IOException {
      InputStream in = getInputStream();
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      String text = "";
      while (!text.endsWith("\r\n\r\n") && !text.endsWith("\n\n")) {
        int b = in.read();
        if (b < 0 || head.size() > LONGEST_HEAD) {
          throw new ProxyException(proxy, "ends the connection", null);
        }
        head.write(b);
        text = b == '\n' ? head.toString(ISO_8859_1) : "";
      }
      return text;
    }
  }
}
