package com.cruddur.ddb.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.PermissionsType.CacheItemSelector;
import io.grpc.Status;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The disposable tokens this server has issued and what each allows. A key that is none of them (or
 * no key at all) may do everything, as with Momento Local; a token that has expired, or that an
 * earlier run of the server issued, may do nothing.
 */
final class DisposableTokens {
  /** Tells a token that is no longer known from a key that was never ours. */
  private static final String PREFIX = "disposable-";

  private static final int RANDOM_BYTES = 32;
  private static final int MAX_TOKENS = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final Cache<String, Grant> grants;

  DisposableTokens(Ticker ticker) {
    this.grants =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .maximumSize(MAX_TOKENS)
            .expireAfter(Expiry.<String, Grant>creating((key, grant) -> grant.validFor()))
            .build();
  }

  /** A new random key that allows what is permitted, and nothing else, for so long. */
  String issue(List<Permission> permissions, Duration validFor) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    grants.put(key, new Grant(permissions, validFor));
    return key;
  }

  /** Whether a key is a token that a server like this one has issued. */
  static boolean isDisposable(String key) {
    return key != null && key.startsWith(PREFIX);
  }

  /**
   * Lets a call pass or refuses it: UNAUTHENTICATED with a token that is no longer valid,
   * PERMISSION_DENIED with one that does not allow this access to this cache.
   *
   * @param key as the call sent it; null when it sent none
   */
  void check(String key, CacheAccess access, String cache) {
    check(key, access, cache, permission -> true);
  }

  /** The same for a call that has told the keys it is about: each of them has to be allowed. */
  void check(String key, CacheAccess access, String cache, List<ByteString> keys) {
    check(key, access, cache, permission -> permission.allows(keys));
  }

  private void check(String key, CacheAccess access, String cache, Predicate<Permission> allows) {
    if (!isDisposable(key) || access == CacheAccess.NONE) {
      return;
    }
    Grant grant = grants.getIfPresent(key);
    if (grant == null) {
      throw Status.UNAUTHENTICATED
          .withDescription("the token has expired or was issued by another server")
          .asRuntimeException();
    }
    if (grant.permissions().stream()
        .noneMatch(permission -> permission.allows(access, cache) && allows.test(permission))) {
      throw Status.PERMISSION_DENIED
          .withDescription("Insufficient permissions: the token does not allow this call")
          .asRuntimeException();
    }
  }

  /**
   * A role in one cache, or in all of them when no name is given.
   *
   * @param items the keys it is for
   */
  record Permission(CacheRole role, Optional<String> cache, CacheItemSelector items) {
    boolean allows(List<ByteString> keys) {
      return switch (items.getKindCase()) {
        case KEY -> !keys.isEmpty() && keys.stream().allMatch(items.getKey()::equals);
        case KEY_PREFIX ->
            !keys.isEmpty() && keys.stream().allMatch(key -> key.startsWith(items.getKeyPrefix()));
        case KIND_NOT_SET -> true;
      };
    }

    boolean allows(CacheAccess access, String name) {
      return (cache.isEmpty() || cache.get().equals(name)) && allows(access);
    }

    private boolean allows(CacheAccess access) {
      return switch (role) {
        case CacheReadWrite -> access != CacheAccess.MANAGE;
        case CacheReadOnly -> access == CacheAccess.READ;
        case CacheWriteOnly -> access == CacheAccess.WRITE;
        case CachePermitNone, UNRECOGNIZED -> false;
      };
    }
  }

  private record Grant(List<Permission> permissions, Duration validFor) {}
}
