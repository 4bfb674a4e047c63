package com.cruddur.ddb.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.trigger.Hammer.Delivery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The larger one, of 1,600 messages and 20 seeds, is src/bench's TriggerHammer. */
class HammerTest {

  @ParameterizedTest
  @CsvSource({"1, IN_ORDER, false", "2, SHUFFLED, true", "3, DUPLICATED, false"})
  void noRowIsLostDoubledOrStaleWhateverFails(long seed, Delivery delivery, boolean torn) {
    Hammer.Result result = Hammer.run(new Hammer.Settings(seed, 8, 400, delivery, true, 300, torn));

    assertThat(result).matches(Hammer.Result::right);
    assertThat(result.movesPerMessage()).isLessThan(1);
    assertThat(result.reads()).isPositive();
  }
}
