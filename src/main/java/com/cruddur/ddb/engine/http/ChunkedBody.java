package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.http.RequestHead.BadHead;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The body of a request with {@code Transfer-Encoding: chunked} (RFC 9112, 7.1): chunks, each after
 * its size, one of size 0, trailers. Extensions and trailers are dropped. What is not exactly that
 * is refused: nobody could say where the next request begins.
 */
final class ChunkedBody {
  private static final int MOST_DIGITS = 15;
  private static final int MOST_OF_EXTENSIONS = 1024;

  private final InputStream in;
  private final int most;
  private byte[] body = new byte[8 * 1024];
  private int length;

  private ChunkedBody(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /**
   * Reads a body to its end.
   *
   * @param in buffered
   * @param most bytes that it may have
   * @throws BadHead 400 if it is malformed, 413 if it is too large, 431 if its trailers are
   */
  static byte[] read(InputStream in, int most) throws IOException {
    ChunkedBody chunks = new ChunkedBody(in, most);
    for (int size = chunks.size(); size > 0; size = chunks.size()) {
      chunks.append(size);
      chunks.expect('\r');
      chunks.expect('\n');
    }
    if (RequestHead.fields(in) == null) {
      throw new EOFException();
    }
    return Arrays.copyOf(chunks.body, chunks.length);
  }

  /** The line before a chunk, such as {@code 1a3;name=value}. */
  private int size() throws IOException {
    long size = 0;
    int digits = 0;
    int next = next();
    for (; digits < MOST_DIGITS && Character.digit(next, 16) >= 0; digits++) {
      size = size << 4 | Character.digit(next, 16);
      next = next();
    }
    if (digits == 0) {
      throw new BadHead(400);
    }
    skipExtensions(next);
    if (size > most - length) {
      throw new BadHead(413);
    }
    return (int) size;
  }

  private void skipExtensions(int first) throws IOException {
    int next = first;
    if (next == ';') {
      for (int left = MOST_OF_EXTENSIONS; next != '\r' && next != '\n' && left > 0; left--) {
        next = next();
      }
    }
    if (next != '\r') {
      throw new BadHead(400);
    }
    expect('\n');
  }

  /** Takes up what comes, and no room for what only was announced. */
  private void append(int size) throws IOException {
    for (int left = size; left > 0; ) {
      if (length == body.length) {
        body = Arrays.copyOf(body, length * 2);
      }
      int read = in.read(body, length, Math.min(left, body.length - length));
      if (read < 0) {
        throw new EOFException();
      }
      length += read;
      left -= read;
    }
  }

  private void expect(char wanted) throws IOException {
    if (next() != wanted) {
      throw new BadHead(400);
    }
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }
}
