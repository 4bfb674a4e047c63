package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.dynamo.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The writes of a {@link DryRunRequests}: each is judged by its condition against what stands or is
 * planned on its key, and planned, or refused as DynamoDB would. Single requests and transactions
 * become one form, of which all parts or none are planned.
 */
final class DryRunWrites {
  private static final String VALUE = "(:\\w+|if_not_exists\\([#\\w]+, :\\w+\\))";
  private static final Pattern SETS =
      Pattern.compile("SET [#\\w]+ = " + VALUE + "(, [#\\w]+ = " + VALUE + ")*");
  private static final Pattern SET =
      Pattern.compile("([#\\w]+) = (if_not_exists\\([#\\w]+, )?(:\\w+)");

  private final DryRunRequests rehearsal;
  private final BiFunction<String, Map<String, AttributeValue>, Map<String, AttributeValue>> table;

  /** Over what a table has on a key, empty for nothing. */
  DryRunWrites(
      DryRunRequests rehearsal,
      BiFunction<String, Map<String, AttributeValue>, Map<String, AttributeValue>> table) {
    this.rehearsal = rehearsal;
    this.table = table;
  }

  /**
   * One conditional change of a key.
   *
   * @param item what would stand there; null to delete
   * @param condition empty for none
   * @param telling whether a refusal brings what stands there
   */
  private record Write(
      String table,
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> item,
      Optional<Expression> condition,
      boolean telling) {
    static Write of(Put put) {
      return new Write(
          put.tableName(),
          keyOf(put.item()),
          put.item(),
          Expression.of(
              put.conditionExpression(),
              put.expressionAttributeNames(),
              put.expressionAttributeValues()),
          returnsOld(put.returnValuesOnConditionCheckFailureAsString()));
    }

    static Write of(Delete delete) {
      return new Write(
          delete.tableName(),
          delete.key(),
          null,
          Expression.of(
              delete.conditionExpression(),
              delete.expressionAttributeNames(),
              delete.expressionAttributeValues()),
          returnsOld(delete.returnValuesOnConditionCheckFailureAsString()));
    }
  }

  private Write write(TransactWriteItem part) {
    if (part.put() != null) {
      return Write.of(part.put());
    } else if (part.delete() != null) {
      return Write.of(part.delete());
    } else if (part.update() != null) {
      return write(part.update());
    }
    throw new UnsupportedOperationException("a dry run knows no such part of a transaction");
  }

  /** An update that sets attributes. */
  private Write write(Update update) {
    if (!SETS.matcher(update.updateExpression()).matches()) {
      throw new UnsupportedOperationException("a dry run knows no such update");
    }
    Map<String, AttributeValue> item = new HashMap<>(there(update.tableName(), update.key()));
    item.putAll(update.key());
    Matcher set = SET.matcher(update.updateExpression());
    while (set.find()) {
      String name = set.group(1);
      String attribute = name.startsWith("#") ? update.expressionAttributeNames().get(name) : name;
      AttributeValue value = update.expressionAttributeValues().get(set.group(3));
      if (set.group(2) == null || !item.containsKey(attribute)) {
        item.put(attribute, value);
      }
    }
    return new Write(
        update.tableName(),
        update.key(),
        item,
        Expression.of(
            update.conditionExpression(),
            update.expressionAttributeNames(),
            update.expressionAttributeValues()),
        returnsOld(update.returnValuesOnConditionCheckFailureAsString()));
  }

  private static boolean returnsOld(String returned) {
    return "ALL_OLD".equals(returned);
  }

