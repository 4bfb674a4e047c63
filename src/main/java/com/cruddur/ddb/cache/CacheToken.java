package com.cruddur.ddb.cache;

import java.time.Instant;

/**
 * A disposable access token.
 *
 * @param token the secret; print it once
 * @param endpoint the host it is for
 * @param expiresAt when it ends
 */
public record CacheToken(String token, String endpoint, Instant expiresAt) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "CacheToken[" + endpoint + ", until " + expiresAt + "]";
  }
}
