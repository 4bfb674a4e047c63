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
  private volatile Duration ahead;

  public ServerDate(InstantSource clock) {
    this.clock = clock;
  }

  /** How much this machine is ahead, to the second; empty while no answer told the time. */
  public Optional<Duration> ahead() {
    return Optional.ofNullable(ahead);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    context
        .httpResponse()
        .firstMatchingHeader("Date")
        .ifPresent(
            date -> {
              try {
                Instant there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
                ahead = Duration.between(there, clock.instant());
              } catch (DateTimeParseException e) {
                // A server that tells no time.
              }
            });
  }
}
