package com.cruddur.ddb.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.bulk.ItemKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class SortedRunsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 5_000, 100_000_000})
  void entriesComeByKeyAndThoseOfOneKeyAsTheyWereAdded(long memory) throws IOException {
    Random random = new Random(7);
    List<String> added = new ArrayList<>();
    List<String> read = new ArrayList<>();
    try (SortedRuns runs = new SortedRuns(memory)) {
      for (int i = 0; i < 300; i++) {
        byte[] key = new byte[random.nextInt(3)];
        random.nextBytes(key);
        runs.add(key, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        added.add(Arrays.toString(key) + i);
      }
      SortedRuns.Cursor sorted = runs.sorted();
      byte[] last = new byte[0];
      for (SortedRuns.Entry e = sorted.next(); e != null; e = sorted.next()) {
        assertThat(Arrays.compareUnsigned(last, e.key())).isLessThanOrEqualTo(0);
        if (Arrays.equals(last, e.key()) && !read.isEmpty()) {
          String before = read.get(read.size() - 1);
          int number = Integer.parseInt(before.substring(before.indexOf(']') + 1));
          assertThat(number(e)).isGreaterThan(number);
        }
        last = e.key();
        read.add(Arrays.toString(e.key()) + number(e));
      }
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(added);
  }

  private static int number(SortedRuns.Entry entry) {
    return Integer.parseInt(new String(entry.value(), StandardCharsets.UTF_8));
  }

  private static byte[] key(String pk, String sk) {
    return ItemKey.of(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)));
  }

  @Test
  void keysOfItemsSortByPartitionKeyThenBySortKeyWhateverIsInThem() {
    List<byte[]> sorted =
        List.of(
            key("a", "b"),
            key("a", "c"),
            key("a\0", "a"),
            key("a\0\0", "a"),
            key("a\0\1", "a"),
            key("a\1", "a"),
            key("aa", "\0"),
            key("é", "a"),
            key("\uD83D\uDE00", "a"));
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(Arrays.compareUnsigned(sorted.get(i - 1), sorted.get(i))).as("%d", i).isNegative();
    }
  }
}
