package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tokens of the last ten minutes' transactions, each with a fingerprint of its request. */
final class ClientTokens {

  private static final Duration KEPT = Duration.ofMinutes(10);

  /** A use of a token; while its transaction runs, {@code until} is null. */
  private record Use(long request, Instant until) {}

  private final Map<String, Use> uses = new LinkedHashMap<>();

  /**
   * Does the work unless it was done for the same token and request before. A null token is new
   * each time.
   *
   * @return whether it had been done before
   * @throws EngineException if the token was used for another request, or is being used; or from
   *     the work, after which the token is as good as new
   */
  boolean once(String token, Object content, Instant now, Runnable work) {
    if (token == null) {
      work.run();
      return false;
    }
    long request = Fingerprint.of(content);
    if (!begin(token, request, now)) {
      return true;
    }
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      end(token, done ? new Use(request, now.plus(KEPT)) : null);
    }
    return false;
  }

  private synchronized boolean begin(String token, long request, Instant now) {
    forget(now);
    Use use = uses.get(token);
    if (use == null || (use.until() != null && use.until().isBefore(now))) {
      uses.put(token, new Use(request, null));
      return true;
    }
    if (use.request() != request) {
      throw new EngineException(
          "IdempotentParameterMismatchException",
          "The request uses the same client token as a previous, but non-identical request. Do not"
              + " reuse a client token with different requests, unless the requests are identical");
    }
    if (use.until() == null) {
      throw new EngineException(
          "TransactionInProgressException",
          "The transaction with the given request token is already in progress.");
    }
    return false;
  }

  /** The oldest stand first, and each is kept for the same time: it looks at one that stays. */
  private void forget(Instant now) {
    Iterator<Use> oldest = uses.values().iterator();
    while (oldest.hasNext()) {
      Use use = oldest.next();
      if (use.until() == null || !use.until().isBefore(now)) {
        return;
      }
      oldest.remove();
    }
  }

  private synchronized void end(String token, Use use) {
    if (use == null) {
      uses.remove(token);
    } else {
      uses.put(token, use);
    }
  }
}
