package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A message of the input that was checked, at the time it asks for.
 *
 * @param micros that time in microseconds since 1970
 */
record ValidMessage(Place place, Message message, long micros) {

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  /** The message at another microsecond. */
  Message at(long other) {
    return other == micros
        ? message
        : new Message(
            message.groupUuid(),
            Timestamps.format(Instant.EPOCH.plus(other, ChronoUnit.MICROS)),
            message.uuid(),
            message.text(),
            message.sender());
  }
}
