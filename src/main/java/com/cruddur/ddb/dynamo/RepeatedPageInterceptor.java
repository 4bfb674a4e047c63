package com.cruddur.ddb.dynamo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Ends whatever pages through a list, the SDK's paginators too, at an answer that leads back: one
 * with the place that the request began behind, or, of a query, with a sort key before that.
 */
final class RepeatedPageInterceptor implements ExecutionInterceptor {
  private record Place(String from, String to) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("ExclusiveStartKey", "LastEvaluatedKey"),
          new Place("ExclusiveStartTableName", "LastEvaluatedTableName"),
          new Place("ExclusiveStartShardId", "LastEvaluatedShardId"),
          new Place("NextToken", "NextToken"));

  /**
   * @throws RepeatedPageException when the answer leads back
   */
  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    SdkResponse response = context.response();
    for (Place place : PLACES) {
      Object from = request.getValueForField(place.from, Object.class).orElse(null);
      Object to = from == null ? null : end(response, place.to);
      boolean empty = from instanceof Map<?, ?> key && key.isEmpty();
      if ((from != null && !empty && from.equals(to)) || goesBack(request, response)) {
        throw new RepeatedPageException(
            attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), place.to);
      }
    }
  }

  private static Object end(SdkResponse response, String place) {
    return response instanceof DescribeStreamResponse stream
        ? stream.streamDescription().lastEvaluatedShardId()
        : response.getValueForField(place, Object.class).orElse(null);
  }

  private static boolean goesBack(SdkRequest request, SdkResponse response) {
    if (!(request instanceof QueryRequest query && response instanceof QueryResponse answer)) {
      return false;
    }
    byte[] from = sortKey(query.exclusiveStartKey());
    byte[] to = sortKey(answer.lastEvaluatedKey());
    if (from == null || to == null) {
      return false;
    }
    int order = Arrays.compareUnsigned(to, from);
    return Boolean.FALSE.equals(query.scanIndexForward()) ? order > 0 : order < 0;
  }

  private static byte[] sortKey(Map<String, AttributeValue> key) {
    AttributeValue value = key.get(Keys.SK);
    return value == null || value.s() == null ? null : value.s().getBytes(StandardCharsets.UTF_8);
  }
}
