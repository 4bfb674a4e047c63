package com.cruddur.ddb.local;

import com.cruddur.ddb.local.CacheItem.Scalar;
import com.cruddur.ddb.local.StoredCache.Change;
import com.google.protobuf.ByteString;
import grpc.cache_client.ECacheResult;
import grpc.cache_client._GetResponse;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be done to single values. */
final class ScalarOperations {
  private ScalarOperations() {}

  static _GetResponse get(StoredCache cache, ByteString key) {
    return cache
        .find(key)
        .map(item -> _GetResponse.newBuilder().setCacheBody(item.scalar()))
        .map(response -> response.setResult(ECacheResult.Hit).build())
        .orElseGet(() -> _GetResponse.newBuilder().setResult(ECacheResult.Miss).build());
  }

  /** Refuses what {@link #set} would refuse, so that a batch is written whole or not at all. */
  static void check(_SetRequest request) {
    CacheLimits.ttl(request.getTtlMilliseconds());
    CacheLimits.checkItem(request.getCacheKey(), request.getCacheBody().size());
  }

  static _SetResponse set(StoredCache cache, _SetRequest request) {
    cache.put(
        request.getCacheKey(),
        new Scalar(request.getCacheBody()),
        CacheLimits.ttl(request.getTtlMilliseconds()));
    return _SetResponse.newBuilder().setResult(ECacheResult.Ok).build();
  }

  /** Whether the value was stored: it is when the condition holds for what is there. */
  static boolean setIf(
      StoredCache cache,
      ByteString key,
      ByteString content,
      long ttlMilliseconds,
      Predicate<Optional<CacheItem>> condition) {
    Duration ttl = CacheLimits.ttl(ttlMilliseconds);
    return cache.change(
        key,
        before ->
            condition.test(before)
                ? Change.to(cache.item(key, new Scalar(content), cache.deadline(ttl)), true)
                : new Change<>(before, false));
  }

  /** The condition of a SetIf; "not equal" alone holds for a missing item, too. */
  static Predicate<Optional<CacheItem>> condition(_SetIfRequest request) {
    return switch (request.getConditionCase()) {
      case PRESENT -> Optional::isPresent;
      case ABSENT -> Optional::isEmpty;
      case EQUAL -> equalTo(request.getEqual().getValueToCheck());
      case NOT_EQUAL -> equalTo(request.getNotEqual().getValueToCheck()).negate();
      case PRESENT_AND_NOT_EQUAL ->
          equalTo(request.getPresentAndNotEqual().getValueToCheck())
              .negate()
              .and(Optional::isPresent);
      case ABSENT_OR_EQUAL ->
          equalTo(request.getAbsentOrEqual().getValueToCheck()).or(Optional::isEmpty);
      case CONDITION_NOT_SET ->
          throw Status.INVALID_ARGUMENT
              .withDescription("SetIf without a condition this server knows")
              .asRuntimeException();
    };
  }

  private static Predicate<Optional<CacheItem>> equalTo(ByteString expected) {
    return item -> item.isPresent() && item.get().scalar().equals(expected);
  }

  /** Adds to a number, 0 when it is missing, and answers the sum. The TTL starts again. */
  static long increment(StoredCache cache, _IncrementRequest request) {
    Duration ttl = CacheLimits.ttl(request.getTtlMilliseconds());
    ByteString key = request.getCacheKey();
    return cache.change(
        key,
        before -> {
          long sum = sum(before.map(CacheItem::scalar), request.getAmount());
          Scalar scalar = new Scalar(ByteString.copyFromUtf8(Long.toString(sum)));
          return Change.to(cache.item(key, scalar, cache.deadline(ttl)), sum);
        });
  }

  /**
   * The decimal number that is there plus an amount. FAILED_PRECONDITION when it is not a number,
   * as the service answers (the integration tests of Momento's SDKs expect it); OUT_OF_RANGE when
   * the sum is no int64.
   */
  static long sum(Optional<ByteString> before, long amount) {
    try {
      return Math.addExact(
          before.map(ByteString::toStringUtf8).map(Long::parseLong).orElse(0L), amount);
    } catch (NumberFormatException e) {
      throw Status.FAILED_PRECONDITION
          .withDescription("the value to increment is not an integer")
          .withCause(e)
          .asRuntimeException();
    } catch (ArithmeticException e) {
      throw Status.OUT_OF_RANGE
          .withDescription("the sum is beyond 64 bits")
          .withCause(e)
          .asRuntimeException();
    }
  }
}
