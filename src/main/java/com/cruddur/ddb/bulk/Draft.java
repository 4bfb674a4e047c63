package com.cruddur.ddb.bulk;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A message of the input that was checked, at the time it asks for. */
record Draft(Place place, Message message) {

  /** Microseconds since 1970. */
  long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, message.instant());
  }

  /** The message at another microsecond. */
  Message at(long micros) {
    return new Message(
        message.groupUuid(),
        Timestamps.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)),
        message.uuid(),
        message.text(),
        message.sender());
  }
}
