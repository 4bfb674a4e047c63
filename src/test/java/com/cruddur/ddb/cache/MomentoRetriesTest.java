package com.cruddur.ddb.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.cache.CacheException.Kind;
import grpc.cache_client.ECacheResult;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._DeleteResponse;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._IncrementResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import momento.sdk.CacheClient;
import momento.sdk.config.middleware.Middleware;
import momento.sdk.config.middleware.MiddlewareMessage;
import momento.sdk.config.middleware.MiddlewareMetadata;
import momento.sdk.config.middleware.MiddlewareRequestHandler;
import momento.sdk.config.middleware.MiddlewareRequestHandlerContext;
import momento.sdk.config.middleware.MiddlewareStatus;
import momento.sdk.exceptions.SdkException;
import momento.sdk.exceptions.UnknownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent again when a service fails, and that it is told what is wrong. */
class MomentoRetriesTest {
  /** How often the service fails before it answers. */
  private final AtomicInteger failures = new AtomicInteger();

  private final AtomicInteger asked = new AtomicInteger();
  private volatile Status failure = Status.UNAVAILABLE;
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))
            .addService(new FailingService())
            .build()
            .start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  private CacheSettings settings() {
    return CacheSettings.local(Map.of(), server.getPort());
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "INTERNAL"})
  void whatMayBeSentTwiceIsSentAgain(Status.Code code) {
    failure = code.toStatus();
    try (MomentoCache cache = MomentoCache.open(settings())) {
      failures.set(3);
      assertThat(cache.get("some", "key")).isEqualTo(new CacheResult.Miss<byte[]>());
      assertThat(asked).hasValue(4);

      failures.set(3);
      cache.evict("some", "key");
      assertThat(asked).hasValue(8);
    }
  }

  @Test
  void itIsGivenUpAfterThreeMore() {
    failures.set(100);
    try (MomentoCache cache = MomentoCache.open(settings())) {
      assertThatThrownBy(() -> cache.get("some", "key").orThrow())
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
    }
    assertThat(asked).hasValue(4);
  }

  @Test
  void anIncrementIsSentOnce() {
    failures.set(1);
    try (MomentoCache cache = MomentoCache.open(settings())) {
      assertThatThrownBy(() -> cache.increment("some", "key", 1, Duration.ofSeconds(60)))
          .isInstanceOf(CacheException.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void anAnswerThatStandsIsNotAskedForAgain() {
    failures.set(1);
    failure = Status.PERMISSION_DENIED;
    try (MomentoCache cache = MomentoCache.open(settings())) {
      assertThatThrownBy(() -> cache.get("some", "key").orThrow())
          .isInstanceOf(CacheException.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoCanDoWithoutTheCacheAsksOnce() {
    failures.set(1);
    try (MomentoCache cache = MomentoCache.openForPages(settings())) {
      assertThatThrownBy(() -> cache.pages().currentLease("list"))
          .isInstanceOf(CacheException.class);
    }
    assertThat(asked).hasValue(1);
  }

  /**
   * A call that fails while the thread that makes it is held up: with the SDK's own retries it
   * ended with "call already half-closed", exit code 1.
   */
  @Test
  void aCallThatFailsBeforeItIsSentIsToldAsWhatItIs() throws Exception {
    CacheSettings nobody = CacheSettings.local(Map.of(), server.getPort());
    stop();
    HeldUp heldUp = new HeldUp();
    try (CacheClient client =
        CacheClient.builder(
                MomentoClients.credentials(nobody),
                MomentoClients.configuration().withMiddleware(heldUp),
                nobody.ttl())
            .build()) {
      Object answer = client.get("some", "key").get(20, TimeUnit.SECONDS);

      assertThat(heldUp.hasFailed).isTrue();
      assertThat(answer).isInstanceOf(SdkException.class);
      CacheException told = new CacheErrors(nobody).of((SdkException) answer, "some");
      assertThat(told.kind()).as("%s", told).isEqualTo(Kind.UNREACHABLE);
      assertThat(told).hasMessageEndingWith(": nothing answers");
    }
  }

  @Test
  void aFailureOfTheNetworkInsideAnErrorWithoutANameIsToldAsOne() {
    assertUnreachable(
        Status.UNAVAILABLE
            .withDescription("Unable to resolve host cache.example.invalid")
            .asRuntimeException());
    assertUnreachable(new IOException(new UnknownHostException("cache.example.invalid")));
    assertThat(told(new IllegalStateException("call already half-closed")).kind())
        .isEqualTo(Kind.FAILED);
    assertThat(told(Status.INTERNAL.asRuntimeException()).kind()).isEqualTo(Kind.FAILED);
  }

  private static void assertUnreachable(Throwable cause) {
    CacheException told = told(cause);
    assertThat(told.kind()).as("%s", told).isEqualTo(Kind.UNREACHABLE);
  }

  private static CacheException told(Throwable cause) {
    return new CacheErrors(CacheSettings.local(Map.of(), 1))
        .of(new UnknownException("failed", new ExecutionException(cause)), "some");
  }

  /** A service that fails as often as it is told to. */
  private final class FailingService extends ScsGrpc.ScsImplBase {
    @Override
    public void get(_GetRequest request, StreamObserver<_GetResponse> to) {
      answer(to, _GetResponse.newBuilder().setResult(ECacheResult.Miss).build());
    }

    @Override
    public void delete(_DeleteRequest request, StreamObserver<_DeleteResponse> to) {
      answer(to, _DeleteResponse.getDefaultInstance());
    }

    @Override
    public void increment(_IncrementRequest request, StreamObserver<_IncrementResponse> to) {
      answer(to, _IncrementResponse.getDefaultInstance());
    }

    private <T> void answer(StreamObserver<T> to, T answer) {
      asked.incrementAndGet();
      if (failures.getAndDecrement() > 0) {
        to.onError(failure.asRuntimeException());
        return;
      }
      failures.set(0);
      to.onNext(answer);
      to.onCompleted();
    }
  }

  /** Holds up the first call until it has failed, and whoever sends it again has sent it. */
  private static final class HeldUp implements Middleware, MiddlewareRequestHandler {
    private static final int AGAIN_MILLIS = 300;

    private final AtomicBoolean held = new AtomicBoolean();
    private volatile boolean hasFailed;
    private final Semaphore failed = new Semaphore(0);
    private final Semaphore sentAgain = new Semaphore(0);

    @Override
    public MiddlewareRequestHandler onNewRequest(MiddlewareRequestHandlerContext context) {
      return this;
    }

    @Override
    public CompletableFuture<MiddlewareMessage> onRequestBody(MiddlewareMessage request) {
      if (!held.compareAndSet(false, true)) {
        sentAgain.release();
        return CompletableFuture.completedFuture(request);
      }
      try {
        hasFailed = failed.tryAcquire(10, TimeUnit.SECONDS);
        // That nobody sends it again cannot be seen otherwise than by waiting.
        if (sentAgain.tryAcquire(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          Thread.sleep(AGAIN_MILLIS);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return CompletableFuture.completedFuture(request);
    }

    @Override
    public CompletableFuture<MiddlewareStatus> onResponseStatus(MiddlewareStatus status) {
      failed.release();
      return CompletableFuture.completedFuture(status);
    }

    @Override
    public CompletableFuture<MiddlewareMetadata> onRequestMetadata(MiddlewareMetadata metadata) {
      return CompletableFuture.completedFuture(metadata);
    }

    @Override
    public CompletableFuture<MiddlewareMetadata> onResponseMetadata(MiddlewareMetadata metadata) {
      return CompletableFuture.completedFuture(metadata);
    }

    @Override
    public CompletableFuture<MiddlewareMessage> onResponseBody(MiddlewareMessage response) {
      return CompletableFuture.completedFuture(response);
    }
  }
}
