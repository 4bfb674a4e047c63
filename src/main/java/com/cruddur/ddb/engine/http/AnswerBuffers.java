package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.item.ByteSink;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Where answers are written, used again and again: a page of 1 MB that begins small and grows would
 * leave twice its size as garbage each time.
 */
final class AnswerBuffers {
  private static final int MOST = 8;
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final int SMALLEST = 1024;

  private final BlockingQueue<ByteSink> idle = new ArrayBlockingQueue<>(MOST);

  /** An empty one, for the caller alone. */
  ByteSink take() {
    ByteSink buffer = idle.poll();
    return buffer == null ? new ByteSink(SMALLEST) : buffer;
  }

  /** One that nobody reads any more. */
  void giveBack(ByteSink buffer) {
    if (buffer.array().length <= LARGEST) {
      buffer.clear();
      idle.offer(buffer);
    }
  }
}
