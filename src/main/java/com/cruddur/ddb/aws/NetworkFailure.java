package com.cruddur.ddb.aws;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What a failure of the network is called: one phrase that names its cause, and the cure.
 *
 * @param what such as {@code the certificate has expired}
 * @param hint null for none better than the usual one
 */
public record NetworkFailure(String what, String hint) {
  private static final String CLOCK =
      "See to the clock of this machine, or tell who runs the host.";
  private static final String PLAIN =
      "Check host and port; for a server without TLS the url begins with http://.";
  private static final String PROXY = "Check that variable, or name the host in NO_PROXY.";
  private static final String TRUST =
      "Name the file of the authority's certificate in AWS_CA_BUNDLE, or as ca_bundle of the"
          + " profile.";

  /** What an exception means; null when it is no failure of the network. */
  public static NetworkFailure of(Throwable failure) {
    for (Throwable t = failure; t != null; t = next(t)) {
      NetworkFailure found = named(t);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The same of a connection that goes through a proxy; null for none. */
  public static NetworkFailure of(Throwable failure, HttpProxy proxy) {
    for (Throwable t = failure; proxy != null && t != null; t = next(t)) {
      if (t instanceof ConnectException) {
        // http, none, proxy/127.0.0.1:3128 => host:443, status: 407 Proxy Authentication Required
        String said = String.valueOf(t.getMessage());
        int status = said.indexOf("status: ");
        return new NetworkFailure(
            proxy.describe()
                + (status < 0
                    ? " does not answer (connection refused)"
                    : " refuses: " + said.substring(status + "status: ".length())),
            PROXY);
      }
    }
    return of(failure);
  }

  private static Throwable next(Throwable t) {
    return t.getCause() == t ? null : t.getCause();
  }

  private static NetworkFailure named(Throwable t) {
    if (t instanceof ProxyException) {
      return new NetworkFailure(t.getMessage(), PROXY);
    } else if (t instanceof SSLException) {
      return tls(t);
    } else if (t instanceof UnknownHostException) {
      // control.example.com: Name or service not known
      String host = String.valueOf(t.getMessage()).split("[:\\s]", 2)[0];
      return new NetworkFailure("the host " + host + " is not known", null);
    } else if (t instanceof ConnectException c) {
      boolean late = String.valueOf(c.getMessage()).contains("timed out");
      return new NetworkFailure(
          late ? "no answer in time" : "nothing answers (connection refused)", null);
    } else if (t instanceof SocketTimeoutException || t instanceof TimeoutException) {
      return new NetworkFailure("no answer in time", null);
    } else if (t instanceof NoRouteToHostException) {
      return new NetworkFailure("there is no way to that host", null);
    }
    return null;
  }

  private static NetworkFailure tls(Throwable failure) {
    for (Throwable t = failure; t != null; t = next(t)) {
      if (t instanceof CertificateExpiredException) {
        return new NetworkFailure("TLS: its certificate has expired: " + t.getMessage(), CLOCK);
      } else if (t instanceof CertificateNotYetValidException) {
        return new NetworkFailure(
            "TLS: its certificate is not valid yet: " + t.getMessage(), CLOCK);
      } else if (t instanceof CertPathBuilderException) {
        return new NetworkFailure(
            "TLS: its certificate is signed by an authority that is not trusted here", TRUST);
      } else if (t instanceof EOFException || t instanceof SocketException) {
        return new NetworkFailure("TLS: it closes the connection during the handshake", PLAIN);
      }
    }
    String said = messages(failure);
    if (said.contains("No subject alternative") || said.contains("No name matching")) {
      return new NetworkFailure(
          "TLS: its certificate is for another name: " + firstWith(said, "No "), null);
    } else if (said.contains("plaintext connection")
        || said.contains("not an SSL/TLS record")
        || said.contains("Unsupported or unrecog")) {
      return new NetworkFailure("TLS: it speaks something else, such as plain http", PLAIN);
    }
    return new NetworkFailure("TLS: " + said.lines().findFirst().orElse(""), null);
  }

  /** Those of the whole chain, a line each. */
  private static String messages(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = failure; t != null; t = next(t)) {
      all.append(t.getMessage()).append('\n');
    }
    return all.toString();
  }

  private static String firstWith(String lines, String start) {
    return lines
        .lines()
        .filter(line -> line.contains(start))
        .findFirst()
        .map(line -> line.substring(line.indexOf(start)))
        .orElse("");
  }
}
