package com.cruddur.ddb.bench.engine;

import java.time.Duration;
import java.util.Locale;

/**
 * The processor time that engine and client had taken at a moment, in seconds.
 *
 * @param pid of the engine's process
 */
record ProcessorTime(long pid, double engine, double client) {

  /** As it is now. */
  static ProcessorTime of(long pid) {
    return new ProcessorTime(pid, taken(pid), taken(ProcessHandle.current().pid()));
  }

  private static double taken(long pid) {
    return ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElse(Duration.ZERO)
            .toMillis()
        / 1e3;
  }

  /** What both took since then, for each of so many items, and of so many seconds. */
  String since(double seconds, long count) {
    ProcessorTime now = of(pid);
    double server = now.engine - engine;
    double asker = now.client - client;
    return String.format(
        Locale.ROOT,
        "; processor time of each: engine %.1f us, client %.1f us; processors busy: %.2f and %.2f",
        server * 1e6 / count,
        asker * 1e6 / count,
        server / seconds,
        asker / seconds);
  }
}
