package com.cruddur.ddb.cache;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.ByteString;
import grpc.permission_messages.ExplicitPermissions;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.PermissionsType;
import grpc.permission_messages.PermissionsType.CacheItemSelector;
import grpc.permission_messages.PermissionsType.CachePermissions;
import grpc.permission_messages.PermissionsType.CacheSelector;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import momento.sdk.AuthClient;
import momento.sdk.auth.accessControl.ExpiresIn;
import momento.sdk.exceptions.CacheServiceExceptionMapper;
import momento.sdk.exceptions.SdkException;
import momento.sdk.responses.auth.GenerateDisposableTokenResponse;
import momento.token.TokenGrpc;
import momento.token._GenerateDisposableTokenRequest;
import momento.token._GenerateDisposableTokenResponse;

/**
 * Issues disposable tokens. The SDK's client for them cannot be pointed at a local server: it wants
 * TLS on port 443. There the same request goes through the generated stub.
 */
final class CacheTokens {
  private static final long LIMIT_SECONDS = 10;

  /** Such as {@code …StatusRuntimeException: UNAVAILABLE: Unable to resolve host}. */
  private static final Pattern STATUS =
      Pattern.compile(
          "StatusRuntimeException: ("
              + Arrays.stream(Status.Code.values()).map(Enum::name).collect(joining("|"))
              + ")(?:: (.*))?");

  private final CacheSettings settings;

  CacheTokens(CacheSettings settings) {
    this.settings = settings;
  }

  CacheToken issue(TokenScope scope, Duration validFor) {
    int seconds = Math.toIntExact(validFor.toSeconds());
    return settings.isLocal() ? fromLocal(scope, seconds) : fromService(scope, seconds);
  }

  private CacheToken fromService(TokenScope scope, int seconds) {
    try (AuthClient client = AuthClient.create(MomentoClients.credentials(settings))) {
      GenerateDisposableTokenResponse answer =
          client
              .generateDisposableTokenAsync(scope.forService(), ExpiresIn.seconds(seconds))
              .join();
      if (answer instanceof GenerateDisposableTokenResponse.Success made) {
        return new CacheToken(
            made.authToken(), made.endpoint(), Instant.ofEpochSecond(made.expiresAt().getEpoch()));
      }
      throw cause((SdkException) answer);
    }
  }

  /** The SDK calls every failure an invalid argument; what it was stands in the message alone. */
  private static SdkException cause(SdkException error) {
    Matcher status = STATUS.matcher(String.valueOf(error.getMessage()));
    if (!status.find()) {
      return error;
    }
    return error(
        Status.fromCode(Status.Code.valueOf(status.group(1))).withDescription(status.group(2)));
  }

  private static SdkException error(Status status) {
    // The mapper wants trailers, be they empty.
    return CacheServiceExceptionMapper.convert(status.asRuntimeException(new Metadata()));
  }

  private CacheToken fromLocal(TokenScope scope, int seconds) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(MomentoClients.LOCAL_HOST, settings.localPort())
            .usePlaintext()
            .build();
    try {
      _GenerateDisposableTokenResponse made =
          TokenGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
              .generateDisposableToken(request(scope, seconds));
      return new CacheToken(
          made.getApiKey(), made.getEndpoint(), Instant.ofEpochSecond(made.getValidUntil()));
    } catch (StatusRuntimeException e) {
      throw error(e.getStatus());
    } finally {
      channel.shutdownNow();
    }
  }

  private static _GenerateDisposableTokenRequest request(TokenScope scope, int seconds) {
    CachePermissions.Builder permission =
        CachePermissions.newBuilder()
            .setRole(scope.access().role())
            .setCacheSelector(CacheSelector.newBuilder().setCacheName(scope.cache()));
    if (scope.key() != null) {
      ByteString key = ByteString.copyFromUtf8(scope.key());
      CacheItemSelector.Builder items = permission.getItemSelectorBuilder();
      if (scope.prefix()) {
        items.setKeyPrefix(key);
      } else {
        items.setKey(key);
      }
    }
    return _GenerateDisposableTokenRequest.newBuilder()
        .setExpires(
            _GenerateDisposableTokenRequest.Expires.newBuilder().setValidForSeconds(seconds))
        .setPermissions(
            Permissions.newBuilder()
                .setExplicit(
                    ExplicitPermissions.newBuilder()
                        .addPermissions(
                            PermissionsType.newBuilder().setCachePermissions(permission))))
        .build();
  }
}
