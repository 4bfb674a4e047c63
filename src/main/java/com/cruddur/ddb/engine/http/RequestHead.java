package com.cruddur.ddb.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The request line and headers of an HTTP/1.1 request.
 *
 * @param headers by their names in lower case; of one that comes twice the last counts
 */
record RequestHead(String method, String path, String version, Map<String, String> headers) {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_HEADERS = 200;

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
    Map<String, String> headers = new HashMap<>();
    for (String header = line(in, left); ; header = line(in, left)) {
      if (header == null) {
        return null;
      }
      if (header.isEmpty()) {
        return new RequestHead(parts[0], parts[1], parts[2], headers);
      }
      int colon = header.indexOf(':');
      if (colon <= 0 || headers.size() == MOST_HEADERS) {
        throw new BadHead(400);
      }
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
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
