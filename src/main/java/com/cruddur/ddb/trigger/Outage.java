package com.cruddur.ddb.trigger;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells of a failure that lasts once, and of its end. For one thread. */
final class Outage {
  private final String what;
  private final Consumer<String> warnings;
  private long began;
  private boolean lasts;

  /**
   * No outage yet.
   *
   * @param what fails, as in "the stream cannot be read"
   */
  Outage(String what, Consumer<String> warnings) {
    this.what = what;
    this.warnings = warnings;
  }

  void failed(String cause) {
    if (!lasts) {
      lasts = true;
      began = System.nanoTime();
      warnings.accept(what + ", trying again: " + cause);
    }
  }

  void ended() {
    if (lasts) {
      lasts = false;
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      warnings.accept("that is over after " + took.toSeconds() + " s: " + what);
    }
  }
}
