package com.cruddur.ddb.local;

import com.cruddur.ddb.local.StoredCache.Change;
import com.google.protobuf.ByteString;
import grpc.cache_client._ItemGetTtlResponse;
import grpc.cache_client._UpdateTtlRequest;
import grpc.cache_client._UpdateTtlResponse;
import io.grpc.Status;
import java.time.Duration;

/** What can be done to the time to live of an item of any type. */
final class TtlOperations {
  private static final _UpdateTtlResponse SET =
      _UpdateTtlResponse.newBuilder().setSet(_UpdateTtlResponse._Set.getDefaultInstance()).build();
  private static final _UpdateTtlResponse NOT_SET =
      _UpdateTtlResponse.newBuilder()
          .setNotSet(_UpdateTtlResponse._NotSet.getDefaultInstance())
          .build();
  private static final _UpdateTtlResponse MISSING =
      _UpdateTtlResponse.newBuilder()
          .setMissing(_UpdateTtlResponse._Missing.getDefaultInstance())
          .build();

  private TtlOperations() {}

  static _ItemGetTtlResponse get(StoredCache cache, ByteString key) {
    _ItemGetTtlResponse.Builder response = _ItemGetTtlResponse.newBuilder();
    cache
        .find(key)
        .map(cache::remaining)
        .ifPresentOrElse(
            left -> response.getFoundBuilder().setRemainingTtlMillis(left.toMillis()),
            response::getMissingBuilder);
    return response.build();
  }

  /** Sets the TTL; or only if that makes it longer; or only if that makes it shorter. */
  static _UpdateTtlResponse update(StoredCache cache, _UpdateTtlRequest request) {
    Duration ttl = requested(request);
    return cache.change(
        request.getCacheKey(),
        before -> {
          if (before.isEmpty()) {
            return new Change<>(before, MISSING);
          }
          CacheItem item = before.get();
          long deadline = cache.deadline(ttl);
          boolean wanted =
              switch (request.getUpdateTtlCase()) {
                case INCREASE_TO_MILLISECONDS -> deadline - item.deadline() > 0;
                case DECREASE_TO_MILLISECONDS -> deadline - item.deadline() < 0;
                default -> true;
              };
          return wanted
              ? Change.to(item.withDeadline(deadline), SET)
              : new Change<>(before, NOT_SET);
        });
  }

  private static Duration requested(_UpdateTtlRequest request) {
    return CacheLimits.ttl(
        switch (request.getUpdateTtlCase()) {
          case INCREASE_TO_MILLISECONDS -> request.getIncreaseToMilliseconds();
          case DECREASE_TO_MILLISECONDS -> request.getDecreaseToMilliseconds();
          case OVERWRITE_TO_MILLISECONDS -> request.getOverwriteToMilliseconds();
          case UPDATETTL_NOT_SET ->
              throw Status.INVALID_ARGUMENT
                  .withDescription("UpdateTtl without a TTL")
                  .asRuntimeException();
        });
  }
}
