package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.dynamo.SdkMessages;
import com.cruddur.ddb.text.Count;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Watches the calls under way, so that a command which does not move can say what it waits for. It
 * stands before those interceptors that hold calls back. For any number of threads.
 */
public final class CallWatch implements ExecutionInterceptor {
  private static final ExecutionAttribute<Call> CALL = new ExecutionAttribute<>("DdbCall");

  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile String lastFailure;

  private static final class Call {
    final String operation;

    /** When the present attempt was sent, of {@link System#nanoTime}; 0 before the first. */
    volatile long sent;

    volatile long tookNanos;
    volatile int attempts;

    /** The HTTP status of the last attempt that was answered; 0 for none. */
    volatile int status;

    Call(String operation) {
      this.operation = operation;
    }

    /** Those that are not sent yet come last: they wait for what is under way. */
    long since() {
      return sent == 0 ? Long.MAX_VALUE : sent;
    }
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String name = context.request().getClass().getSimpleName();
    Call call = new Call(name.substring(0, name.length() - "Request".length()));
    attributes.putAttribute(CALL, call);
    underWay.add(call);
  }

  // A call's attempts come one after the other, if not all in the same thread.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Call call = attributes.getAttribute(CALL);
    call.sent = System.nanoTime();
    call.attempts++;
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    Call call = attributes.getAttribute(CALL);
    call.status = context.httpResponse().statusCode();
    call.tookNanos = System.nanoTime() - call.sent;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Call call = attributes.getAttribute(CALL);
    underWay.remove(call);
    lastFailure = null;
    tell(call, attributes);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Call call = attributes.getAttribute(CALL);
    if (call != null) {
      underWay.remove(call);
      tell(call, attributes);
      lastFailure = call.operation + " failed: " + SdkMessages.of(context.exception());
    }
  }

  private static void tell(Call call, ExecutionAttributes attributes) {
    ScanPace.Told told = attributes.getAttribute(ScanPace.TOLD);
    if (told != null) {
      told.nanos = call.tookNanos;
      told.attempts = call.attempts;
    }
  }

  /**
   * What is waited for, in a few words; null when it is not DynamoDB.
   *
   * @param capped whether the user's caps may hold requests back
   */
  public String cause(boolean capped) {
    Collection<Call> calls = Set.copyOf(underWay);
    if (calls.isEmpty()) {
      return lastFailure == null ? null : lastFailure + "; it is tried again";
    }
    Call oldest = calls.stream().min(Comparator.comparingLong(Call::since)).orElseThrow();
    String requests = Count.of(calls.size(), "request") + " (" + oldest.operation + ")";
    if (oldest.sent == 0) {
      return capped
          ? "--max-rcu and --max-wcu hold requests back"
          : "waiting to send " + requests + " to DynamoDB";
    } else if (oldest.attempts > 1 && oldest.status == 400) {
      return "DynamoDB throttles " + oldest.operation + "; it is tried again";
    } else if (oldest.attempts > 1 && oldest.status >= 500) {
      return oldest.operation + " fails with HTTP status " + oldest.status + "; it is tried again";
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - oldest.sent);
    return seconds == 0
        ? "waiting for DynamoDB's answer to " + requests
        : "DynamoDB has not answered " + requests + " for up to " + seconds + " s";
  }
}
