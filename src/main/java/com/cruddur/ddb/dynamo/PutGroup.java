package com.cruddur.ddb.dynamo;

/** Puts given to a {@link BatchWriter} that are waited for together. For any number of threads. */
public final class PutGroup {
  private int underWay;

  synchronized void begin() {
    underWay++;
  }

  synchronized void end() {
    if (--underWay == 0) {
      notifyAll();
    }
  }

  /** Waits until none is under way, stored or failed. */
  synchronized void awaitEnd() {
    while (underWay > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
