package com.cruddur.ddb.aws;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
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
  private static final String TRUST =
      "Name the file of the authority's certificate in AWS_CA_BUNDLE, or as ca_bundle of the"
          + " profile.";

  /** What an exception means; null when it is no failure of the network. */
  public static NetworkFailure of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      NetworkFailure found = named(t);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static NetworkFailure named(Throwable t) {
    if (t instanceof ProxyException) {
      return new NetworkFailure(
          t.getMessage(), "Check that variable, or name the host in NO_PROXY.");
    } else if (t instanceof SSLException) {
      return tls(t);
    } else if (t instanceof UnknownHostException) {
      return new NetworkFailure("the host " + t.getMessage() + " is not known", null);
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
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof CertificateExpiredException) {
        return new NetworkFailure("TLS: its certificate has expired: " + t.getMessage(), CLOCK);
      } else if (t instanceof CertificateNotYetValidException) {
        return new NetworkFailure(
            "TLS: its certificate is not valid yet: " + t.getMessage(), CLOCK);
      } else if (t instanceof CertPathBuilderException) {
        return new NetworkFailure(
            "TLS: its certificate is signed by an authority that is not trusted here", TRUST);
      } else if (t instanceof EOFException) {
        return new NetworkFailure("TLS: it ends the connection", null);
      }
    }
    String said = String.valueOf(failure.getMessage());
    if (said.contains("No subject alternative") || said.contains("No name matching")) {
      return new NetworkFailure("TLS: its certificate is for another name: " + said, null);
    } else if (said.contains("plaintext connection") || said.contains("Unsupported or unrecog")) {
      return new NetworkFailure(
          "TLS: it speaks something else, such as plain http", "Is it http:// that is meant?");
    }
    return new NetworkFailure("TLS: " + said.lines().findFirst().orElse(""), null);
  }
}
