package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * A place in a shard, good for fifteen minutes.
 *
 * @param position the sequence number of the next record
 * @param made epoch milliseconds
 */
record ShardIterator(String stream, String shard, long position, long made) {
  private static final Duration LIFE = Duration.ofMinutes(15);

  /** Sequence numbers have 21 digits or more, so that they sort as texts too. */
  private static final String SEQUENCE_START = "1";

  private static final int SEQUENCE_DIGITS = 20;

  static String sequence(long number) {
    String digits = Long.toString(number);
    return SEQUENCE_START + "0".repeat(SEQUENCE_DIGITS - digits.length()) + digits;
  }

  static long number(String sequence) {
    try {
      if (sequence.length() == SEQUENCE_DIGITS + 1 && sequence.startsWith(SEQUENCE_START)) {
        return Long.parseLong(sequence.substring(1));
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, like one of another length.
    }
    throw EngineException.validation("Invalid SequenceNumber: %s", sequence);
  }

  String text() {
    String place = shard + "|" + position + "|" + made;
    return stream
        + "|1|"
        + Base64.getEncoder().encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  static ShardIterator of(String text) {
    try {
      String[] parts = text.split("\\|", -1);
      if (parts.length == 3) {
        String place = new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8);
        String[] pieces = place.split("\\|", -1);
        return new ShardIterator(
            parts[0], pieces[0], Long.parseLong(pieces[1]), Long.parseLong(pieces[2]));
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notOurs) {
      // Refused below, like one of another form.
    }
    throw EngineException.validation("Invalid ShardIterator");
  }

  void refuseOld(long now) {
    if (now - made > LIFE.toMillis()) {
      throw new EngineException(
          "ExpiredIteratorException",
          "Iterator expired. The iterator was created at time %s while right now it is %s,"
              + " which is further in the future than the tolerated delay of %s seconds",
          made / 1000,
          now / 1000,
          LIFE.toSeconds());
    }
  }
}
