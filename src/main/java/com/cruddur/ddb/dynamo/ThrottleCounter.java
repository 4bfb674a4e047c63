package com.cruddur.ddb.dynamo;

import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;

/**
 * Counts how often DynamoDB was asked too much: throttled attempts, those that the SDK has retried
 * included (they are known once their call has ended), and batches of which a part was handed back.
 */
public final class ThrottleCounter implements MetricPublisher, ExecutionInterceptor {
  private final LongAdder count = new LongAdder();

  public long count() {
    return count.sum();
  }

  @Override
  public void publish(MetricCollection call) {
    count.add(
        call.children().stream()
            .flatMap(attempt -> attempt.metricValues(CoreMetric.ERROR_TYPE).stream())
            .filter("Throttling"::equals)
            .count());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (context.response() instanceof BatchWriteItemResponse r && !r.unprocessedItems().isEmpty()) {
      count.increment();
    }
  }

  @Override
  public void close() {
    // Nothing to close; the client's metrics end with it.
  }
}
