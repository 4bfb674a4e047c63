package com.cruddur.ddb.dynamo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Sums the consumed capacity over every page, table and index of a command, and keeps it below a
 * cap. When it is on or has a cap, it asks for the capacity of every request that can tell it.
 */
public final class CapacityMeter implements ExecutionInterceptor {
  private static final ExecutionAttribute<Integer> TAKEN = new ExecutionAttribute<>("DdbTaken");

  private final boolean on;
  private final CapacityCap cap;
  private final Map<String, Double> read = new TreeMap<>();
  private final Map<String, Double> written = new TreeMap<>();
  private long requests;

  public CapacityMeter(boolean on) {
    this(on, CapacityCap.NONE);
  }

  public CapacityMeter(boolean on, CapacityCap cap) {
    this.on = on;
    this.cap = cap;
  }

  CapacityCap cap() {
    return cap;
  }

  /** Read and write units by place ({@code table} or {@code index NAME}), and requests made. */
  public record Usage(Map<String, Double> read, Map<String, Double> written, long requests) {
    public double readTotal() {
      return total(read);
    }

    public double writtenTotal() {
      return total(written);
    }

    private static double total(Map<String, Double> units) {
      return units.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** What was consumed so far. */
  public synchronized Usage usage() {
    return new Usage(new TreeMap<>(read), new TreeMap<>(written), requests);
  }

  /** Outside the SDK's limit on the time of a call: waiting here makes no call time out. */
  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    SdkRequest request = cap.paged(context.request());
    boolean write = isWrite(request);
    if (cap.limits(write) && asking(request, ReturnConsumedCapacity.TOTAL) != request) {
      attributes.putAttribute(TAKEN, cap.await(request, write));
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    SdkRequest request = cap.paged(context.request());
    if (on) {
      return asking(request, ReturnConsumedCapacity.INDEXES);
    }
    boolean capped = attributes.getAttribute(TAKEN) != null;
    return capped ? asking(request, ReturnConsumedCapacity.TOTAL) : request;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Integer taken = attributes.getAttribute(TAKEN);
    if (!on && taken == null) {
      return;
    }
    List<ConsumedCapacity> consumed = consumed(context.response());
    boolean write = isWrite(context.request());
    if (on) {
      add(consumed, write ? written : read);
    }
    if (taken != null) {
      double units = consumed.stream().mapToDouble(part -> units(part.capacityUnits())).sum();
      cap.settle(context.request(), write, taken, units);
      cap.learn(context.request(), context.response(), units);
    }
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Integer taken = attributes.getAttribute(TAKEN);
    if (taken != null) {
      // A condition that is not met costs what the write would have.
      double units =
          context.exception() instanceof ConditionalCheckFailedException
                  || context.exception() instanceof TransactionCanceledException
              ? taken / 2.0
              : 0;
      cap.settle(context.request(), isWrite(context.request()), taken, units);
    }
  }

  private static SdkRequest asking(SdkRequest request, ReturnConsumedCapacity detail) {
    if (request instanceof QueryRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof ScanRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof GetItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof BatchGetItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof PutItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof UpdateItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof DeleteItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof BatchWriteItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    } else if (request instanceof TransactWriteItemsRequest r) {
      return r.toBuilder().returnConsumedCapacity(detail).build();
    }
    return request;
  }

  private static boolean isWrite(SdkRequest request) {
    return request instanceof PutItemRequest
        || request instanceof UpdateItemRequest
        || request instanceof DeleteItemRequest
        || request instanceof BatchWriteItemRequest
        || request instanceof TransactWriteItemsRequest;
  }

  /** Single-table answers hold one structure, batches and transactions a list of one per table. */
  private static List<ConsumedCapacity> consumed(SdkResponse response) {
    Object value = response.getValueForField("ConsumedCapacity", Object.class).orElse(List.of());
    List<?> parts = value instanceof List<?> list ? list : List.of(value);
    return parts.stream().map(ConsumedCapacity.class::cast).toList();
  }

  private synchronized void add(List<ConsumedCapacity> consumed, Map<String, Double> sums) {
    requests++;
    consumed.forEach(part -> add(part, sums));
  }

  private static void add(ConsumedCapacity part, Map<String, Double> sums) {
    if (part.table() == null) {
      sums.merge("table", units(part.capacityUnits()), Double::sum);
      return;
    }
    addUnits("table", part.table(), sums);
    part.globalSecondaryIndexes().forEach((name, c) -> addUnits("index " + name, c, sums));
  }

  private static void addUnits(String place, Capacity capacity, Map<String, Double> sums) {
    sums.merge(place, units(capacity.capacityUnits()), Double::sum);
  }

  private static double units(Double units) {
    return units == null ? 0 : units;
  }
}
