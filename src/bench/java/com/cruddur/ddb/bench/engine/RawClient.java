package com.cruddur.ddb.bench.engine;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection to an engine that asks and waits, and costs next to nothing. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new BufferedInputStream(socket.getInputStream());
  }

  byte[] call(String operation, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Date: 20260101T000000Z\r\n"
            + "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request,"
            + " SignedHeaders=host, Signature=0\r\nX-Amz-Target: DynamoDB_20120810."
            + operation
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    out.write((head + body).getBytes(StandardCharsets.UTF_8));
    int length = 0;
    boolean ok = false;
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); ; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      if (next == '\n') {
        String header = line.toString().strip();
        ok |= header.startsWith("HTTP/1.1 200");
        if (header.startsWith("Content-Length: ")) {
          length = Integer.parseInt(header.substring(16));
        }
        if (header.isEmpty()) {
          break;
        }
        line.setLength(0);
      } else {
        line.append((char) next);
      }
    }
    byte[] answer = new byte[length];
    new DataInputStream(in).readFully(answer);
    if (!ok) {
      throw new IOException(new String(answer, StandardCharsets.UTF_8));
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
