package com.cruddur.ddb.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.cache.CacheHammer.Result;
import com.cruddur.ddb.cache.CacheHammer.Settings;
import org.junit.jupiter.api.Test;

/** The larger one, of 10,000 reads, is src/bench's CacheTruth. */
class CacheHammerTest {

  @Test
  void noReadIsOlderThanAWriteThatHadEndedWhateverBecomesOfTheCache() throws Exception {
    Result result = CacheHammer.run(new Settings(1, 8, 250, 12, 120));

    assertThat(result.stale()).isEmpty();
    assertThat(result.faults()).isPositive();
    assertThat(result.writes()).isPositive();
  }
}
