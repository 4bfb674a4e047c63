package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.TestStack;
import org.junit.jupiter.api.Test;

class LocalStackTest {
  @Test
  void theSharedTestStackAnswers() {
    long before = System.nanoTime();
    assertThat(ListTablesRequest.status(TestStack.port())).isEqualTo(200);
    System.out.println("started in ms " + (System.nanoTime() - before) / 1_000_000);
    assertThat(LocalStack.answers(TestStack.cachePort())).isTrue();
  }
}
