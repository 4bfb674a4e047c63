package com.cruddur.ddb.dynamo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.Uuids;
import org.junit.jupiter.api.Test;

class UuidFilterTest {
  @Test
  void everySecondOneIsSeenAndHardlyAnyFirstOneIsSuspected() {
    UuidFilter filter = new UuidFilter();
    int suspected = 0;
    for (int i = 0; i < 100_000; i++) {
      suspected += filter.seen(hash(i)) ? 1 : 0;
    }

    assertThat(suspected).isLessThan(50);
    for (int i = 0; i < 100_000; i += 7) {
      assertThat(filter.seen(hash(i))).isTrue();
    }
  }

  @Test
  void caseDoesNotMatterAndTheConversationDoes() {
    assertThat(UuidFilter.hash("g", "ABC")).isEqualTo(UuidFilter.hash("g", "abc"));
    assertThat(UuidFilter.hash("g", "abc")).isNotEqualTo(UuidFilter.hash("h", "abc"));
  }

  private static long hash(int number) {
    return UuidFilter.hash("group", Uuids.derived("message", Integer.toString(number)));
  }
}
