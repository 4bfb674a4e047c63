package com.cruddur.ddb.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.trigger.TableHammer.Result;
import com.cruddur.ddb.trigger.TableHammer.Settings;
import org.junit.jupiter.api.Test;

/** The larger one, of 20 seeds, with a repair beside, is src/bench's TruthHammer. */
class TableHammerTest {

  @Test
  void keysOfEveryZoneAndWorkersThatAreKilledLeaveNoRowLostDoubledOrStale() {
    Result result = TableHammer.run(new Settings(1, 4, 40, 1, false, 500, 1000));

    assertThat(result.wrong()).isEmpty();
    assertThat(result.readerFaults()).isEmpty();
    assertThat(result.reads()).isPositive();
  }
}
