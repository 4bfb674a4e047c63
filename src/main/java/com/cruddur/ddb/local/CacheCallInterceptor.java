package com.cruddur.ddb.local;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * What every call has in common: the cache's name and the key come as metadata, a disposable token
 * may do what it was issued for only, and every exception becomes a status. A failed call carries
 * the trailer {@code cache}, which the SDKs put into their message.
 */
final class CacheCallInterceptor implements ServerInterceptor {
  static final Metadata.Key<String> CACHE =
      Metadata.Key.of("cache", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** The cache that the current call names; empty when it names none. */
  static final Context.Key<String> CACHE_NAME = Context.keyWithDefault("cache", "");

  private final DisposableTokens tokens;

  CacheCallInterceptor(DisposableTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String cache = headers.containsKey(CACHE) ? headers.get(CACHE) : "";
    ServerCall<Q, R> named = new NamingCall<>(call, cache);
    try {
      tokens.check(headers.get(AUTHORIZATION), CacheAccess.of(call.getMethodDescriptor()), cache);
    } catch (StatusRuntimeException e) {
      close(named, e);
      return new ServerCall.Listener<>() {};
    }
    Context context = Context.current().withValue(CACHE_NAME, cache);
    return Contexts.interceptCall(
        context,
        named,
        headers,
        (sameCall, sameHeaders) ->
            new FailureListener<>(sameCall, next.startCall(sameCall, sameHeaders)));
  }

  private static void close(ServerCall<?, ?> call, RuntimeException failure) {
    Status status = Status.fromThrowable(failure);
    if (status.getCode() == Status.Code.UNKNOWN) {
      status = Status.INTERNAL.withDescription(failure.toString()).withCause(failure);
    }
    Metadata trailers = Status.trailersFromThrowable(failure);
    call.close(status, trailers == null ? new Metadata() : trailers);
  }

  /** Adds the cache's name to the trailers of a failure. */
  private static final class NamingCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final String cache;

    NamingCall(ServerCall<Q, R> call, String cache) {
      super(call);
      this.cache = cache;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!status.isOk() && !cache.isEmpty() && !trailers.containsKey(CACHE)) {
        trailers.put(CACHE, cache);
      }
      super.close(status, trailers);
    }
  }

  /**
   * Closes the call when its message cannot be read or its handler throws, which handlers do before
   * their first answer only.
   */
  private static final class FailureListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private boolean failed;

    FailureListener(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      try {
        super.onMessage(message);
      } catch (RuntimeException e) {
        // What gRPC cannot read is INTERNAL to it; a token that is refused has another status.
        boolean refused =
            e instanceof StatusRuntimeException status
                && status.getStatus().getCode() != Status.Code.INTERNAL;
        fail(
            refused
                ? e
                : Status.INVALID_ARGUMENT
                    .withDescription("the request cannot be read")
                    .withCause(e)
                    .asRuntimeException());
      }
    }

    @Override
    public void onHalfClose() {
      if (failed) {
        return;
      }
      try {
        super.onHalfClose();
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    private void fail(RuntimeException failure) {
      failed = true;
      CacheCallInterceptor.close(call, failure);
    }
  }
}
