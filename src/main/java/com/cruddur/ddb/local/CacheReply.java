package com.cruddur.ddb.local;

import io.grpc.stub.StreamObserver;
import java.util.List;

/** Ends a call with its answer. */
final class CacheReply {
  private CacheReply() {}

  static <T> void with(StreamObserver<T> observer, T answer) {
    observer.onNext(answer);
    observer.onCompleted();
  }

  /** Takes all answers at once, so that a call that fails has not answered in part. */
  static <T> void withEach(StreamObserver<T> observer, List<T> answers) {
    answers.forEach(observer::onNext);
    observer.onCompleted();
  }
}
