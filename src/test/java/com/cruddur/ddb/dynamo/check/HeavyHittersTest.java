package com.cruddur.ddb.dynamo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.dynamo.check.Stats.Share;
import org.junit.jupiter.api.Test;

class HeavyHittersTest {
  @Test
  void isExactWhileThereAreCountersForAll() {
    HeavyHitters counts = new HeavyHitters(3);
    for (String name : "a b b c c c".split(" ")) {
      counts.add(name, name.toUpperCase(java.util.Locale.ROOT), 10);
    }
    assertThat(counts.missing()).isZero();
    assertThat(counts.top(2))
        .containsExactly(new Share("c", "C", 3, 30), new Share("b", "B", 2, 20));
  }

  @Test
  void findsTheFrequentAmongManyAndSaysHowFarOffItIs() {
    HeavyHitters counts = new HeavyHitters(100);
    for (int i = 0; i < 20_000; i++) {
      counts.add(i % 10 == 0 ? "hot" : "cold" + i, "", 1);
    }
    Share first = counts.top(1).get(0);
    assertThat(first.name()).isEqualTo("hot");
    assertThat(first.items()).isBetween(2_000 - counts.missing(), 2_000L);
    assertThat(counts.missing()).isBetween(1L, 20_000L * 2 / 100);
    assertThat(counts.top(1_000)).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void aHugeNameIsCut() {
    HeavyHitters counts = new HeavyHitters(1);
    counts.add("x".repeat(400_000), "y".repeat(400_000), 1);
    assertThat(counts.top(1).get(0).name()).hasSize(256);
    assertThat(counts.top(1).get(0).label()).hasSize(256);
  }
}
