package com.cruddur.ddb.local;

import com.cruddur.ddb.local.CacheItem.Dictionary;
import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._DeleteResponse;
import grpc.cache_client._DictionaryDeleteRequest;
import grpc.cache_client._DictionaryDeleteResponse;
import grpc.cache_client._DictionaryFetchRequest;
import grpc.cache_client._DictionaryFetchResponse;
import grpc.cache_client._DictionaryGetRequest;
import grpc.cache_client._DictionaryGetResponse;
import grpc.cache_client._DictionaryIncrementRequest;
import grpc.cache_client._DictionaryIncrementResponse;
import grpc.cache_client._DictionaryLengthRequest;
import grpc.cache_client._DictionaryLengthResponse;
import grpc.cache_client._DictionarySetRequest;
import grpc.cache_client._DictionarySetResponse;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._IncrementResponse;
import grpc.cache_client._ItemGetTtlRequest;
import grpc.cache_client._ItemGetTtlResponse;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._ItemGetTypeResponse;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._KeysExistResponse;
import grpc.cache_client._SetBatchRequest;
import grpc.cache_client._SetIfNotExistsRequest;
import grpc.cache_client._SetIfNotExistsResponse;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import grpc.cache_client._UpdateTtlRequest;
import grpc.cache_client._UpdateTtlResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * The calls on items, each in the cache that its metadata names. Calls that are not here (sets,
 * lists, sorted sets) are answered with UNIMPLEMENTED by the generated base class.
 */
final class CacheItemService extends ScsGrpc.ScsImplBase {
  private final CacheStorage storage;

  CacheItemService(CacheStorage storage) {
    this.storage = storage;
  }

  private StoredCache cache() {
    return storage.get(CacheCallInterceptor.CACHE_NAME.get());
  }

  @Override
  public void get(_GetRequest request, StreamObserver<_GetResponse> observer) {
    CacheReply.with(observer, ScalarOperations.get(cache(), request.getCacheKey()));
  }

  @Override
  public void getBatch(_GetBatchRequest request, StreamObserver<_GetResponse> observer) {
    StoredCache cache = cache();
    CacheReply.withEach(
        observer,
        request.getItemsList().stream()
            .map(item -> ScalarOperations.get(cache, item.getCacheKey()))
            .toList());
  }

  @Override
  public void set(_SetRequest request, StreamObserver<_SetResponse> observer) {
    CacheReply.with(observer, ScalarOperations.set(cache(), request));
  }

  @Override
  public void setBatch(_SetBatchRequest request, StreamObserver<_SetResponse> observer) {
    StoredCache cache = cache();
    request.getItemsList().forEach(ScalarOperations::check);
    CacheReply.withEach(
        observer,
        request.getItemsList().stream().map(item -> ScalarOperations.set(cache, item)).toList());
  }

  @Override
  public void setIf(_SetIfRequest request, StreamObserver<_SetIfResponse> observer) {
    boolean stored =
        ScalarOperations.setIf(
            cache(),
            request.getCacheKey(),
            request.getCacheBody(),
            request.getTtlMilliseconds(),
            ScalarOperations.condition(request));
    _SetIfResponse.Builder response = _SetIfResponse.newBuilder();
    CacheReply.with(
        observer,
        stored
            ? response.setStored(_SetIfResponse._Stored.getDefaultInstance()).build()
            : response.setNotStored(_SetIfResponse._NotStored.getDefaultInstance()).build());
  }

  /** The older form of SetIf with the condition "absent"; the Java SDK still uses it. */
  @Deprecated
  @Override
  public void setIfNotExists(
      _SetIfNotExistsRequest request, StreamObserver<_SetIfNotExistsResponse> observer) {
    boolean stored =
        ScalarOperations.setIf(
            cache(),
            request.getCacheKey(),
            request.getCacheBody(),
            request.getTtlMilliseconds(),
            Optional::isEmpty);
    _SetIfNotExistsResponse.Builder response = _SetIfNotExistsResponse.newBuilder();
    CacheReply.with(
        observer,
        stored
            ? response.setStored(_SetIfNotExistsResponse._Stored.getDefaultInstance()).build()
            : response
                .setNotStored(_SetIfNotExistsResponse._NotStored.getDefaultInstance())
                .build());
  }

