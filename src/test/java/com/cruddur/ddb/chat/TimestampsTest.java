package com.cruddur.ddb.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private static final Instant MOMENT = Instant.parse("2026-03-19T23:59:59.123456Z");
  private static final String KEY = "2026-03-19T23:59:59.123456+00:00";
  private static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";

  @ParameterizedTest
  @CsvSource({
    "2026-03-19T23:59:59Z, 2026-03-19T23:59:59.000000+00:00",
    "2026-03-19T23:59:59.1Z, 2026-03-19T23:59:59.100000+00:00",
    "2026-03-19T23:59:59.123456Z, 2026-03-19T23:59:59.123456+00:00",
    "2026-03-19T23:59:59.123456999Z, 2026-03-19T23:59:59.123456+00:00",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999+00:00",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000+00:00",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999+00:00"
  })
  void aMomentIsWrittenWithSixDigitsAndOffsetAlways32CharactersLong(Instant moment, String key) {
    assertThat(Timestamps.format(moment)).isEqualTo(key).hasSize(32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-05-01T10:00:00.123456+00:00 | 2023-05-01T10:00:00.123456Z",
        "2023-05-01T10:00:00 | 2023-05-01T10:00:00Z",
        "2023-05-01T10:00:00.123456 | 2023-05-01T10:00:00.123456Z",
        "2023-05-01T10:00:00.123456789 | 2023-05-01T10:00:00.123456789Z",
        "2023-05-01T10:00:00.5 | 2023-05-01T10:00:00.500Z",
        "2023-05-01T10:00:00,5 | 2023-05-01T10:00:00.500Z",
        "2023-05-01T10:00:00Z | 2023-05-01T10:00:00Z",
        "2023-05-01T10:00:00z | 2023-05-01T10:00:00Z",
        "2023-05-01T10:00:00.123Z | 2023-05-01T10:00:00.123Z",
        "2023-05-01T10:00:00+02:00 | 2023-05-01T08:00:00Z",
        "2023-05-01T10:00:00+0200 | 2023-05-01T08:00:00Z",
        "2023-05-01T10:00:00+02 | 2023-05-01T08:00:00Z",
        "2023-05-01T10:00:00.25-05:30 | 2023-05-01T15:30:00.250Z",
        "2023-05-01T00:30:00+01:00 | 2023-04-30T23:30:00Z",
        "2023-05-01 10:00:00 | 2023-05-01T10:00:00Z",
        "2023-05-01 10:00:00 +02:00 | 2023-05-01T08:00:00Z",
        "2023-05-01T10:00 | 2023-05-01T10:00:00Z",
        "2023-05-01T10:00+02:00 | 2023-05-01T08:00:00Z",
        "2023-05-01 | 2023-05-01T00:00:00Z",
        "2024-02-29T00:00:00 | 2024-02-29T00:00:00Z"
      })
  void everyKnownFormIsRead(String text, Instant moment) {
    assertThat(Timestamps.parse(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zzz",
        "yesterday",
        "2023",
        "2023-05",
        "2023-13-01T10:00:00",
        "2023-02-29T10:00:00",
        "2023-05-01T24:00:00",
        "2023-05-01T10:60:00",
        "2023-05-01T23:59:60",
        "2023-05-01T10:00:00.",
        "2023-05-01T10:00:00.1234567890",
        "2023-05-01T10:00:00+19:00",
        "2023-05-01T10:00:00+02:00 ",
        " 2023-05-01T10:00:00",
        "2023-05-01T10:00:00\n",
        "2023-05-01X10:00:00",
        "1682935200",
        "٢٠٢٣-٠٥-٠١T١٠:٠٠:٠٠"
      })
  void whatIsNoTimeIsReadAsNothingAndShownAsItStands(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
    assertThat(Timestamps.microseconds(text)).isEqualTo(Instant.MIN);
    assertThat(Timestamps.display(text)).isEqualTo(text);
    assertThat(Timestamps.isCanonical(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2023-05-01T10:00:00.123456+00:00, true",
    "2023-05-01T10:00:00.000000+00:00, true",
    "2023-05-01T10:00:00.123456789+00:00, true",
    "2023-05-01T10:00:00.123456Z, false",
    "2023-05-01T10:00:00.123456789Z, false",
    "2023-05-01T10:00:00.123456, false",
    "2023-05-01T10:00:00+00:00, false",
    "2023-05-01T10:00:00.123+00:00, false",
    "2023-05-01T10:00:00.12345678+00:00, false",
    "2023-05-01T10:00:00.123456+02:00, false",
    "2023-05-01T10:00:00.123456-00:00, false",
    "2023-05-01 10:00:00.123456+00:00, false",
    "2023-05-01T10:00:00.123456xyz+00:00, false",
    "2023-13-01T10:00:00.123456+00:00, false"
  })
  void canonicalIsExactlyWhatIsWrittenWithOrWithoutTieBreak(String key, boolean canonical) {
    assertThat(Timestamps.isCanonical(key)).isEqualTo(canonical);
  }

  @Test
  void aTieBrokenKeySortsAfterItsMicrosecondAndBeforeTheNext() {
    String tieBroken = Timestamps.tieBreak(KEY, GROUP, 0);

    assertThat(tieBroken)
        .hasSize(35)
        .isGreaterThan(KEY)
        .isLessThan(Timestamps.format(MOMENT.plus(1, ChronoUnit.MICROS)));
    assertThat(Timestamps.isCanonical(tieBroken)).isTrue();
    assertThat(Timestamps.microseconds(tieBroken)).isEqualTo(MOMENT);
    assertThat(Timestamps.display(tieBroken)).isEqualTo(KEY);
  }

  @Test
  void tieBreaksOfOneConversationDifferForEachOf999AttemptsAndAreTheSameWhenRepeated() {
    List<String> keys =
        IntStream.range(0, 999).mapToObj(i -> Timestamps.tieBreak(KEY, GROUP, i)).toList();

    assertThat(keys)
        .doesNotHaveDuplicates()
        .allMatch(Timestamps::isCanonical)
        .noneMatch(key -> key.contains(".123456000"));
    assertThat(Timestamps.tieBreak(KEY, GROUP, 3)).isEqualTo(keys.get(3));
    assertThat(Timestamps.tieBreak(KEY, GROUP, 999)).isEqualTo(keys.get(0));
  }

  @Test
  void textOrderIsTimeOrderAmongRandomCanonicalAndTieBrokenKeys() {
    Random random = new Random(1);
    List<Instant> moments = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      Instant moment =
          Instant.ofEpochSecond(random.nextLong(-62135596800L, 253402300799L))
              .plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
      moments.add(moment);
      moments.add(moment.plus(random.nextInt(3), ChronoUnit.MICROS));
    }
    List<String> keys = new ArrayList<>();
    for (Instant moment : moments) {
      String key = Timestamps.format(moment);
      assertThat(Timestamps.parse(key)).contains(moment);
      assertThat(Timestamps.isCanonical(key)).isTrue();
      keys.add(key);
      keys.add(Timestamps.tieBreak(key, new UUID(random.nextLong(), 0).toString(), i(random)));
    }
    Collections.shuffle(keys, random);

    assertThat(keys.stream().sorted().map(Timestamps::microseconds))
        .isSortedAccordingTo(Comparator.naturalOrder());
  }

  private static int i(Random random) {
    return random.nextInt(12);
  }

  @Test
  void theBoundsOfAMomentTakeInItsFormsAndLeaveOutTheMicrosecondsBesideIt() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      long micros = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000);
      Instant moment = MOMENT.truncatedTo(ChronoUnit.SECONDS).plus(micros, ChronoUnit.MICROS);
      String key = Timestamps.format(moment);
      List<String> forms =
          List.of(key, key.substring(0, 26), Timestamps.tieBreak(key, GROUP, i), bare(moment));

      assertThat(forms)
          .allMatch(form -> form.compareTo(Timestamps.lowerBound(moment)) >= 0)
          .allMatch(form -> form.compareTo(Timestamps.upperBound(moment)) <= 0);
      Instant before = moment.minus(1, ChronoUnit.MICROS);
      assertThat(Timestamps.tieBreak(Timestamps.format(before), GROUP, i))
          .isLessThan(Timestamps.lowerBound(moment));
      assertThat(Timestamps.format(moment.plus(1, ChronoUnit.MICROS)))
          .isGreaterThan(Timestamps.upperBound(moment));
    }
  }

  /** As the original programs write it: no fraction when it is 0. */
  private static String bare(Instant moment) {
    String key = Timestamps.format(moment).substring(0, 26);
    return key.endsWith(".000000") ? key.substring(0, 19) : key;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-19T23:59:59.5",
        "2026-03-19T23:59:59.5+00:00",
        "2026-03-19T23:59:59.500+00:00",
        "2026-03-19T23:59:59.500Z",
        "2026-03-19T23:59:59.500000+00:00"
      })
  void theLowerBoundTakesInShorterFractions(String form) {
    assertThat(form).isGreaterThanOrEqualTo(Timestamps.lowerBound(moment(form)));
    assertThat("2026-03-19T23:59:59.499999999+00:00")
        .isLessThan(Timestamps.lowerBound(moment(form)));
  }

  private static Instant moment(String form) {
    return Timestamps.parse(form).orElseThrow();
  }

  @Test
  void keysAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      assertThat(
              Stream.of("en-US", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "ne-NP")
                  .map(Locale::forLanguageTag)
                  .peek(Locale::setDefault)
                  .map(l -> Timestamps.format(MOMENT) + Timestamps.tieBreak(KEY, GROUP, 0))
                  .distinct())
          .hasSize(1);
    } finally {
      Locale.setDefault(before);
    }
  }
}
