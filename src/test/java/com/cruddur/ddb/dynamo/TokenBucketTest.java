package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock is the test's: nobody waits. */
final class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  private record Taken(long at, int units) {}

  private long now = 7 * SECOND;
  private final List<Taken> taken = new ArrayList<>();

  private TokenBucket bucket(double perSecond) {
    return new TokenBucket(perSecond, () -> now, nanos -> now += nanos);
  }

  private void take(TokenBucket bucket, int units) {
    bucket.accept(units);
    taken.add(new Taken(now, units));
  }

  /** The most that was taken in any time of so many seconds. */
  private double most(int seconds) {
    double most = 0;
    for (int i = 0; i < taken.size(); i++) {
      double sum = 0;
      for (int j = i;
          j < taken.size() && taken.get(j).at - taken.get(i).at < seconds * SECOND;
          j++) {
        sum += taken.get(j).units;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"100, 25", "1000, 50", "40, 10", "2000, 1", "8, 2"})
  void anyTenSecondsHaveFivePercentMoreAtMostAndAnySecondAThird(double rate, int largest) {
    TokenBucket bucket = bucket(rate);
    Random random = new Random(5);
    while (now < 67 * SECOND) {
      take(bucket, 1 + random.nextInt(largest));
      // Now and then nothing is asked for: that is not made up for.
      now += random.nextInt(40) == 0 ? 3 * SECOND : 0;
    }
    assertThat(most(10)).isLessThanOrEqualTo(10 * rate * 1.05);
    assertThat(most(1)).isLessThanOrEqualTo(1.4 * rate);
  }

  @Test
  void allThatIsAllowedIsUsed() {
    TokenBucket bucket = bucket(200);
    while (now < 27 * SECOND) {
      take(bucket, 10);
    }
    assertThat(taken.stream().mapToInt(Taken::units).sum()).isBetween(3980, 4040);
  }

  @Test
  void whatIsLargerThanTheBucketIsPaidForAfterwards() {
    TokenBucket bucket = bucket(10);
    take(bucket, 100);
    take(bucket, 1);
    assertThat(taken.get(0).at).isEqualTo(7 * SECOND);
    assertThat(taken.get(1).at).isBetween(17 * SECOND, 17 * SECOND + SECOND / 10);
  }
}
