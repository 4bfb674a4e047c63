package com.cruddur.ddb.local;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses a call on keys that its token is not for. It has to see the message. */
final class KeyInterceptor implements ServerInterceptor {
  /** Of single items, of batches, of dictionaries. */
  private static final Set<String> FIELDS = Set.of("cache_key", "cache_keys", "dictionary_name");

  private final DisposableTokens tokens;

  KeyInterceptor(DisposableTokens tokens) {
    this.tokens = tokens;
  }

  ServerServiceDefinition around(BindableService service) {
    return ServerInterceptors.intercept(service, this);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String token = headers.get(CacheCallInterceptor.AUTHORIZATION);
    if (!DisposableTokens.isDisposable(token)) {
      return next.startCall(call, headers);
    }
    String cache = String.valueOf(headers.get(CacheCallInterceptor.CACHE));
    CacheAccess access = CacheAccess.of(call.getMethodDescriptor());
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        tokens.check(token, access, cache, keys((Message) message));
        super.onMessage(message);
      }
    };
  }

  private static List<ByteString> keys(Message message) {
    List<ByteString> keys = new ArrayList<>();
    collect(message, keys);
    return keys;
  }

  private static void collect(Message message, List<ByteString> keys) {
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      boolean key = FIELDS.contains(field.getKey().getName());
      List<?> values = field.getValue() instanceof List<?> many ? many : List.of(field.getValue());
      for (Object value : values) {
        if (key && value instanceof ByteString bytes) {
          keys.add(bytes);
        } else if (value instanceof Message nested) {
          collect(nested, keys);
        }
      }
    }
  }
}