  @Override
  public void increment(_IncrementRequest request, StreamObserver<_IncrementResponse> observer) {
    long sum = ScalarOperations.increment(cache(), request);
    CacheReply.with(observer, _IncrementResponse.newBuilder().setValue(sum).build());
  }

  @Override
  public void delete(_DeleteRequest request, StreamObserver<_DeleteResponse> observer) {
    cache().remove(request.getCacheKey());
    CacheReply.with(observer, _DeleteResponse.getDefaultInstance());
  }

  @Override
  public void keysExist(_KeysExistRequest request, StreamObserver<_KeysExistResponse> observer) {
    StoredCache cache = cache();
    _KeysExistResponse.Builder response = _KeysExistResponse.newBuilder();
    request.getCacheKeysList().forEach(key -> response.addExists(cache.find(key).isPresent()));
    CacheReply.with(observer, response.build());
  }

  @Override
  public void itemGetType(
      _ItemGetTypeRequest request, StreamObserver<_ItemGetTypeResponse> observer) {
    _ItemGetTypeResponse.Builder response = _ItemGetTypeResponse.newBuilder();
    cache()
        .find(request.getCacheKey())
        .ifPresentOrElse(
            item -> response.getFoundBuilder().setItemType(type(item)),
            response::getMissingBuilder);
    CacheReply.with(observer, response.build());
  }

  private static _ItemGetTypeResponse.ItemType type(CacheItem item) {
    return item.value() instanceof Dictionary
        ? _ItemGetTypeResponse.ItemType.DICTIONARY
        : _ItemGetTypeResponse.ItemType.SCALAR;
  }

  @Override
  public void itemGetTtl(_ItemGetTtlRequest request, StreamObserver<_ItemGetTtlResponse> observer) {
    CacheReply.with(observer, TtlOperations.get(cache(), request.getCacheKey()));
  }

  @Override
  public void updateTtl(_UpdateTtlRequest request, StreamObserver<_UpdateTtlResponse> observer) {
    CacheReply.with(observer, TtlOperations.update(cache(), request));
  }

  @Override
  public void dictionaryGet(
      _DictionaryGetRequest request, StreamObserver<_DictionaryGetResponse> observer) {
    CacheReply.with(observer, DictionaryOperations.get(cache(), request));
  }

  @Override
  public void dictionaryFetch(
      _DictionaryFetchRequest request, StreamObserver<_DictionaryFetchResponse> observer) {
    ByteString name = request.getDictionaryName();
    CacheReply.with(observer, DictionaryOperations.fetch(cache(), name));
  }

  @Override
  public void dictionaryLength(
      _DictionaryLengthRequest request, StreamObserver<_DictionaryLengthResponse> observer) {
    ByteString name = request.getDictionaryName();
    CacheReply.with(observer, DictionaryOperations.length(cache(), name));
  }

  @Override
  public void dictionarySet(
      _DictionarySetRequest request, StreamObserver<_DictionarySetResponse> observer) {
    DictionaryOperations.set(cache(), request);
    CacheReply.with(observer, _DictionarySetResponse.getDefaultInstance());
  }

  @Override
  public void dictionaryIncrement(
      _DictionaryIncrementRequest request, StreamObserver<_DictionaryIncrementResponse> observer) {
    long sum = DictionaryOperations.increment(cache(), request);
    CacheReply.with(observer, _DictionaryIncrementResponse.newBuilder().setValue(sum).build());
  }

  @Override
  public void dictionaryDelete(
      _DictionaryDeleteRequest request, StreamObserver<_DictionaryDeleteResponse> observer) {
    DictionaryOperations.delete(cache(), request);
    CacheReply.with(observer, _DictionaryDeleteResponse.getDefaultInstance());
  }
}
