package com.cruddur.ddb.local;

import com.cruddur.ddb.local.CacheItem.Dictionary;
import com.cruddur.ddb.local.StoredCache.Change;
import com.google.protobuf.ByteString;
import grpc.cache_client.ECacheResult;
import grpc.cache_client._DictionaryDeleteRequest;
import grpc.cache_client._DictionaryFetchResponse;
import grpc.cache_client._DictionaryFieldValuePair;
import grpc.cache_client._DictionaryGetRequest;
import grpc.cache_client._DictionaryGetResponse;
import grpc.cache_client._DictionaryGetResponse._DictionaryGetResponsePart;
import grpc.cache_client._DictionaryIncrementRequest;
import grpc.cache_client._DictionaryLengthResponse;
import grpc.cache_client._DictionarySetRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What can be done to dictionaries. A dictionary is there from its first field to its last, and
 * expires as a whole; a change that does not ask to refresh the TTL keeps the one it has.
 */
final class DictionaryOperations {
  private DictionaryOperations() {}

  static _DictionaryGetResponse get(StoredCache cache, _DictionaryGetRequest request) {
    _DictionaryGetResponse.Builder response = _DictionaryGetResponse.newBuilder();
    fields(cache, request.getDictionaryName())
        .ifPresentOrElse(
            fields ->
                request
                    .getFieldsList()
                    .forEach(name -> response.getFoundBuilder().addItems(part(fields.get(name)))),
            response::getMissingBuilder);
    return response.build();
  }

  private static _DictionaryGetResponsePart.Builder part(ByteString value) {
    return value == null
        ? _DictionaryGetResponsePart.newBuilder().setResult(ECacheResult.Miss)
        : _DictionaryGetResponsePart.newBuilder().setResult(ECacheResult.Hit).setCacheBody(value);
  }

  static _DictionaryFetchResponse fetch(StoredCache cache, ByteString name) {
    _DictionaryFetchResponse.Builder response = _DictionaryFetchResponse.newBuilder();
    fields(cache, name)
        .ifPresentOrElse(
            fields ->
                fields.forEach(
                    (field, value) ->
                        response
                            .getFoundBuilder()
                            .addItems(
                                _DictionaryFieldValuePair.newBuilder()
                                    .setField(field)
                                    .setValue(value))),
            response::getMissingBuilder);
    return response.build();
  }

  static _DictionaryLengthResponse length(StoredCache cache, ByteString name) {
    _DictionaryLengthResponse.Builder response = _DictionaryLengthResponse.newBuilder();
    fields(cache, name)
        .ifPresentOrElse(
            fields -> response.getFoundBuilder().setLength(fields.size()),
            response::getMissingBuilder);
    return response.build();
  }

  static void set(StoredCache cache, _DictionarySetRequest request) {
    Duration ttl = CacheLimits.ttl(request.getTtlMilliseconds());
    request.getItemsList().forEach(item -> CacheLimits.checkElement(item.getValue()));
    cache.<Void>change(
        request.getDictionaryName(),
        before -> {
          Map<ByteString, ByteString> fields = copy(before);
          request.getItemsList().forEach(item -> fields.put(item.getField(), item.getValue()));
          long deadline = deadline(cache, before, ttl, request.getRefreshTtl());
          return changed(cache, request.getDictionaryName(), fields, deadline, null);
        });
  }

  static long increment(StoredCache cache, _DictionaryIncrementRequest request) {
    Duration ttl = CacheLimits.ttl(request.getTtlMilliseconds());
    return cache.change(
        request.getDictionaryName(),
        before -> {
          Map<ByteString, ByteString> fields = copy(before);
          Optional<ByteString> number = Optional.ofNullable(fields.get(request.getField()));
          long sum = ScalarOperations.sum(number, request.getAmount());
          fields.put(request.getField(), ByteString.copyFromUtf8(Long.toString(sum)));
          long deadline = deadline(cache, before, ttl, request.getRefreshTtl());
          return changed(cache, request.getDictionaryName(), fields, deadline, sum);
        });
  }

  static void delete(StoredCache cache, _DictionaryDeleteRequest request) {
    cache.<Void>change(
        request.getDictionaryName(),
        before -> {
          Map<ByteString, ByteString> fields = copy(before);
          switch (request.getDeleteCase()) {
            case SOME -> request.getSome().getFieldsList().forEach(fields::remove);
            case ALL -> fields.clear();
            case DELETE_NOT_SET ->
                throw Status.INVALID_ARGUMENT
                    .withDescription("DictionaryDelete of neither some fields nor all")
                    .asRuntimeException();
          }
          long deadline = before.map(CacheItem::deadline).orElse(0L);
          return changed(cache, request.getDictionaryName(), fields, deadline, null);
        });
  }

  private static Optional<Map<ByteString, ByteString>> fields(StoredCache cache, ByteString name) {
    return cache.find(name).map(CacheItem::fields);
  }

  private static Map<ByteString, ByteString> copy(Optional<CacheItem> before) {
    return before.map(CacheItem::fields).map(LinkedHashMap::new).orElseGet(LinkedHashMap::new);
  }

  private static long deadline(
      StoredCache cache, Optional<CacheItem> before, Duration ttl, boolean refresh) {
    return before.isPresent() && !refresh ? before.get().deadline() : cache.deadline(ttl);
  }

  private static <R> Change<R> changed(
      StoredCache cache,
      ByteString name,
      Map<ByteString, ByteString> fields,
      long deadline,
      R result) {
    if (fields.isEmpty()) {
      return new Change<>(Optional.empty(), result);
    }
    Dictionary dictionary = new Dictionary(Collections.unmodifiableMap(fields));
    return Change.to(cache.item(name, dictionary, deadline), result);
  }
}
