package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.dynamo.Requests;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Notes whether anything was written, or may have been: a try of a write was sent and not refused,
 * answered or not. For any number of threads.
 */
public final class WriteTracker implements ExecutionInterceptor {
  private static final ExecutionAttribute<Integer> OPEN =
      new ExecutionAttribute<>("ddb-possible-writes");

  private static final int REFUSED = 400;
  private static final int FAILED = 500;

  private volatile boolean any;

  /** Whether there was such a try since the last {@link #reset}. */
  public boolean any() {
    return any;
  }

  /** Forgets those before. */
  public void reset() {
    any = false;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    count(attributes, 1);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    int status = context.httpResponse().statusCode();
    if (status >= REFUSED && status < FAILED) {
      count(attributes, -1);
    }
  }

  private static void count(ExecutionAttributes attributes, int more) {
    Integer open = attributes.getAttribute(OPEN);
    attributes.putAttribute(OPEN, (open == null ? 0 : open) + more);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    note(context.request(), attributes);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    note(context.request(), attributes);
  }

  private void note(SdkRequest request, ExecutionAttributes attributes) {
    Integer open = attributes.getAttribute(OPEN);
    if (open != null && open > 0 && !Requests.isRead(request)) {
      any = true;
    }
  }
}
