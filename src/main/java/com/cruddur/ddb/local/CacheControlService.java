package com.cruddur.ddb.local;

import grpc.control_client.ScsControlGrpc;
import grpc.control_client._Cache;
import grpc.control_client._CacheLimits;
import grpc.control_client._CreateCacheRequest;
import grpc.control_client._CreateCacheResponse;
import grpc.control_client._DeleteCacheRequest;
import grpc.control_client._DeleteCacheResponse;
import grpc.control_client._FlushCacheRequest;
import grpc.control_client._FlushCacheResponse;
import grpc.control_client._ListCachesRequest;
import grpc.control_client._ListCachesResponse;
import io.grpc.stub.StreamObserver;

/** Creates, lists, flushes and deletes caches. */
final class CacheControlService extends ScsControlGrpc.ScsControlImplBase {
  private static final _CacheLimits LIMITS =
      _CacheLimits.newBuilder()
          .setMaxItemSizeKb(CacheLimits.MAX_ITEM_BYTES / 1024)
          .setMaxTtlSeconds(CacheLimits.MAX_TTL.toSeconds())
          .build();

  private final CacheStorage storage;

  CacheControlService(CacheStorage storage) {
    this.storage = storage;
  }

  @Override
  public void createCache(
      _CreateCacheRequest request, StreamObserver<_CreateCacheResponse> observer) {
    storage.create(request.getCacheName());
    CacheReply.with(observer, _CreateCacheResponse.getDefaultInstance());
  }

  @Override
  public void deleteCache(
      _DeleteCacheRequest request, StreamObserver<_DeleteCacheResponse> observer) {
    storage.delete(request.getCacheName());
    CacheReply.with(observer, _DeleteCacheResponse.getDefaultInstance());
  }

  @Override
  public void flushCache(_FlushCacheRequest request, StreamObserver<_FlushCacheResponse> observer) {
    storage.get(request.getCacheName()).flush();
    CacheReply.with(observer, _FlushCacheResponse.getDefaultInstance());
  }

  /** All in one page. */
  @Override
  public void listCaches(_ListCachesRequest request, StreamObserver<_ListCachesResponse> observer) {
    _ListCachesResponse.Builder response = _ListCachesResponse.newBuilder();
    storage
        .names()
        .forEach(
            name ->
                response.addCache(_Cache.newBuilder().setCacheName(name).setCacheLimits(LIMITS)));
    CacheReply.with(observer, response.build());
  }
}
