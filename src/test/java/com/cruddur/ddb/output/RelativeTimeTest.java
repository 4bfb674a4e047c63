package com.cruddur.ddb.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z,           2026-03-01T12:00:00Z, now",
    "2026-03-01T11:59:59.000001Z,    2026-03-01T12:00:00Z, now",
    "2026-03-01T11:59:59Z,           2026-03-01T12:00:00Z, 1 s ago",
    "2026-03-01T11:59:00.000001Z,    2026-03-01T12:00:00Z, 59 s ago",
    "2026-03-01T11:59:00Z,           2026-03-01T12:00:00Z, 1 min ago",
    "2026-03-01T11:00:00.000001Z,    2026-03-01T12:00:00Z, 59 min ago",
    "2026-03-01T11:00:00Z,           2026-03-01T12:00:00Z, 1 h ago",
    "2026-02-28T12:00:01Z,           2026-03-01T12:00:00Z, 23 h ago",
    "2026-02-28T12:00:00Z,           2026-03-01T12:00:00Z, 1 day ago",
    "2026-02-01T12:00:01Z,           2026-03-01T12:00:00Z, 27 days ago",
    "2026-02-01T12:00:00Z,           2026-03-01T12:00:00Z, 1 month ago",
    "2026-01-31T12:00:00Z,           2026-02-28T12:00:00Z, 28 days ago",
    "2025-03-01T12:00:01Z,           2026-03-01T12:00:00Z, 11 months ago",
    "2025-03-01T12:00:00Z,           2026-03-01T12:00:00Z, 1 year ago",
    "2024-02-29T12:00:00Z,           2025-02-28T12:00:00Z, 11 months ago",
    "2025-12-31T23:59:59Z,           2026-01-01T00:00:00Z, 1 s ago",
    "1970-01-01T00:00:00Z,           2026-03-01T12:00:00Z, 56 years ago",
    "2026-03-01T12:00:00.9Z,         2026-03-01T12:00:00Z, now",
    "2026-03-01T12:01:00Z,           2026-03-01T12:00:00Z, in 1 min",
    "2026-03-03T12:00:00Z,           2026-03-01T12:00:00Z, in 2 days",
    "2028-03-01T12:00:00Z,           2026-03-01T12:00:00Z, in 2 years",
    "2026-03-01T13:00:00.000000+02:00, 2026-03-01T12:00:00Z, 1 h ago"
  })
  void isCutToOneWholeUnit(String time, Instant now, String expected) {
    assertThat(RelativeTime.of(time.replace("Z", "+00:00"), now)).isEqualTo(expected);
  }

  @Test
  void whatIsNoTimeIsReturnedAsItIs() {
    Instant now = Instant.EPOCH;
    assertThat(RelativeTime.of("yesterday", now)).isEqualTo("yesterday");
    assertThat(RelativeTime.of("", now)).isEmpty();
    assertThat(RelativeTime.of("+999999999-12-31T23:59:59Z", now)).startsWith("in ");
  }
}
