package com.cruddur.ddb.engine.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A table that somebody else drops while a request about it runs. */
class VanishingTableTest {
  private static final int ROUNDS = 3_000;
  private static final String NAME = "{'TableName':'brief'}";
  private static final String CREATE =
      "{'TableName':'brief','BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'pk',"
          + "'KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeName':'pk',"
          + "'AttributeType':'S'}]}";
  private static final String TAGS =
      "{'ResourceArn':'arn:aws:dynamodb:eu-west-1:000000000000:table/brief'}";

  private final Tables tables = new Tables();
  private final AtomicBoolean over = new AtomicBoolean();

  private CompletableFuture<Void> repeat(Runnable work) {
    return CompletableFuture.runAsync(
        () -> {
          while (!over.get()) {
            work.run();
          }
        });
  }

  private static String type(String answer) {
    return answer.substring(0, answer.indexOf(':'));
  }

  @Test
  void whoMakesItIsNotToldThatItIsNotThere() {
    CompletableFuture<Void> dropping = repeat(() -> tables.refusal("DeleteTable", NAME));
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      answers.add(type(tables.refusal("CreateTable", CREATE)));
    }
    over.set(true);
    dropping.join();
    assertThat(answers).contains("accepted").isSubsetOf("accepted", "ResourceInUseException");
  }

  @Test
  void whoAsksForItsTagsGetsThemOrARefusal() {
    CompletableFuture<Void> others =
        repeat(
            () -> {
              tables.refusal("CreateTable", CREATE);
              tables.refusal("DeleteTable", NAME);
            });
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < 10 * ROUNDS; i++) {
      answers.add(type(tables.refusal("ListTagsOfResource", TAGS)));
    }
    over.set(true);
    others.join();
    assertThat(answers).isSubsetOf("accepted", "AccessDeniedException");
  }
}
