package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.dynamo.WorkerThreads;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts given to a {@link BatchWriter} that are waited for together. For any number of threads. */
public final class PendingPuts {
  private final AtomicInteger underWay = new AtomicInteger();

  void begin() {
    underWay.incrementAndGet();
  }

  void end() {
    if (underWay.decrementAndGet() == 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits until none is under way, stored or failed. */
  synchronized void awaitEnd() {
    while (underWay.get() > 0) {
      WorkerThreads.await(this::wait);
    }
  }
}
