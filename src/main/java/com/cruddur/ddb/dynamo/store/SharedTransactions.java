package com.cruddur.ddb.dynamo.store;

import com.cruddur.ddb.dynamo.CapacityCap;
import com.cruddur.ddb.dynamo.Keys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Changes that have nothing to do with each other, many to a transaction: they cost what they cost
 * alone, in few requests. One that is refused refuses its whole transaction, of which nothing is
 * written then.
 */
final class SharedTransactions {
  /** DynamoDB's own bound on a transaction. */
  private static final int MOST = 100;

  private final DynamoDbClient client;
  private final int most;

  SharedTransactions(DynamoDbClient client) {
    this.client = client;
    // Each action is of two units.
    this.most = CapacityCap.of(client).batch(true, 2 * MOST) / 2;
  }

  /**
   * Makes changes.
   *
   * @param actions of a change, which happen together or not at all
   * @return those that were not made, each to be tried alone
   */
  <T> List<T> write(List<T> changes, Function<T, List<TransactWriteItem>> actions) {
    List<T> left = new ArrayList<>();
    List<T> gathered = new ArrayList<>();
    List<TransactWriteItem> transaction = new ArrayList<>();
    Set<Map<String, AttributeValue>> keys = new HashSet<>();
    for (T change : changes) {
      List<TransactWriteItem> more = actions.apply(change);
      List<Map<String, AttributeValue>> its = more.stream().map(SharedTransactions::key).toList();
      if (its.stream().anyMatch(keys::contains)) {
        // A transaction names no item twice.
        left.add(change);
        continue;
      }
      if (transaction.size() + more.size() > most) {
        send(transaction, gathered, left);
        keys.clear();
      }
      gathered.add(change);
      transaction.addAll(more);
      keys.addAll(its);
    }
    send(transaction, gathered, left);
    return left;
  }

  private <T> void send(List<TransactWriteItem> transaction, List<T> gathered, List<T> left) {
    if (!transaction.isEmpty() && !isDone(List.copyOf(transaction))) {
      left.addAll(gathered);
    }
    transaction.clear();
    gathered.clear();
  }

  /** One that is still in progress is thrown: under another token it could be stored twice. */
  private boolean isDone(List<TransactWriteItem> transaction) {
    try {
      client.transactWriteItems(request -> request.transactItems(transaction));
      return true;
    } catch (TransactionCanceledException e) {
      return false;
    } catch (DynamoDbException e) {
      if (e.awsErrorDetails() != null
          && "ValidationException".equals(e.awsErrorDetails().errorCode())) {
        // One item too large, or all of them together.
        return false;
      }
      throw e;
    }
  }

  private static Map<String, AttributeValue> key(TransactWriteItem action) {
    return action.put() == null ? action.delete().key() : Keys.of(action.put().item());
  }
}
