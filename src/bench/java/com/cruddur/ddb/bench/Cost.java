package com.cruddur.ddb.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What a run took: on the clock, of the processors over all threads, and of the clock while garbage
 * was collected.
 */
record Cost(double seconds, double processorSeconds, double collectionSeconds) {

  static Cost of(Runnable run) {
    long start = System.nanoTime();
    long processorStart = processorTime();
    double collectionStart = collections();
    run.run();
    return new Cost(
        (System.nanoTime() - start) / 1e9,
        (processorTime() - processorStart) / 1e9,
        collections() - collectionStart);
  }

  /** The share of the clock while garbage was collected. */
  double collected() {
    return collectionSeconds / seconds;
  }

  private static double collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum()
        / 1e3;
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
