package com.cruddur.ddb.dynamo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.StubDynamoDb.Reply;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.User;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What the store makes of answers that only the real service gives. */
class DynamoDbConversationStoreTest {
  private static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  private static final String AT = "2026-03-19T23:59:59.000000+00:00";
  private static final User SENDER = new User("11111111-1111-1111-1111-111111111111", "A", "a");
  private static final Message MESSAGE =
      new Message(GROUP, AT, "22222222-2222-2222-2222-222222222222", "text", SENDER);
  private static final String NOTHING = "{\"Count\":0,\"ScannedCount\":0,\"Items\":[]}";
  private static final String TWIN =
      "{\"Count\":1,\"ScannedCount\":1,\"Items\":[{\"pk\":{\"S\":\"MSG#"
          + GROUP
          + "\"},\"sk\":{\"S\":\"2026-03-19T23:59:58.000000+00:00\"},\"message_uuid\":{\"S\":\""
          + MESSAGE.uuid()
          + "\"},\"message\":{\"S\":\"text\"},\"user_uuid\":{\"S\":\""
          + SENDER.uuid()
          + "\"}}]}";

  private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
  private final StubDynamoDb stub =
      new StubDynamoDb(
          call -> {
            Queue<Reply> queue = replies.get(call.operation());
            return queue.size() > 1 ? queue.poll() : queue.peek();
          });
  private final DynamoDbClient client = stub.client();
  private final DynamoDbConversationStore store = new DynamoDbConversationStore(client, "table");

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  /** The answers to an operation, in turn; the last one again and again. */
  private void answer(String operation, Reply... answers) {
    replies.put(operation, new ConcurrentLinkedQueue<>(List.of(answers)));
  }

  @Test
  void aTwinThatIsStillBeingStoredIsWaitedForAndNotStoredTwice() {
    answer("TransactWriteItems", StubDynamoDb.error(400, "IdempotentParameterMismatchException"));
    answer("Query", StubDynamoDb.ok(NOTHING), StubDynamoDb.ok(NOTHING), StubDynamoDb.ok(TWIN));
    answer("PutItem", StubDynamoDb.ok("{}"));

    assertThat(store.putMessageOnce(MESSAGE))
        .get()
        .extracting(Message::createdAt)
        .isEqualTo("2026-03-19T23:59:58.000000+00:00");

    assertThat(stub.calls("PutItem")).isEmpty();
  }

  @Test
  void aConflictIsTriedAgainUnderTheSameToken() {
    answer(
        "TransactWriteItems",
        StubDynamoDb.cancelled("TransactionConflict"),
        StubDynamoDb.cancelled("ThrottlingError"),
        StubDynamoDb.ok("{}"));
    answer("Query", StubDynamoDb.ok(NOTHING));
    answer("PutItem", StubDynamoDb.ok("{}"));

    assertThat(store.putMessageOnce(MESSAGE)).isEmpty();

    assertThat(tokens()).hasSize(3).containsOnly(tokens().get(0));
    assertThat(stub.calls("PutItem")).isEmpty();
  }

  @Test
  void aTokenThatWasSpentOnAWriteThatIsGoneIsGivenUpForTheNext() {
    Reply spent = StubDynamoDb.error(400, "IdempotentParameterMismatchException");
    Reply[] answers = new Reply[10];
    Arrays.fill(answers, spent);
    answers[9] = StubDynamoDb.ok("{}");
    answer("TransactWriteItems", answers);
    answer("Query", StubDynamoDb.ok(NOTHING));

    assertThat(store.putMessageOnce(MESSAGE)).isEmpty();

    assertThat(tokens().stream().distinct()).hasSize(2);
  }

  @Test
  void theTokenOfAMessageBelongsToItsTable() {
    answer("TransactWriteItems", StubDynamoDb.ok("{}"));

    store.putMessageOnce(MESSAGE);
    new DynamoDbConversationStore(client, "other").putMessageOnce(MESSAGE);
    store.putMessageOnce(MESSAGE);

    assertThat(tokens().get(0)).isEqualTo(tokens().get(2)).isNotEqualTo(tokens().get(1));
  }

  @Test
  void aMessageWhoseKeyATransactionHoldsIsTriedAgain() {
    answer(
        "PutItem", StubDynamoDb.error(400, "TransactionConflictException"), StubDynamoDb.ok("{}"));

    assertThat(store.putMessage(MESSAGE)).isEmpty();

    assertThat(stub.calls("PutItem")).hasSize(2);
  }

  @Test
  void aStartThatMayStillGoThroughIsNotStartedUnderAnotherToken() {
    answer("TransactWriteItems", StubDynamoDb.error(400, "TransactionInProgressException"));
    List<ConversationRow> rows = List.of(ConversationRow.of(SENDER.uuid(), SENDER, MESSAGE));

    assertThatExceptionOfType(TransactionInProgressException.class)
        .isThrownBy(() -> store.start(MESSAGE, rows));

    assertThat(tokens()).hasSizeGreaterThan(1).containsOnly(tokens().get(0));
  }

  @Test
  void aMoveInProgressOrInConflictIsAConflict() {
    ConversationRow row = ConversationRow.of(SENDER.uuid(), SENDER, MESSAGE);
    answer("TransactWriteItems", StubDynamoDb.cancelled("TransactionConflict"));
    assertThat(store.moveRow(row, row)).isEqualTo(RowWrite.CONFLICT);
    answer("TransactWriteItems", StubDynamoDb.error(400, "TransactionInProgressException"));
    assertThat(store.moveRow(row, row)).isEqualTo(RowWrite.CONFLICT);
    answer("TransactWriteItems", StubDynamoDb.cancelled("ConditionalCheckFailed"));
    assertThat(store.moveRow(row, row)).isEqualTo(RowWrite.OVERTAKEN);
  }

  @Test
  void aTransactionWhoseAnswerWasLostIsRepeatedUnderTheSameToken() {
    answer(
        "TransactWriteItems",
        StubDynamoDb.error(500, "InternalServerError"),
        StubDynamoDb.ok("{}"));
    ConversationRow row = ConversationRow.of(SENDER.uuid(), SENDER, MESSAGE);

    assertThat(store.moveRow(row, row)).isEqualTo(RowWrite.DONE);

    assertThat(tokens()).hasSize(2).containsOnly(tokens().get(0));
  }

  @Test
  void aMessageWhoseFirstAnswerWasLostIsFoundOnItsKey() {
    String item = TWIN.substring(TWIN.indexOf("[") + 1, TWIN.lastIndexOf("]"));
    answer(
        "PutItem",
        StubDynamoDb.error(500, "InternalServerError"),
        new Reply(
            400,
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                + "\"message\":\"stub\",\"Item\":"
                + item
                + "}"));

    assertThat(store.putMessage(MESSAGE)).get().extracting(Message::uuid).isEqualTo(MESSAGE.uuid());
  }

  private List<String> tokens() {
    Pattern token = Pattern.compile("\"ClientRequestToken\":\"([^\"]+)\"");
    return stub.calls("TransactWriteItems").stream()
        .map(
            call -> {
              Matcher matcher = token.matcher(call.body());
              assertThat(matcher.find()).isTrue();
              return matcher.group(1);
            })
        .toList();
  }
}
