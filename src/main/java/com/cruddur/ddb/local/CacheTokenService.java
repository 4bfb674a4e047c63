package com.cruddur.ddb.local;

import com.cruddur.ddb.local.DisposableTokens.Permission;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.PermissionsType;
import grpc.permission_messages.PermissionsType.CacheItemSelector;
import grpc.permission_messages.PermissionsType.CachePermissions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import momento.token.TokenGrpc;
import momento.token._GenerateDisposableTokenRequest;
import momento.token._GenerateDisposableTokenResponse;

/**
 * Issues disposable tokens: roles in caches, for single keys too, for an hour at most. Permissions
 * for topics are accepted and allow nothing here, for there are no topics.
 */
final class CacheTokenService extends TokenGrpc.TokenImplBase {
  /** The SDKs refuse to ask for more. */
  private static final Duration MAX_VALIDITY = Duration.ofHours(1);

  private final DisposableTokens tokens;
  private final InstantSource clock;

  CacheTokenService(DisposableTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public void generateDisposableToken(
      _GenerateDisposableTokenRequest request,
      StreamObserver<_GenerateDisposableTokenResponse> observer) {
    // The SDKs send the key in the message, not in the metadata.
    tokens.check(request.getAuthToken(), CacheAccess.MANAGE, "");
    Duration validFor = validity(request);
    String key = tokens.issue(permissions(request.getPermissions()), validFor);
    CacheReply.with(
        observer,
        _GenerateDisposableTokenResponse.newBuilder()
            .setApiKey(key)
            .setEndpoint(CacheServer.HOST)
            .setValidUntil(clock.instant().plus(validFor).getEpochSecond())
            .build());
  }

  private static Duration validity(_GenerateDisposableTokenRequest request) {
    long seconds = Integer.toUnsignedLong(request.getExpires().getValidForSeconds());
    if (seconds == 0 || seconds > MAX_VALIDITY.toSeconds()) {
      throw invalid("a disposable token is valid for 1 to " + MAX_VALIDITY.toSeconds() + " s");
    }
    return Duration.ofSeconds(seconds);
  }

  private static List<Permission> permissions(Permissions requested) {
    if (requested.getExplicit().getPermissionsCount() == 0) {
      throw invalid("a disposable token needs explicit permissions");
    }
    return requested.getExplicit().getPermissionsList().stream()
        .filter(PermissionsType::hasCachePermissions)
        .map(PermissionsType::getCachePermissions)
        .map(CacheTokenService::permission)
        .toList();
  }

  private static Permission permission(CachePermissions requested) {
    CacheItemSelector items = requested.getItemSelector();
    return switch (requested.getCacheCase()) {
      case ALL_CACHES -> new Permission(requested.getRole(), Optional.empty(), items);
      case CACHE_SELECTOR ->
          new Permission(
              requested.getRole(), Optional.of(requested.getCacheSelector().getCacheName()), items);
      case CACHE_NOT_SET -> throw invalid("a cache permission needs a cache");
    };
  }

  private static StatusRuntimeException invalid(String text) {
    return Status.INVALID_ARGUMENT.withDescription(text).asRuntimeException();
  }
}
