package com.cruddur.ddb.cache;

import grpc.permission_messages.CacheRole;
import momento.sdk.auth.accessControl.DisposableTokenScope;
import momento.sdk.auth.accessControl.DisposableTokenScopes;

/**
 * What a token may do in one cache.
 *
 * @param key the one item that it is for, or the beginning of the keys; null for all items
 * @param prefix whether the key is a beginning
 */
public record TokenScope(String cache, Access access, String key, boolean prefix) {
  /** What it may do with items. */
  public enum Access {
    READ_WRITE("read-write", CacheRole.CacheReadWrite),
    READ_ONLY("read-only", CacheRole.CacheReadOnly),
    WRITE_ONLY("write-only", CacheRole.CacheWriteOnly);

    private final String words;
    private final CacheRole role;

    Access(String words, CacheRole role) {
      this.words = words;
      this.role = role;
    }

    CacheRole role() {
      return role;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Such as {@code read-only on keys that begin with 'user-' of cache cruddur}. */
  @Override
  public String toString() {
    String items = key == null ? "" : (prefix ? "keys that begin with '" : "key '") + key + "' of ";
    return access + " on " + items + "cache " + cache;
  }

  /** As the SDK has it. */
  DisposableTokenScope forService() {
    if (key == null) {
      return switch (access) {
        case READ_WRITE -> DisposableTokenScopes.cacheReadWrite(cache);
        case READ_ONLY -> DisposableTokenScopes.cacheReadOnly(cache);
        case WRITE_ONLY -> DisposableTokenScopes.cacheWriteOnly(cache);
      };
    } else if (prefix) {
      return switch (access) {
        case READ_WRITE -> DisposableTokenScopes.cacheKeyPrefixReadWrite(cache, key);
        case READ_ONLY -> DisposableTokenScopes.cacheKeyPrefixReadOnly(cache, key);
        case WRITE_ONLY -> DisposableTokenScopes.cacheKeyPrefixWriteOnly(cache, key);
      };
    }
    return switch (access) {
      case READ_WRITE -> DisposableTokenScopes.cacheKeyReadWrite(cache, key);
      case READ_ONLY -> DisposableTokenScopes.cacheKeyReadOnly(cache, key);
      case WRITE_ONLY -> DisposableTokenScopes.cacheKeyWriteOnly(cache, key);
    };
  }
}
