package com.cruddur.ddb.training;

import grpc.cache_client.ECacheResult;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._DeleteResponse;
import grpc.cache_client._DictionaryGetRequest;
import grpc.cache_client._DictionaryGetResponse;
import grpc.cache_client._DictionarySetRequest;
import grpc.cache_client._DictionarySetResponse;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._SetIfNotExistsRequest;
import grpc.cache_client._SetIfNotExistsResponse;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A stand-in for a cache server on a free port of 127.0.0.1, in which nothing is ever there. */
final class StubMomento extends ScsGrpc.ScsImplBase implements AutoCloseable {
  private final Server server;

  StubMomento() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void get(_GetRequest request, StreamObserver<_GetResponse> observer) {
    answer(observer, _GetResponse.newBuilder().setResult(ECacheResult.Miss).build());
  }

  @Override
  public void set(_SetRequest request, StreamObserver<_SetResponse> observer) {
    answer(observer, _SetResponse.newBuilder().setResult(ECacheResult.Ok).build());
  }

  @Deprecated
  @Override
  public void setIfNotExists(
      _SetIfNotExistsRequest request, StreamObserver<_SetIfNotExistsResponse> observer) {
    answer(
        observer,
        _SetIfNotExistsResponse.newBuilder()
            .setStored(_SetIfNotExistsResponse._Stored.getDefaultInstance())
            .build());
  }

  @Override
  public void delete(_DeleteRequest request, StreamObserver<_DeleteResponse> observer) {
    answer(observer, _DeleteResponse.getDefaultInstance());
  }

  @Override
  public void dictionaryGet(
      _DictionaryGetRequest request, StreamObserver<_DictionaryGetResponse> observer) {
    answer(
        observer,
        _DictionaryGetResponse.newBuilder()
            .setMissing(_DictionaryGetResponse._Missing.getDefaultInstance())
            .build());
  }

  @Override
  public void dictionarySet(
      _DictionarySetRequest request, StreamObserver<_DictionarySetResponse> observer) {
    answer(observer, _DictionarySetResponse.getDefaultInstance());
  }

  private static <R> void answer(StreamObserver<R> observer, R response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
