package com.cruddur.ddb.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose bodies come in chunks, and what could be smuggled in between. */
class ChunkedBodyTest {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256"
          + " Credential=a/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host,"
          + " Signature=0\r\nX-Amz-Date: 20260101T000000Z\r\n"
          + "X-Amz-Target: DynamoDB_20120810.ListTables\r\n";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String PLAIN = HEAD + "Content-Length: 2\r\n\r\n{}";
  private static final String LISTED = "{\"TableNames\":[]}";
  private static final int MEGABYTE = 1024 * 1024;

  private static Engine engine;

  @BeforeAll
  static void start() throws Exception {
    engine = WireTest.engine();
  }

  @AfterAll
  static void stop() throws Exception {
    engine.close();
  }

  private static String send(String text) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return WireTest.send(engine, loopback, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\n{}\r\n0\r\n\r\n",
        "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
        "0002;name=value;other=\"a;b\"\r\n{}\r\n0;last\r\n\r\n",
        "2\r\n{}\r\n0\r\nX-Checksum: 1\r\nX-Other: 2\r\n\r\n",
        "C\r\n{\"Limit\": 9}\r\n00\r\n\r\n",
        "c\r\n{\"Limit\": 9}\r\n0\r\nContent-Length: 5\r\n\r\n"
      })
  void chunksAreReadAndTheConnectionIsKept(String body) throws Exception {
    String answers = send(CHUNKED + body + PLAIN + CHUNKED.replace("chunked", "Chunked") + body);
    assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
    assertThat(answers.split(LISTED.replace("[", "\\[").replace("{", "\\{"), -1)).hasSize(4);
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws Exception {
    assertThat(
            send(
                CHUNKED.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n")
                    + "2\r\n{}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ")
        .endsWith(LISTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n{}\r\n0\r\n\r\n",
        "x\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        " 2\r\n{}\r\n0\r\n\r\n",
        "2 \r\n{}\r\n0\r\n\r\n",
        "2\n{}\n0\n\n",
        "2;a\nb\r\n{}\r\n0\r\n\r\n",
        "1\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}0\r\n\r\n",
        "2\r\n{}\r\n0\r\nno trailer\r\n\r\n",
        "2\r\n{}\r\n0\r\nX y: 1\r\n\r\n",
        "00000000000000002\r\n{}\r\n0\r\n\r\n"
      })
  void malformedChunksEndTheConnection(String body) throws Exception {
    refused(CHUNKED + body);
  }

  @Test
  void extensionsAndTrailersAreBounded() throws Exception {
    refused(CHUNKED + "2;" + "x".repeat(2_000) + "\r\n{}\r\n0\r\n\r\n");
    assertThat(send(CHUNKED + "2\r\n{}\r\n0\r\nX: " + "x".repeat(70_000) + "\r\n\r\n" + PLAIN))
        .startsWith("HTTP/1.1 431 ")
        .doesNotContain(LISTED);
  }

  @Test
  void aBodyIsAsLargeAsAPlainOneMayBe() throws Exception {
    String spaces = "100000\r\n" + " ".repeat(MEGABYTE) + "\r\n";
    String fifteen = spaces.repeat(15);
    String last = "ffffe\r\n" + " ".repeat(MEGABYTE - 2) + "\r\n2\r\n{}\r\n";
    assertThat(send(CHUNKED + fifteen + last + "0\r\n\r\n")).endsWith(LISTED);
    assertThat(send(CHUNKED + fifteen + last + "1\r\n \r\n0\r\n\r\n" + PLAIN))
        .startsWith("HTTP/1.1 413 ")
        .doesNotContain(LISTED);
    assertThat(send(CHUNKED + "7fffffffffffff\r\n")).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void whatTwoReadersWouldReadDifferentlyIsRefused() throws Exception {
    String chunks = "\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    refused(HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked" + chunks);
    refused(HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 12" + chunks);
    refused(HEAD + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked" + chunks);
    refused(HEAD + "Transfer-Encoding: gzip, chunked" + chunks);
    refused(HEAD + "Transfer-Encoding: xchunked" + chunks);
    refused(HEAD + "Transfer-Encoding : chunked" + chunks);
    refused(HEAD + "Transfer-Encoding\u000b: chunked" + chunks);
    refused(HEAD + "X: 1\r\n Transfer-Encoding: chunked" + chunks);
    refused(HEAD + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
    refused(HEAD + "Content-Length: +2\r\n\r\n{}");
    refused(CHUNKED.replace("HTTP/1.1", "HTTP/1.0") + "2\r\n{}\r\n0\r\n\r\n");
  }

  @Test
  void aBodyThatIsCutOffIsNoRequest() throws Exception {
    for (String body :
        new String[] {"", "2", "2\r\n{", "2\r\n{}", "2\r\n{}\r\n0\r\n", "0\r\nX: 1"}) {
      assertThat(send(CHUNKED + body)).as(body).isEmpty();
    }
  }

  /** Nothing behind it is read as a request. */
  private static void refused(String request) throws IOException {
    assertThat(send(request + PLAIN))
        .as(request)
        .startsWith("HTTP/1.1 400 ")
        .contains("Connection: close")
        .doesNotContain(LISTED);
  }
}
