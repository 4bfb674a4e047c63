package com.cruddur.ddb.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** How far this machine's clock is from the server's, by the Date header of its answers. */
public final class ServerDate implements ExecutionInterceptor {
  private final InstantSource clock;
  private volatile Told told;

  /**
   * A header as it came; to parse each would cost a bulk command more than to sign its requests.
   */
  private record Told(String date, Instant here) {}

  public ServerDate(InstantSource clock) {
    this.clock = clock;
  }

  /** How much this machine is ahead, to the second; empty while no answer told the time. */
  public Optional<Duration> ahead() {
    Told last = told;
    try {
      return Optional.ofNullable(last)
          .map(t -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(t.date, Instant::from))
          .map(there -> Duration.between(there, last.here));
    } catch (DateTimeParseException e) {
      // A server that tells no time.
      return Optional.empty();
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    context
        .httpResponse()
        .firstMatchingHeader("Date")
        .ifPresent(date -> told = new Told(date, clock.instant()));
  }
}
