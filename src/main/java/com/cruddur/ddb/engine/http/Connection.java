package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.http.RequestHead.BadHead;
import com.cruddur.ddb.engine.item.ByteSink;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One client's connection: requests and answers in turn, until either side has enough or nothing
 * comes for a minute. It has a thread of its own, which blocks; that is what answers soonest.
 */
final class Connection implements Runnable {
  private static final int IDLE_MILLIS = 60_000;
  private static final int LINGER_MILLIS = 1_000;
  private static final int BUFFER = 16 * 1024;

  /** AWS takes 16 MB and not a byte more. */
  private static final int MOST_BODY = 16 * 1024 * 1024;

  /** What is still read of a body that is too large, so that the client sees the answer. */
  private static final long MOST_DRAINED = 64L * 1024 * 1024;

  private final Socket socket;
  private final Protocol protocol;
  private final AnswerBuffers buffers;
  private final Runnable atEnd;

  Connection(Socket socket, Protocol protocol, AnswerBuffers buffers, Runnable atEnd) {
    this.socket = socket;
    this.protocol = protocol;
    this.buffers = buffers;
    this.atEnd = atEnd;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(IDLE_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      OutputStream out = socket.getOutputStream();
      boolean open = true;
      while (open) {
        open = serve(in, out);
      }
      linger(in);
    } catch (IOException gone) {
      // The client left, said nothing for a minute, or the server stops: nobody waits for an
      // answer.
    } finally {
      atEnd.run();
    }
  }

  /** Reads what still comes: a close with bytes unread takes back the answer. */
  private void linger(InputStream in) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    long left = MOST_DRAINED;
    for (long read = in.skip(left); read > 0; read = in.skip(left)) {
      left -= read;
    }
  }

  private boolean serve(InputStream in, OutputStream out) throws IOException {
    RequestHead head;
    byte[] body;
    try {
      head = RequestHead.read(in);
      if (head == null) {
        return false;
      }
      body = body(head, in, out);
    } catch (BadHead bad) {
      write(out, Answer.last(bad.status()), false);
      return false;
    }
    ByteSink bytes = buffers.take();
    try {
      Answer answer = protocol.answer(head, body, bytes);
      boolean open = head.keepsAlive() && !answer.last();
      write(out, answer, open);
      return open;
    } finally {
      buffers.giveBack(bytes);
    }
  }

  private static byte[] body(RequestHead head, InputStream in, OutputStream out)
      throws IOException {
    boolean chunked = head.isChunked();
    int length = chunked ? 0 : length(head.header("content-length"));
    if ("100-continue".equalsIgnoreCase(head.header("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    if (chunked) {
      return ChunkedBody.read(in, MOST_BODY);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  private static int length(String header) throws BadHead {
    if (header == null) {
      return 0;
    }
    long length;
    try {
      length = Long.parseLong(header);
    } catch (NumberFormatException notANumber) {
      throw new BadHead(400);
    }
    if (!Character.isDigit(header.charAt(0))) {
      throw new BadHead(400);
    }
    if (length > MOST_BODY) {
      throw new BadHead(413);
    }
    return (int) length;
  }

  private static void write(OutputStream out, Answer answer, boolean open) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(answer.body(), 0, answer.length());
    StringBuilder head = new StringBuilder(400);
    head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason(answer.status()));
    line(head, "Server", "ddb");
    line(head, "Date", HttpDate.now());
    line(head, "Content-Type", "application/x-amz-json-1.0");
    line(head, "Content-Length", Integer.toString(answer.length()));
    line(head, "Connection", open ? "keep-alive" : "close");
    if (open) {
      line(head, "Keep-Alive", "timeout=" + IDLE_MILLIS / 1000 / 2);
    }
    line(head, "x-amzn-RequestId", RequestIds.next());
    line(head, "x-amz-crc32", Long.toString(crc.getValue()));
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      line(head, header.getKey(), header.getValue());
    }
    byte[] start = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    if (answer.length() > BUFFER) {
      out.write(start);
      out.write(answer.body(), 0, answer.length());
    } else {
      // In one piece: two would be two packets.
      byte[] whole = Arrays.copyOf(start, start.length + answer.length());
      System.arraycopy(answer.body(), 0, whole, start.length, answer.length());
      out.write(whole);
    }
    out.flush();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append("\r\n").append(name).append(": ").append(value);
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 413 -> "Request Entity Too Large";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Bad Request";
    };
  }

  /** The Date header, made once a second. */
  private static final class HttpDate {
    private record Made(long second, String text) {}

    private static volatile Made last = new Made(0, "");

    static String now() {
      long second = System.currentTimeMillis() / 1000;
      Made made = last;
      if (made.second != second) {
        made =
            new Made(
                second,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        last = made;
      }
      return made.text;
    }
  }
}
