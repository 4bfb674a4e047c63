package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.output.Notices;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Says where answers came from when nobody named the url on the command line: a variable may have
 * been set long ago.
 */
final class EndpointNotice implements ExecutionInterceptor {
  private Setting endpoint;
  private boolean told;
  private URI plain;
  private volatile boolean answered;

  /** What the next command's answers are to tell. */
  void begin(Setting next) {
    told = told && next.equals(endpoint);
    answered = false;
    endpoint = next;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    answered = true;
  }

  /**
   * Warns, once for an endpoint, where a session token is about to travel readable: whoever sees it
   * can use it, with the key, until it expires.
   */
  void warnOfPlainHttp(Target target, Map<String, String> environment, Notices notices) {
    URI url = target.endpoint();
    boolean token =
        target.isAws()
            || environment.containsKey("AWS_SESSION_TOKEN")
            || environment.containsKey("AWS_SECURITY_TOKEN");
    if (target.accessKeyId() == null
        && token
        && url != null
        && "http".equals(url.getScheme())
        && !DynamoDbClients.isLoopback(url)
        && !url.equals(plain)) {
      plain = url;
      notices.warn(
          "credentials with a session token go to "
              + url.getHost()
              + " over plain http, for everybody on the way to read; use https");
    }
  }

  /** Tells it, once for an endpoint: a failure names it anyway. */
  void tell(Notices notices) {
    if (answered && !told && endpoint.source().startsWith("AWS_ENDPOINT_URL")) {
      told = true;
      // read from https://ddb.internal.example (AWS_ENDPOINT_URL)
      notices.info("read from " + endpoint.told());
    }
  }
}
