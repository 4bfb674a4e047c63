package com.cruddur.ddb.dynamo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.TestStack;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

@Timeout(60)
class CallWatchTest {
  private final CallWatch watch = new CallWatch();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  /** What the watch says while the second request, or the only one, is not answered. */
  private String cause(List<StubDynamoDb.Reply> first) throws InterruptedException {
    int[] calls = {0};
    try (StubDynamoDb stub =
            new StubDynamoDb(
                call -> {
                  if (calls[0] < first.size()) {
                    return first.get(calls[0]++);
                  }
                  asked.countDown();
                  await(answer);
                  return StubDynamoDb.ok("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");
                });
        DynamoDbClient client = TestStack.clients(stub.endpoint(), watch).dynamoDb()) {
      Thread thread = new Thread(() -> client.scan(r -> r.tableName("t")));
      thread.start();
      asked.await();
      String cause = watch.cause(true);
      answer.countDown();
      thread.join();
      return cause;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatIsNotAnsweredIsNamed() throws InterruptedException {
    assertThat(cause(List.of()))
        .matches(
            "waiting for DynamoDB's answer to 1 request \\(Scan\\)"
                + "|DynamoDB has not answered 1 request \\(Scan\\) for up to [1-9]\\d* s");
    assertThat(watch.cause(true)).isNull();
  }

  @Test
  void onlyCapsThatAreSetHoldRequestsBack() {
    watch.beforeExecution(() -> ScanRequest.builder().build(), new ExecutionAttributes());
    assertThat(watch.cause(true)).isEqualTo("--max-rcu and --max-wcu hold requests back");
    assertThat(watch.cause(false)).isEqualTo("waiting to send 1 request (Scan) to DynamoDB");
  }

  @Test
  void whatIsThrottledIsNamed() throws InterruptedException {
    assertThat(cause(List.of(StubDynamoDb.error(400, "ThrottlingException"))))
        .isEqualTo("DynamoDB throttles Scan; it is tried again");
  }

  @Test
  void whatFailsIsNamedWithItsStatus() throws InterruptedException {
    assertThat(cause(List.of(StubDynamoDb.error(503, "ServiceUnavailable"))))
        .isEqualTo("Scan fails with HTTP status 503; it is tried again");
  }
}
