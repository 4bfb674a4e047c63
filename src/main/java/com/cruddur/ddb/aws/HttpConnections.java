package com.cruddur.ddb.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The way to a service over the network: through which proxy, trusting whom. The client is the
 * SDK's light one: no connection pool of its own, a third of a heavier one's start-up time.
 */
final class HttpConnections {
  private final ProxySettings proxies;
  private final SSLSocketFactory trusted;

  /**
   * Connections through the environment's proxies.
   *
   * @param trusted null for Java's own authorities
   */
  HttpConnections(ProxySettings proxies, TrustedAuthorities trusted) {
    this.proxies = proxies;
    this.trusted = trusted == null ? null : trusted.context().getSocketFactory();
  }

  SdkHttpClient client(Duration connect, Duration read) {
    return UrlConnectionHttpClient.create(uri -> open(uri, connect, read));
  }

  private HttpURLConnection open(URI uri, Duration connect, Duration read) {
    boolean tls = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    HttpProxy proxy = proxies.proxy(uri.getScheme(), uri.getHost(), port);
    try {
      HttpURLConnection connection =
          proxy == null || tls ? direct(uri, proxy) : throughProxy(uri, proxy);
      connection.setConnectTimeout(Math.toIntExact(connect.toMillis()));
      connection.setReadTimeout(Math.toIntExact(read.toMillis()));
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpURLConnection direct(URI uri, HttpProxy proxy) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    if (connection instanceof HttpsURLConnection https) {
      if (proxy != null) {
        SSLSocketFactory tls = trusted == null ? https.getSSLSocketFactory() : trusted;
        https.setSSLSocketFactory(new ProxyTunnel(proxy, tls));
      } else if (trusted != null) {
        https.setSSLSocketFactory(trusted);
      }
    }
    return connection;
  }

  private static HttpURLConnection throughProxy(URI uri, HttpProxy proxy) throws IOException {
    InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
    HttpURLConnection connection =
        (HttpURLConnection) uri.toURL().openConnection(new Proxy(Proxy.Type.HTTP, address));
    if (proxy.authorization() != null) {
      connection.setRequestProperty("Proxy-Authorization", proxy.authorization());
    }
    return connection;
  }
}
