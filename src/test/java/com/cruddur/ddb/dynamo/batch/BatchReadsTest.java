package com.cruddur.ddb.dynamo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.StubDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class BatchReadsTest {
  @Test
  void anEmptyPageIsAnEmptyTableOnlyIfItIsTheLast() {
    assertThat(isEmpty("{\"Items\":[]}")).isTrue();
    assertThat(isEmpty("{\"Items\":[],\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"}}}")).isFalse();
  }

  private static boolean isEmpty(String page) {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok(page));
        DynamoDbClient client = stub.client();
        BatchReads reads = new BatchReads(client, "table", attempt -> {})) {
      return reads.tableIsEmpty();
    }
  }
}
