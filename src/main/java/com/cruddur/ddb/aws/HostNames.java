package com.cruddur.ddb.aws;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Says in a failure of the network which host it was about: the SDK's exceptions do not. */
public final class HostNames implements ExecutionInterceptor {

  /** A request that no host has answered. */
  public static final class UnansweredException extends SdkClientException {
    private static final long serialVersionUID = 1;
    private final String host;

    private UnansweredException(String host, String message, Throwable cause) {
      super(SdkClientException.builder().message(message).cause(cause));
      this.host = host;
    }

    /** With its port, where that is not the usual one. */
    public String host() {
      return host;
    }
  }

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes executionAttributes) {
    Throwable failure = context.exception();
    Throwable root = failure.getCause();
    // An unknown host is named by its exception, and the SDK has an interceptor of its own for it.
    if (!(failure instanceof SdkClientException && root instanceof IOException)
        || root instanceof UnknownHostException
        || context.httpRequest().isEmpty()) {
      return failure;
    }
    return new UnansweredException(
        host(context.httpRequest().get().getUri()), failure.getMessage(), root);
  }

  private static String host(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
