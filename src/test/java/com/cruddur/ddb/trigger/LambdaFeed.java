package com.cruddur.ddb.trigger;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.cruddur.ddb.chat.ConversationStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Gives the Lambda function the records of a stream as AWS does, in this process. */
final class LambdaFeed {
  private final TriggerLambda function;
  private final String streamArn;

  LambdaFeed(ConversationStore store, String table, String streamArn) {
    this.streamArn = streamArn;
    this.function = new TriggerLambda(store, table);
  }

  /** A batch; from which sequence number on it is to come again. */
  Optional<String> take(List<Record> batch) {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(batch.stream().map(this::record).toList());
    return function.handleRequest(event, CONTEXT).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .findFirst();
  }

  private DynamodbStreamRecord record(Record record) {
    Map<String, AttributeValue> keys = new HashMap<>();
    record
        .dynamodb()
        .keys()
        .forEach((name, value) -> keys.put(name, new AttributeValue(value.s())));
    StreamRecord change = new StreamRecord();
    change.setKeys(keys);
    change.setSequenceNumber(record.dynamodb().sequenceNumber());
    DynamodbStreamRecord one = new DynamodbStreamRecord();
    one.setEventName(record.eventNameAsString());
    one.setEventSourceARN(streamArn);
    one.setDynamodb(change);
    return one;
  }

  /** With time enough, and a log that nobody reads. */
  private static final Context CONTEXT =
      new Context() {
        @Override
        public String getAwsRequestId() {
          return "request";
        }

        @Override
        public String getLogGroupName() {
          return "group";
        }

        @Override
        public String getLogStreamName() {
          return "stream";
        }

        @Override
        public String getFunctionName() {
          return "function";
        }

        @Override
        public String getFunctionVersion() {
          return "1";
        }

        @Override
        public String getInvokedFunctionArn() {
          return "arn";
        }

        @Override
        public CognitoIdentity getIdentity() {
          return null;
        }

        @Override
        public ClientContext getClientContext() {
          return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
          return 60_000;
        }

        @Override
        public int getMemoryLimitInMB() {
          return 1024;
        }

        @Override
        public LambdaLogger getLogger() {
          return new LambdaLogger() {
            @Override
            public void log(String line) {}

            @Override
            public void log(byte[] line) {
              log(new String(line, StandardCharsets.UTF_8));
            }
          };
        }
      };
}
