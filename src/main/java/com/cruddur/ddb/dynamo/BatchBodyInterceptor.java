package com.cruddur.ddb.dynamo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes the body of a BatchWriteItem, for which the SDK asks each value for each of the ten types
 * that there are: a third of what a batch took. It is the last interceptor that changes a request;
 * the SDK marshals one of as many empty writes, and signs and sends this body. Of clients for long
 * work alone: the trigger's jar has no Jackson.
 */
final class BatchBodyInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<byte[]> BODY = new ExecutionAttribute<>("DdbBatchBody");
  private static final WriteRequest EMPTY = WriteRequest.builder().build();

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (!(context.request() instanceof BatchWriteItemRequest batch)) {
      return context.request();
    }
    attributes.putAttribute(BODY, body(batch));
    Map<String, List<WriteRequest>> counted = new HashMap<>(batch.requestItems().size());
    batch
        .requestItems()
        .forEach((table, writes) -> counted.put(table, Collections.nCopies(writes.size(), EMPTY)));
    return batch.toBuilder().requestItems(counted).build();
  }

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    byte[] body = attributes.getAttribute(BODY);
    return body == null ? context.requestBody() : Optional.of(RequestBody.fromBytes(body));
  }

  // {"RequestItems":{"t":[{"PutRequest":{"Item":{…}}}]},"ReturnConsumedCapacity":"TOTAL"}
  private static byte[] body(BatchWriteItemRequest batch) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 14);
    try (JsonGenerator json = ItemJson.FACTORY.createGenerator(body)) {
      json.writeStartObject();
      json.writeObjectFieldStart("RequestItems");
      for (Map.Entry<String, List<WriteRequest>> of : batch.requestItems().entrySet()) {
        json.writeArrayFieldStart(of.getKey());
        for (WriteRequest write : of.getValue()) {
          write(json, write);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      if (batch.returnConsumedCapacity() != null) {
        json.writeStringField("ReturnConsumedCapacity", batch.returnConsumedCapacityAsString());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw SdkClientException.create("the batch cannot be written: " + e.getMessage(), e);
    }
    return body.toByteArray();
  }

  private static void write(JsonGenerator json, WriteRequest write) throws IOException {
    boolean put = write.putRequest() != null;
    json.writeStartObject();
    json.writeObjectFieldStart(put ? "PutRequest" : "DeleteRequest");
    json.writeFieldName(put ? "Item" : "Key");
    ItemJson.write(json, put ? write.putRequest().item() : write.deleteRequest().key());
    json.writeEndObject();
    json.writeEndObject();
  }
}
