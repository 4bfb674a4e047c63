package com.cruddur.ddb.local;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;

/**
 * What a cache holds under one key. Immutable: a change puts a new item in its place.
 *
 * @param deadline when it expires, in nanoseconds of the cache's ticker; one for a whole dictionary
 */
record CacheItem(Value value, long deadline) {

  /** A single value, or a collection. */
  sealed interface Value permits Scalar, Dictionary {
    /** Size in bytes, without the key. */
    long bytes();
  }

  /** Plain bytes; a number is its decimal text. */
  record Scalar(ByteString content) implements Value {
    @Override
    public long bytes() {
      return content.size();
    }
  }

  /** Fields in the order they were first set; never empty. */
  record Dictionary(Map<ByteString, ByteString> fields) implements Value {
    @Override
    public long bytes() {
      return fields.entrySet().stream()
          .mapToLong(field -> field.getKey().size() + field.getValue().size())
          .sum();
    }
  }

  /** The content of a scalar; FAILED_PRECONDITION for a collection. */
  ByteString scalar() {
    if (value instanceof Scalar scalar) {
      return scalar.content();
    }
    throw wrongType("a dictionary, not a single value");
  }

  /** The fields of a dictionary; FAILED_PRECONDITION for a scalar. */
  Map<ByteString, ByteString> fields() {
    if (value instanceof Dictionary dictionary) {
      return dictionary.fields();
    }
    throw wrongType("a single value, not a dictionary");
  }

  CacheItem withDeadline(long newDeadline) {
    return new CacheItem(value, newDeadline);
  }

  private static StatusRuntimeException wrongType(String what) {
    return Status.FAILED_PRECONDITION
        .withDescription("the item under this key is " + what)
        .asRuntimeException();
  }
}
