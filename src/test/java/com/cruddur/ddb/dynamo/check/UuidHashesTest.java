package com.cruddur.ddb.dynamo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.Uuids;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidHashesTest {
  private static final int UUIDS = 10_000;

  @ParameterizedTest
  @ValueSource(ints = {500, 1_000_000})
  void oneThatStandsTwiceIsFoundInMemoryAndInAFile(int most) throws IOException {
    assertThat(joined(most, UUIDS).doubled()).isFalse();
    for (int twin : new int[] {0, 1, 4_999, UUIDS - 1}) {
      assertThat(joined(most, twin).doubled()).as("%d", twin).isTrue();
    }
  }

  /** Parts of 400, as conversations of many messages come, and one more message at the end. */
  private static UuidHashes joined(int most, int last) throws IOException {
    UuidHashes all = new UuidHashes(most);
    for (int from = 0; from < UUIDS; from += 400) {
      UuidHashes part = new UuidHashes();
      for (int i = from; i < from + 400; i++) {
        part.add(hash(i));
      }
      all.add(part);
    }
    UuidHashes end = new UuidHashes();
    end.add(hash(last));
    all.add(end);
    return all;
  }

  @Test
  void caseDoesNotMatterAndTheConversationDoes() {
    assertThat(UuidHashes.hash("g", "ABC")).isEqualTo(UuidHashes.hash("g", "abc"));
    assertThat(UuidHashes.hash("g", "abc")).isNotEqualTo(UuidHashes.hash("h", "abc"));
  }

  private static long hash(int number) {
    return UuidHashes.hash("group", Uuids.derived("message", Integer.toString(number)));
  }
}
