package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A page sees of each transaction all or nothing. */
class MovedItemTest {

  private static final int MOVES = 3000;
  private static final String MOVE =
      "{'TransactItems':[{'Delete':{'TableName':'full','Key':{'pk':{'S':'p'},'sk':{'S':'%d'}}}},"
          + "{'Put':{'TableName':'full','Item':{'pk':{'S':'p'},'sk':{'S':'%d'},'g':{'S':'g'},"
          + "'n':{'N':'%d'}}}}]}";

  private final Tables tables = new Tables(Tables.FULL);

  @Test
  void anItemThatATransactionMovesIsInEachPageOnce() {
    move(0);
    CompletableFuture<Void> moves =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; i <= MOVES; i++) {
                move(i);
              }
            });

    while (!moves.isDone()) {
      assertEquals(1, count("'KeyConditionExpression':'pk = :v'", "p"));
      assertEquals(1, count("'IndexName':'global','KeyConditionExpression':'g = :v'", "g"));
    }
    moves.join();
  }

  /** Back and forth, so that a reader may meet both places. */
  private void move(int number) {
    tables.call("TransactWriteItems", MOVE.formatted((number + 1) % 2, number % 2, number % 2));
  }

  private int count(String key, String value) {
    return tables
        .call(
            "Query",
            "{'TableName':'full',"
                + key
                + ",'Select':'COUNT','ExpressionAttributeValues':{':v':{'S':'"
                + value
                + "'}}}")
        .get("Count")
        .intValue();
  }
}
