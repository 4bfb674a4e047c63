package com.cruddur.ddb.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.trigger.TableHammer.Result;
import com.cruddur.ddb.trigger.TableHammer.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The larger one, of 20 seeds, is src/bench's TruthHammer. */
class TableHammerTest {

  @ParameterizedTest
  @CsvSource({"1, 1, false, 1000", "2, 1, true, 0"})
  void keysOfEveryZoneAndWorkersThatAreKilledLeaveNoRowLostDoubledOrStale(
      long seed, int kills, boolean repair, int units) {
    Result result = TableHammer.run(new Settings(seed, 4, 40, kills, repair, 500, units));

    assertThat(result.wrong()).isEmpty();
    assertThat(result.readerFaults()).isEmpty();
    assertThat(result.reads()).isPositive();
  }
}
