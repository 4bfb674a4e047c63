package com.cruddur.ddb.dynamo.store;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The conditional writes of messages. Each answers with what stands in the way, if anything. */
final class MessageWrites {
  /** With the pauses between them about two seconds: a transaction takes milliseconds. */
  private static final int TRIES = 9;

  private static final int TOKENS = 3;

  /** DynamoDB's own bound. */
  private static final int BATCH = 25;

  private final DynamoDbClient client;
  private final String table;
  private final Backoff backoff = Backoff.jittered();

  MessageWrites(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Puts a message if its key is free. */
  Optional<Message> put(Message message) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.putItem(
            request ->
                request
                    .tableName(table)
                    .item(Items.item(message))
                    .conditionExpression(RowWrites.FREE)
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD));
        return Optional.empty();
      } catch (ConditionalCheckFailedException e) {
        return Optional.of(occupant(message, e.item()));
      } catch (TransactionConflictException e) {
        // Another's transaction holds the key at this moment.
        if (attempt == TRIES) {
          throw e;
        }
        backoff.pause(attempt);
      }
    }
  }

  /**
   * Puts a message if its key is free and no write with its uuid went through in the last minutes:
   * they bear the same client request token, which DynamoDB remembers for ten minutes. Nothing is
   * ever put without a token, so a twin that is still on its way is not doubled.
   *
   * @param twin looks for a stored message of the same uuid
   */
  Optional<Message> putOnce(
      TransactWriteItem put, Message message, Supplier<Optional<Message>> twin) {
    for (int token = 1; ; token++) {
      try {
        return putOnce(put, message, token(message, token), twin);
      } catch (IdempotentParameterMismatchException e) {
        // Spent, but nothing is stored: a write that was cancelled, or a message deleted since.
        if (token == TOKENS) {
          throw e;
        }
      }
    }
  }

  private Optional<Message> putOnce(
      TransactWriteItem put, Message message, String token, Supplier<Optional<Message>> twin) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.transactWriteItems(request -> request.transactItems(put).clientRequestToken(token));
        return Optional.empty();
      } catch (IdempotentParameterMismatchException e) {
        Optional<Message> stored = twin.get();
        if (stored.isPresent()) {
          return stored;
        } else if (attempt == TRIES) {
          throw e;
        }
      } catch (TransactionCanceledException e) {
        Optional<Message> stored = twin.get().or(() -> occupant(message, e));
        if (stored.isPresent()) {
          return stored;
        } else if (attempt == TRIES || !RowWrites.isPassing(e)) {
          throw e;
        }
      }
      backoff.pause(attempt);
    }
  }

  /** Replaces what differs of a message's text and sender, if it is still that one. */
  boolean rewrite(Message from, Message to) {
    Map<String, AttributeValue> values = new HashMap<>();
    String still = still(from, values);
    String sets = RowWrites.sets(Items.changes(from, to), values);
    return unlessRefused(
        () ->
            client.updateItem(
                request ->
                    request
                        .tableName(table)
                        .key(key(from))
                        .updateExpression(sets)
                        .conditionExpression(still)
                        .expressionAttributeValues(values.isEmpty() ? null : values)));
  }

  /** Moves a message, by the transactions of rows. */
  RowWrite move(Message message, String createdAt, RowWrites rows) {
    Map<String, AttributeValue> from = key(message);
    Map<String, AttributeValue> item =
        client.getItem(r -> r.tableName(table).key(from).consistentRead(true)).item();
    if (item.isEmpty()) {
      return RowWrite.OVERTAKEN;
    }
    Map<String, AttributeValue> moved = new HashMap<>(item);
    moved.put(Keys.SK, AttributeValue.fromS(createdAt));
    TransactWriteItem delete =
        TransactWriteItem.builder()
            .delete(d -> d.tableName(table).key(from).conditionExpression("attribute_exists(pk)"))
            .build();
    return rows.transact(List.of(rows.put(moved), delete), message.groupUuid());
  }

  /** Deletes a message if it is still that one. */
  boolean delete(Message message) {
    Map<String, AttributeValue> values = new HashMap<>();
    String still = still(message, values);
    return unlessRefused(
        () ->
            client.deleteItem(
                request ->
                    request
                        .tableName(table)
                        .key(key(message))
                        .conditionExpression(still)
                        .expressionAttributeValues(values.isEmpty() ? null : values)));
  }

  /** Other programs may have stored a message without an identity, or with one of another type. */
  private static String still(Message message, Map<String, AttributeValue> values) {
    if (message.uuid().isEmpty()) {
      values.put(":string", AttributeValue.fromS("S"));
      values.put(":none", AttributeValue.fromS(""));
      return "attribute_exists(pk)"
          + " AND (NOT attribute_type(message_uuid, :string) OR message_uuid = :none)";
    }
    values.put(":uuid", AttributeValue.fromS(message.uuid()));
    return "message_uuid = :uuid";
  }

  private boolean unlessRefused(Runnable write) {
    for (int attempt = 1; ; attempt++) {
      try {
        write.run();
        return true;
      } catch (ConditionalCheckFailedException e) {
        return false;
      } catch (TransactionConflictException e) {
        if (attempt == TRIES) {
          throw e;
        }
        backoff.pause(attempt);
      }
    }
  }

  /** Deletes whatever stands on the messages' keys, 25 at a time. */
  void deleteAll(List<Message> messages) {
    for (int from = 0; from < messages.size(); from += BATCH) {
      Map<String, List<WriteRequest>> left =
          Map.of(
              table,
              messages.subList(from, Math.min(messages.size(), from + BATCH)).stream()
                  .map(
                      message ->
                          WriteRequest.builder().deleteRequest(d -> d.key(key(message))).build())
                  .toList());
      for (int attempt = 1; !left.isEmpty(); attempt++) {
        Map<String, List<WriteRequest>> sent = left;
        left = client.batchWriteItem(request -> request.requestItems(sent)).unprocessedItems();
        if (!left.isEmpty()) {
          if (attempt == TRIES) {
            throw new BusyException(
                "DynamoDB left deletions of a batch unprocessed in " + TRIES + " tries",
                "The table is throttled. Run the command again: it resumes where it stopped.");
          }
          backoff.pause(attempt);
        }
      }
    }
  }

  private static Map<String, AttributeValue> key(Message message) {
    return Keys.key(Keys.messages(message.groupUuid()), message.createdAt());
  }

  /** 36 characters, DynamoDB's limit. Tokens are the account's: so the table is part of it. */
  private String token(Message message, int number) {
    return Uuids.derived(table, message.groupUuid(), message.uuid(), Integer.toString(number));
  }

  private static Optional<Message> occupant(Message message, TransactionCanceledException e) {
    return e.cancellationReasons().stream()
        .filter(reason -> "ConditionalCheckFailed".equals(reason.code()))
        .findFirst()
        .map(reason -> occupant(message, reason.item()));
  }

  /** What stands on the message's key; the message itself if it is gone again (never, by ddb). */
  private static Message occupant(Message message, Map<String, AttributeValue> item) {
    return item == null || item.isEmpty() ? message : Items.message(item);
  }
}