  private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    return Map.of(Keys.PK, item.get(Keys.PK), Keys.SK, item.get(Keys.SK));
  }

  void put(PutItemRequest r) {
    one(
        Write.of(
            Put.builder()
                .tableName(r.tableName())
                .item(r.item())
                .conditionExpression(r.conditionExpression())
                .expressionAttributeNames(r.expressionAttributeNames())
                .expressionAttributeValues(r.expressionAttributeValues())
                .returnValuesOnConditionCheckFailure(
                    r.returnValuesOnConditionCheckFailureAsString())
                .build()));
  }

  void delete(DeleteItemRequest r) {
    one(
        Write.of(
            Delete.builder()
                .tableName(r.tableName())
                .key(r.key())
                .conditionExpression(r.conditionExpression())
                .expressionAttributeNames(r.expressionAttributeNames())
                .expressionAttributeValues(r.expressionAttributeValues())
                .returnValuesOnConditionCheckFailure(
                    r.returnValuesOnConditionCheckFailureAsString())
                .build()));
  }

  /** Of attributes that are set. */
  void update(UpdateItemRequest r) {
    one(
        write(
            Update.builder()
                .tableName(r.tableName())
                .key(r.key())
                .updateExpression(r.updateExpression())
                .conditionExpression(r.conditionExpression())
                .expressionAttributeNames(r.expressionAttributeNames())
                .expressionAttributeValues(r.expressionAttributeValues())
                .returnValuesOnConditionCheckFailure(
                    r.returnValuesOnConditionCheckFailureAsString())
                .build()));
  }

  private void one(Write write) {
    List<Map<String, AttributeValue>> refused = apply(List.of(write));
    if (!refused.isEmpty()) {
      Map<String, AttributeValue> there = refused.get(0);
      throw ConditionalCheckFailedException.builder()
          .message("The conditional request failed")
          .item(there.isEmpty() ? null : there)
          .build();
    }
  }

  void transact(TransactWriteItemsRequest request) {
    List<Map<String, AttributeValue>> refused =
        apply(request.transactItems().stream().map(this::write).toList());
    if (refused.isEmpty()) {
      return;
    }
    List<CancellationReason> reasons = new ArrayList<>();
    for (Map<String, AttributeValue> there : refused) {
      reasons.add(
          there == null
              ? CancellationReason.builder().code("None").build()
              : CancellationReason.builder()
                  .code("ConditionalCheckFailed")
                  .message("The conditional request failed")
                  .item(there.isEmpty() ? null : there)
                  .build());
    }
    throw TransactionCanceledException.builder()
        .message("Transaction cancelled")
        .cancellationReasons(reasons)
        .build();
  }

  void batch(BatchWriteItemRequest request) {
    request
        .requestItems()
        .forEach(
            (name, requests) -> {
              for (WriteRequest one : requests) {
                DryRunItems items = rehearsal.items(name);
                if (one.putRequest() != null) {
                  items.put(one.putRequest().item());
                } else {
                  Map<String, AttributeValue> key = one.deleteRequest().key();
                  items.delete(key, !table.apply(name, key).isEmpty());
                }
              }
            });
  }

  private Map<String, AttributeValue> there(String name, Map<String, AttributeValue> key) {
    return rehearsal
        .items(name)
        .at(key)
        .map(planned -> planned.item() == null ? Map.<String, AttributeValue>of() : planned.item())
        .orElseGet(() -> table.apply(name, key));
  }

  /**
   * Returns nothing when all are planned; else for each part null if it fits, or what is told of
   * the item in its way, empty for nothing.
   */
  private synchronized List<Map<String, AttributeValue>> apply(List<Write> writes) {
    List<Map<String, AttributeValue>> inTheWay = new ArrayList<>();
    boolean refused = false;
    for (Write write : writes) {
      Map<String, AttributeValue> there =
          write.condition.isEmpty() ? Map.of() : there(write.table, write.key);
      boolean fits = write.condition.isEmpty() || write.condition.get().matches(there);
      inTheWay.add(fits ? null : write.telling ? there : Map.of());
      refused |= !fits;
    }
    if (refused) {
      return inTheWay;
    }
    for (Write write : writes) {
      DryRunItems items = rehearsal.items(write.table);
      if (write.item != null) {
        items.put(write.item);
      } else {
        items.delete(write.key, !table.apply(write.table, write.key).isEmpty());
      }
    }
    return List.of();
  }
}
