package com.cruddur.ddb.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The request line and headers of an HTTP/1.1 request.
 *
 * @param headers by their names in lower case; of one that comes twice the last counts, where it
 *     may
 */
record RequestHead(String method, String path, String version, Map<String, String> headers) {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_HEADERS = 200;
  private static final String NOT_IN_NAMES = "\"(),/:;<=>?@[\\]{}";

  /** Two of these would let others see another request in the same bytes. */
  private static final Set<String> ONCE = Set.of("content-length", "transfer-encoding", "host");

  /** A head that is not HTTP, or too long: the status to answer before the connection ends. */
  static final class BadHead extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    BadHead(int status) {
      super("status " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Reads up to the empty line.
   *
   * @param in buffered
   * @return null at the end of the stream
   */
  static RequestHead read(InputStream in) throws IOException {
    int[] left = {MOST_BYTES};
    String line = line(in, left);
    while (line != null && line.isEmpty()) {
      line = line(in, left);
    }
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new BadHead(400);
    }
    Map<String, String> headers = fields(in, left);
    return headers == null ? null : new RequestHead(parts[0], parts[1], parts[2], headers);
  }

  /**
   * Reads headers, or what else looks like them, up to the empty line.
   *
   * @return null at the end of the stream
   */
  static Map<String, String> fields(InputStream in) throws IOException {
    return fields(in, new int[] {MOST_BYTES});
  }

  private static Map<String, String> fields(InputStream in, int[] left) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String field = line(in, left); field != null; field = line(in, left)) {
      if (field.isEmpty()) {
        return fields;
      }
      int colon = field.indexOf(':');
      if (colon < 0 || fields.size() == MOST_HEADERS) {
        throw new BadHead(400);
      }
      String name = field.substring(0, colon).toLowerCase(Locale.ROOT);
      String before = fields.put(name, field.substring(colon + 1).strip());
      if (!isName(name) || before != null && ONCE.contains(name)) {
        throw new BadHead(400);
      }
    }
    return null;
  }

  /** A space in a name, or before the colon, has hidden many a header. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (each <= ' ' || each > '~' || NOT_IN_NAMES.indexOf(each) >= 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static String line(InputStream in, int[] left) throws IOException {
    byte[] bytes = new byte[256];
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (--left[0] < 0) {
        throw new BadHead(431);
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length * 2);
      }
      bytes[length++] = (byte) next;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** The header's value, or null. */
  String header(String name) {
    return headers.get(name);
  }

  /**
   * Whether the body comes in chunks.
   *
   * @throws BadHead if it comes in another coding, if its length is told too, or in HTTP/1.0, which
   *     has no chunks
   */
  boolean isChunked() throws BadHead {
    String coding = header("transfer-encoding");
    if (coding != null
        && !(coding.equalsIgnoreCase("chunked")
            && header("content-length") == null
            && version.equals("HTTP/1.1"))) {
      throw new BadHead(400);
    }
    return coding != null;
  }

  boolean keepsAlive() {
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    return version.equals("HTTP/1.1")
        ? !connection.contains("close")
        : connection.contains("keep-alive");
  }

  /** The name of the host the request was sent to, without its port; null if there is none. */
  String hostName() {
    String host = header("host");
    if (host == null) {
      return null;
    }
    int port = host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
    return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }
}
