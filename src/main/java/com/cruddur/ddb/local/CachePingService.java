package com.cruddur.ddb.local;

import grpc.cache_client.PingGrpc;
import grpc.cache_client._PingRequest;
import grpc.cache_client._PingResponse;
import io.grpc.stub.StreamObserver;

/** Answers that the server is there. */
final class CachePingService extends PingGrpc.PingImplBase {
  @Override
  public void ping(_PingRequest request, StreamObserver<_PingResponse> observer) {
    CacheReply.with(observer, _PingResponse.getDefaultInstance());
  }
}
