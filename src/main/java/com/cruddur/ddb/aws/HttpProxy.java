package com.cruddur.ddb.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A proxy that the environment names.
 *
 * @param variable what named it
 * @param tls whether the way to the proxy itself is TLS
 * @param user null for none
 * @param password empty for none; never printed
 */
public record HttpProxy(
    String variable, boolean tls, String host, int port, String user, String password) {

  /** The value of Proxy-Authorization; null for none. */
  String authorization() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return user == null ? null : "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** A sample: the proxy proxy.example.com:3128 (HTTPS_PROXY). */
  public String describe() {
    return "the proxy "
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port
        + " ("
        + variable
        + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
