package com.cruddur.ddb.local;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;

/**
 * What this server accepts, after the service's published limits
 * (https://docs.momentohq.com/cache/limits): an item of 5 MB, an element of a collection of 128 KB.
 *
 * <p>The service answers a size over a limit with RESOURCE_EXHAUSTED and names the limit in the
 * trailer {@code err}: every SDK's exception mapper knows the names used here, and turns them into
 * "Item size limit exceeded" and "Element size limit exceeded". So does this server. The longest
 * TTL differs by account (24 hours on the free plan); here it is a year, so that nothing is refused
 * that some account would accept.
 */
final class CacheLimits {
  static final int MAX_ITEM_BYTES = 5 * 1024 * 1024;
  static final int MAX_ELEMENT_BYTES = 128 * 1024;
  static final Duration MAX_TTL = Duration.ofDays(365);

  /** One request may carry several items (SetBatch), so this is more than one item's limit. */
  static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  /** The least recently and least often used items leave a cache that has grown to this. */
  static final long MAX_CACHE_BYTES = 100L * 1024 * 1024;

  /**
   * About what an item takes besides its key and value, so that many small ones are bounded, too.
   */
  static final int ITEM_OVERHEAD_BYTES = 128;

  private static final Metadata.Key<String> ERR =
      Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER);

  private CacheLimits() {}

  /**
   * A TTL as it came over the wire, an unsigned number of milliseconds; INVALID_ARGUMENT if bad.
   */
  static Duration ttl(long milliseconds) {
    if (milliseconds == 0 || Long.compareUnsigned(milliseconds, MAX_TTL.toMillis()) > 0) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "TTL must be 1 to "
                  + MAX_TTL.toMillis()
                  + " ms, not "
                  + Long.toUnsignedString(milliseconds))
          .asRuntimeException();
    }
    return Duration.ofMillis(milliseconds);
  }

  /** RESOURCE_EXHAUSTED if key and value together are over the limit of an item. */
  static void checkItem(ByteString key, long valueBytes) {
    check("Item", "item_size_limit_exceeded", key.size() + valueBytes, MAX_ITEM_BYTES);
  }

  /** RESOURCE_EXHAUSTED if one value of a collection is over the limit of an element. */
  static void checkElement(ByteString value) {
    check("Element", "element_size_limit_exceeded", value.size(), MAX_ELEMENT_BYTES);
  }

  private static void check(String what, String limit, long bytes, int max) {
    if (bytes > max) {
      Metadata trailers = new Metadata();
      trailers.put(ERR, limit);
      throw Status.RESOURCE_EXHAUSTED
          .withDescription(what + " size limit exceeded: " + bytes + " of " + max + " bytes")
          .asRuntimeException(trailers);
    }
  }
}
