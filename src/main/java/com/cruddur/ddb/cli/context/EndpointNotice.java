package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.output.Notices;
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

  /** Tells it, once for an endpoint: a failure names it anyway. */
  void tell(Notices notices) {
    if (answered && !told && endpoint.source().startsWith("AWS_ENDPOINT_URL")) {
      told = true;
      // read from https://ddb.internal.example (AWS_ENDPOINT_URL)
      notices.info("read from " + endpoint.told());
    }
  }
}
