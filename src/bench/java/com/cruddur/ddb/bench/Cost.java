package com.cruddur.ddb.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What a run took: on the clock, and of the processors over all threads. */
record Cost(double seconds, double processorSeconds) {

  static Cost of(Runnable run) {
    long start = System.nanoTime();
    long processorStart = processorTime();
    run.run();
    return new Cost((System.nanoTime() - start) / 1e9, (processorTime() - processorStart) / 1e9);
  }

  /** Of all threads, in nanoseconds. */
  private static long processorTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

}
