package com.cruddur.ddb.local;

import static com.cruddur.ddb.local.CacheServerHarness.await;
import static com.cruddur.ddb.local.CacheServerHarness.errorCode;
import static com.cruddur.ddb.local.CacheServerHarness.naming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import grpc.cache_client.PingGrpc;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._PingRequest;
import grpc.cache_client._SetBatchRequest;
import grpc.cache_client._SetRequest;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.control_client.ScsControlGrpc;
import grpc.control_client._CreateSigningKeyRequest;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import momento.sdk.CacheClient;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.responses.cache.control.CacheListResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheServerTest {
  @RegisterExtension final CacheServerHarness harness = new CacheServerHarness();

  @Test
  void answersPing() {
    assertThat(PingGrpc.newBlockingStub(harness.channel()).ping(_PingRequest.getDefaultInstance()))
        .isNotNull();
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    try (CacheServer server = CacheServer.start(0)) {
      for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : network.inetAddresses().toList()) {
          if (!address.isLoopbackAddress()) {
            assertThatIOException().as("%s", address).isThrownBy(() -> connect(address, server));
          }
        }
      }
      connect(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server);
    }
  }

  private static void connect(InetAddress address, CacheServer server) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, server.port()), 500);
    }
  }

  @Test
  void portThatIsTakenIsAnIoException() throws IOException {
    try (CacheServer first = CacheServer.start(0)) {
      assertThatIOException().isThrownBy(() -> CacheServer.start(first.port()));
    }
  }

  @Test
  void closeWithAClientConnectedFreesThePort() throws IOException {
    CacheServer server = CacheServer.start(0);
    int port = server.port();
    try (CacheClient client = CacheServerHarness.clientOf(port, "")) {
      await(client.listCaches());
      server.close();

      // A client of its own: the first one may still be pausing before it connects again.
      try (CacheServer again = CacheServer.start(port);
          CacheClient next = CacheServerHarness.clientOf(port, "")) {
        assertThat(again.port()).isEqualTo(port);
        assertThat(await(next.listCaches())).isInstanceOf(CacheListResponse.Success.class);
      }
    }
  }

  @Test
  void callThatIsNotServedIsUnimplemented() {
    String cache = harness.newCache();

    assertThat(errorCode(harness.client().setAddElement(cache, "set", "element")))
        .isEqualTo(MomentoErrorCode.BAD_REQUEST_ERROR);
    assertThat(
            statusOf(
                () ->
                    ScsControlGrpc.newBlockingStub(harness.channel())
                        .createSigningKey(_CreateSigningKeyRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(
            statusOf(
                () ->
                    PubsubGrpc.newBlockingStub(harness.channel())
                        .publish(_PublishRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void callWithoutACacheIsInvalid() {
    assertThat(
            statusOf(
                () ->
                    ScsGrpc.newBlockingStub(harness.channel())
                        .set(_SetRequest.newBuilder().setTtlMilliseconds(1000).build())))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void failureNamesTheCacheInATrailerAndHasNoErr() {
    ScsGrpc.ScsBlockingStub stub = naming("missing", ScsGrpc.newBlockingStub(harness.channel()));

    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> stub.set(_SetRequest.newBuilder().setTtlMilliseconds(1000).build()))
        .satisfies(
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(failure.getTrailers().get(CacheCallInterceptor.CACHE))
                  .isEqualTo("missing");
              assertThat(failure.getTrailers().keys()).doesNotContain("err");
            });
  }

  @Test
  void requestOverTheMessageLimitIsResourceExhausted() {
    ScsGrpc.ScsBlockingStub stub =
        naming(harness.newCache(), ScsGrpc.newBlockingStub(harness.channel()));
    _SetRequest item =
        _SetRequest.newBuilder()
            .setTtlMilliseconds(1000)
            .setCacheBody(ByteString.copyFrom(new byte[5_000_000]))
            .build();
    _SetBatchRequest request =
        _SetBatchRequest.newBuilder().addAllItems(List.of(item, item, item, item)).build();

    assertThat(statusOf(() -> stub.setBatch(request).next()))
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void requestThatIsNoMessageIsInvalid() {
    MethodDescriptor<byte[], byte[]> get =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(ScsGrpc.getGetMethod().getFullMethodName())
            .setRequestMarshaller(new RawMarshaller())
            .setResponseMarshaller(new RawMarshaller())
            .build();

    Status.Code code =
        statusOf(
            () ->
                ClientCalls.blockingUnaryCall(
                    harness.channel(), get, CallOptions.DEFAULT, new byte[] {10, 127}));

    assertThat(code).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void anyKeyThatIsNoTokenOfOursIsLetIn() {
    String cache = harness.newCache();
    Metadata headers = new Metadata();
    headers.put(CacheCallInterceptor.AUTHORIZATION, "eyJhbGciOiJIUzI1NiJ9.e30.made-up");
    headers.put(CacheCallInterceptor.CACHE, cache);

    assertThat(
            ScsGrpc.newBlockingStub(harness.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .set(_SetRequest.newBuilder().setTtlMilliseconds(1000).build()))
        .isNotNull();
  }

  private static Status.Code statusOf(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }

  private static final class RawMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
