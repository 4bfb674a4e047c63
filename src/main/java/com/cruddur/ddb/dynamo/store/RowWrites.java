package com.cruddur.ddb.dynamo.store;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore.Move;
import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.ConversationStore.Start;
import com.cruddur.ddb.chat.RowRefusedException;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.SdkMessages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** The conditional writes of conversation rows, and what their refusals mean. */
public final class RowWrites {
  /** Nothing stands on the key. */
  static final String FREE = "attribute_not_exists(pk)";

  private static final Set<String> PASSING =
      Set.of("None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  /** How DynamoDB names an item that it refuses for what is in it. */
  private static final Set<String> INVALID =
      Set.of("ValidationError", "ItemCollectionSizeLimitExceeded");

  private static final String STILL_OURS = UnchangedRow.STILL_OURS;
  private static final ReturnValuesOnConditionCheckFailure ALL_OLD =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private final DynamoDbClient client;
  private final String table;
  private final SharedTransactions shared;

  public RowWrites(DynamoDbClient client, String table) {
    this.client = client;
    this.shared = new SharedTransactions(client);
    this.table = table;
  }

  /** One put of a transaction, if the key is free. */
  public TransactWriteItem put(Map<String, AttributeValue> item) {
    Put put =
        Put.builder()
            .tableName(table)
            .item(item)
            .conditionExpression(FREE)
            .returnValuesOnConditionCheckFailure(ALL_OLD)
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  /** A start in progress is thrown: under another token it could be stored twice. */
  RowWrite start(Start start) {
    return transact(starting(start), start.first().groupUuid());
  }

  private List<TransactWriteItem> starting(Start start) {
    return Stream.concat(
            Stream.of(Items.item(start.first())), start.rows().stream().map(Items::item))
        .map(this::put)
        .toList();
  }

  List<Start> startAll(List<Start> starts) {
    return shared.write(starts, this::starting);
  }

  List<Move> moveAll(List<Move> moves) {
    return shared.write(moves, move -> List.of(put(Items.item(move.to())), deletion(move.from())));
  }

  RowWrite create(ConversationRow row) {
    return attempt(
        row,
        () ->
            client.putItem(
                request ->
                    request
                        .tableName(table)
                        .item(Items.item(row))
                        .conditionExpression(FREE)
                        .returnValuesOnConditionCheckFailure(ALL_OLD)));
  }

  /** Runs a single conditional write of a row. */
  private static RowWrite attempt(ConversationRow row, Runnable write) {
    try {
      write.run();
      return RowWrite.DONE;
    } catch (ConditionalCheckFailedException e) {
      return taken(e.item(), row.groupUuid());
    } catch (TransactionConflictException e) {
      return RowWrite.CONFLICT;
    } catch (DynamoDbException e) {
      throw refused(row, e);
    }
  }

  /** The new key first: a refusal of it says more than one of the old key. */
  RowWrite move(ConversationRow from, ConversationRow to) {
    return transact(to, put(Items.item(to)), deletion(from));
  }

  private TransactWriteItem deletion(ConversationRow row) {
    UnchangedRow unchanged = UnchangedRow.of(row);
    return TransactWriteItem.builder()
        .delete(
            d ->
                d.tableName(table)
                    .key(key(row))
                    .conditionExpression(unchanged.condition())
                    .expressionAttributeNames(unchanged.names())
                    .expressionAttributeValues(unchanged.values()))
        .build();
  }

  /** What the row that stays lacks goes over to it in the transaction that deletes the other. */
  RowWrite merge(ConversationRow second, ConversationRow stays) {
    Map<String, AttributeValue> lacking = lacking(second, stays);
    if (lacking.isEmpty()) {
      return delete(second);
    }
    StringJoiner sets = new StringJoiner(", ", "SET ", "");
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>(UnchangedRow.group(stays));
    lacking.forEach(
        (name, value) -> {
          int number = names.size();
          sets.add("#x" + number + " = if_not_exists(#x" + number + ", :x" + number + ")");
          names.put("#x" + number, name);
          values.put(":x" + number, value);
        });
    TransactWriteItem update =
        TransactWriteItem.builder()
            .update(
                u ->
                    u.tableName(table)
                        .key(key(stays))
                        .updateExpression(sets.toString())
                        .conditionExpression(STILL_OURS)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
            .build();
    return transact(stays, update, deletion(second));
  }

  /** What others added to a row and another one has not. */
  public static Map<String, AttributeValue> lacking(ConversationRow second, ConversationRow stays) {
    Map<String, AttributeValue> lacking = new HashMap<>();
    second.extra().forEach((name, value) -> lacking.put(name, (AttributeValue) value));
    lacking.keySet().removeAll(stays.extra().keySet());
    lacking.keySet().removeAll(Items.ROW_ATTRIBUTES);
    return lacking;
  }

  /** An earlier try may still go through: then the next one finds the row moved. */
  private RowWrite transact(ConversationRow row, TransactWriteItem... items) {
    try {
      return transact(List.of(items), row.groupUuid());
    } catch (TransactionInProgressException e) {
      return RowWrite.CONFLICT;
    } catch (DynamoDbException e) {
      throw refused(row, e);
    }
  }

  /** What a write threw, as a refusal of the row if DynamoDB finds fault with what is in it. */
  private static RuntimeException refused(ConversationRow row, DynamoDbException e) {
    if (e instanceof TransactionCanceledException cancelled) {
      return cancelled.cancellationReasons().stream()
          .filter(reason -> INVALID.contains(String.valueOf(reason.code())))
          .findFirst()
          .<RuntimeException>map(reason -> new RowRefusedException(row, reason.message(), e))
          .orElse(e);
    }
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    return "ValidationException".equals(code)
        ? new RowRefusedException(row, SdkMessages.of(e.awsErrorDetails().errorMessage()), e)
        : e;
  }

  RowWrite rewrite(ConversationRow row, String text) {
    Map<String, AttributeValue> values = new HashMap<>(UnchangedRow.group(row));
    values.put(":text", AttributeValue.fromS(text));
    if (row.message().isEmpty()) {
      return update(row, "SET message = :text", STILL_OURS, values);
    }
    // Whoever gave it another text since knows a later one.
    values.put(":was", AttributeValue.fromS(row.message()));
    return update(row, "SET message = :text", STILL_OURS + " AND message = :was", values);
  }

  RowWrite rename(ConversationRow row, User other) {
    Map<String, AttributeValue> values = new HashMap<>(UnchangedRow.group(row));
    String sets = sets(Items.changes(row.other(), other), values);
    return update(row, sets, STILL_OURS, values);
  }

  /**
   * An update expression of changes; null for none, which DynamoDB takes too: it looks at the
   * condition then and changes nothing.
   *
   * @param values takes the new values
   */
  static String sets(Map<String, AttributeValue> changes, Map<String, AttributeValue> values) {
    StringJoiner sets = new StringJoiner(", ", "SET ", "");
    changes.forEach(
        (name, value) -> {
          sets.add(name + " = :new_" + name);
          values.put(":new_" + name, value);
        });
    return changes.isEmpty() ? null : sets.toString();
  }

  private RowWrite update(
      ConversationRow row, String sets, String condition, Map<String, AttributeValue> values) {
    return attempt(
        row,
        () ->
            client.updateItem(
                request ->
                    request
                        .tableName(table)
                        .key(key(row))
                        .updateExpression(sets)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values)));
  }

  RowWrite delete(ConversationRow row) {
    UnchangedRow unchanged = UnchangedRow.of(row);
    return attempt(
        row,
        () ->
            client.deleteItem(
                request ->
                    request
                        .tableName(table)
                        .key(key(row))
                        .conditionExpression(unchanged.condition())
                        .expressionAttributeNames(unchanged.names())
                        .expressionAttributeValues(unchanged.values())));
  }

  RowWrite transact(List<TransactWriteItem> items, String groupUuid) {
    try {
      client.transactWriteItems(request -> request.transactItems(items));
      return RowWrite.DONE;
    } catch (TransactionCanceledException e) {
      for (CancellationReason reason : e.cancellationReasons()) {
        if ("ConditionalCheckFailed".equals(reason.code())) {
          return taken(reason.item(), groupUuid);
        }
      }
      if (isPassing(e)) {
        return RowWrite.CONFLICT;
      }
      throw e;
    }
  }

  /** True when nothing stood in the way but other writes at the same moment. */
  static boolean isPassing(TransactionCanceledException e) {
    return e.hasCancellationReasons()
        && e.cancellationReasons().stream()
            .allMatch(reason -> PASSING.contains(String.valueOf(reason.code())));
  }

  /** Another conversation's row is in the way, or our own row was moved by somebody else. */
  public static RowWrite taken(Map<String, AttributeValue> item, String groupUuid) {
    boolean others =
        item != null && !item.isEmpty() && !Items.text(item, Keys.GROUP).equals(groupUuid);
    return others ? RowWrite.KEY_TAKEN : RowWrite.OVERTAKEN;
  }

  private static Map<String, AttributeValue> key(ConversationRow row) {
    return Keys.key(Keys.conversations(row.ownerUuid()), row.lastMessageAt());
  }
}
