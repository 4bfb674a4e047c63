package com.cruddur.ddb.local;

import grpc.cache_client.PingGrpc;
import grpc.cache_client.ScsGrpc;
import io.grpc.MethodDescriptor;

/** What a call does to a cache, as far as tokens tell it apart. */
enum CacheAccess {
  /** Reaches no cache: ping. */
  NONE,
  READ,
  WRITE,
  /**
   * Writes and tells something about what was there: conditional writes, increments, TTL changes.
   */
  READ_AND_WRITE,
  /** Manages caches or issues tokens. */
  MANAGE;

  static CacheAccess of(MethodDescriptor<?, ?> method) {
    return switch (String.valueOf(method.getServiceName())) {
      case PingGrpc.SERVICE_NAME -> NONE;
      case ScsGrpc.SERVICE_NAME -> ofItemCall(String.valueOf(method.getBareMethodName()));
      default -> MANAGE;
    };
  }

  private static CacheAccess ofItemCall(String method) {
    return switch (method) {
      case "Get",
          "GetBatch",
          "KeysExist",
          "ItemGetTtl",
          "ItemGetType",
          "DictionaryGet",
          "DictionaryFetch",
          "DictionaryLength" ->
          READ;
      case "Set", "SetBatch", "Delete", "DictionarySet", "DictionaryDelete" -> WRITE;
      default -> READ_AND_WRITE;
    };
  }
}
