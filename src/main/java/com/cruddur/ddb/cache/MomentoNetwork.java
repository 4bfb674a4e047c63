package com.cruddur.ddb.cache;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsSetupException;
import com.cruddur.ddb.aws.HttpProxy;
import com.cruddur.ddb.cache.CacheException.Kind;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The way to Momento: through the proxies and by the authorities that AWS is reached with. Its SDK
 * makes its channels itself, so both are set where gRPC looks for them: for the whole process,
 * which has nobody else who asks there.
 */
public final class MomentoNetwork {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final int TLS_PORT = 443;

  private static volatile AwsAccess inUse;

  private MomentoNetwork() {}

  /**
   * From now on Momento is reached as this says.
   *
   * @throws CacheException of kind UNREACHABLE when that cannot be used
   */
  public static synchronized void use(AwsAccess access) {
    try {
      access.requireProfile();
      access.proxy("https", "momentohq.com", TLS_PORT);
      Path store = access.trustStore();
      if (store != null) {
        System.setProperty(TRUST_STORE, store.toString());
        System.setProperty(TRUST_STORE + "Type", AwsAccess.TRUST_STORE_TYPE);
        System.setProperty(TRUST_STORE + "Password", AwsAccess.TRUST_STORE_PASSWORD);
      } else if (inUse != null && inUse.trustStore() != null) {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Type");
        System.clearProperty(TRUST_STORE + "Password");
      }
    } catch (AwsSetupException e) {
      throw new CacheException(Kind.UNREACHABLE, "Momento: " + e.getMessage(), e.hint(), e);
    }
    if (inUse == null) {
      ProxySelector.setDefault(new Selector());
      Authenticator.setDefault(new Passwords());
    }
    inUse = access;
  }

  /** The proxy to a host of Momento's; null for none. */
  static HttpProxy proxy(String host) {
    AwsAccess access = inUse;
    return access == null ? null : access.proxy("https", host, TLS_PORT);
  }

  private static final class Selector extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      HttpProxy proxy = proxy(uri.getHost());
      return List.of(
          proxy == null
              ? Proxy.NO_PROXY
              : new Proxy(
                  Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // The call fails, and says so.
    }
  }

  private static final class Passwords extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      HttpProxy proxy = proxy("momentohq.com");
      return proxy == null
              || proxy.user() == null
              || !proxy.host().equals(getRequestingHost())
              || proxy.port() != getRequestingPort()
          ? null
          : new PasswordAuthentication(proxy.user(), proxy.password().toCharArray());
    }
  }
}
