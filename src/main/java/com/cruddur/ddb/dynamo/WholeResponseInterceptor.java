package com.cruddur.ddb.dynamo;

import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Refuses answers to reads that have nothing in them, as proxies and other servers send. The SDK
 * takes one for a list of no items: for a conversation that does not exist.
 */
final class WholeResponseInterceptor implements ExecutionInterceptor {
  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    if (isEmpty(context.response())) {
      throw RetryableException.builder()
          .message("an answer came that has nothing in it; is it DynamoDB that answers there?")
          .build();
    }
  }

  /** DynamoDB lists and counts what it found, be it nothing. */
  private static boolean isEmpty(SdkResponse response) {
    if (response instanceof QueryResponse query) {
      return !query.hasItems() && query.count() == null;
    } else if (response instanceof ScanResponse scan) {
      return !scan.hasItems() && scan.count() == null;
    } else if (response instanceof DescribeTableResponse description) {
      return description.table() == null;
    } else if (response instanceof ListTablesResponse list) {
      return !list.hasTableNames();
    }
    return response instanceof BatchGetItemResponse batch && !batch.hasResponses();
  }
}
