package com.cruddur.ddb.aws;

import java.io.IOException;

/** A proxy that does not let a request through; the message names it. */
public final class ProxyException extends IOException {
  private static final long serialVersionUID = 1;

  ProxyException(HttpProxy proxy, String what, Throwable cause) {
    super(proxy.describe() + " " + what, cause);
  }
}
