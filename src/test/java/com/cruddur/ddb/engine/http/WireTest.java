package com.cruddur.ddb.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.cruddur.ddb.engine.Engine;
import com.cruddur.ddb.engine.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes over the wire, byte by byte. */
class WireTest {
  private static final String SIGNED =
      "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0\r\nX-Amz-Date: 20260101T000000Z\r\n";
  private static final String LIST = "X-Amz-Target: DynamoDB_20120810.ListTables\r\n";
  private static final int FUZZED = 10_000;

  private static Engine engine;

  @BeforeAll
  static void start() throws Exception {
    engine = engine();
  }

  /** An engine that keeps nothing, on a free port. */
  static Engine engine() throws Exception {
    return Engine.start(
        0,
        Optional.empty(),
        Path.of(System.getProperty("java.io.tmpdir")),
        InstantSource.system(),
        Faults.NONE);
  }

  @AfterAll
  static void stop() throws Exception {
    engine.close();
  }

  private static String request(String headers, String body) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\n"
        + headers
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static String send(byte[] bytes) throws IOException {
    return send(engine, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), bytes);
  }

  /** What the server sends until it has nothing more to say. */
  static String send(Engine engine, InetAddress address, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(address, engine.port())) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAnswerHasARequestIdAndTheChecksumOfItsBody() throws Exception {
    String answer = send(request(SIGNED + LIST, "{}"));
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(body).isEqualTo("{\"TableNames\":[]}");
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("x-amz-crc32: " + crc.getValue() + "\r\n")
        .contains("Content-Type: application/x-amz-json-1.0\r\n")
        .containsPattern("x-amzn-RequestId: [A-Z0-9]{52}\r\n");
  }

  @Test
  void requestsFollowEachOtherOnOneConnection() throws Exception {
    String one = request(SIGNED + LIST, "{}");
    assertThat(send(one + one + one).split("HTTP/1.1 200", -1)).hasSize(4);
  }

  @Test
  void bothLoopbackAddressesAnswer() throws Exception {
    byte[] one = request(SIGNED + LIST, "{}").getBytes(StandardCharsets.UTF_8);
    assertThat(send(one)).contains(" 200 ");
    InetAddress six = InetAddress.getByName("::1");
    boolean hasIpv6 = true;
    try (ServerSocket probe = new ServerSocket(0, 1, six)) {
      assertThat(probe.isBound()).isTrue();
    } catch (IOException none) {
      hasIpv6 = false;
    }
    assumeThat(hasIpv6).isTrue();
    assertThat(send(engine, six, one)).contains(" 200 ");
  }

  @Test
  void aSignatureMustBeThereAndComplete() throws Exception {
    assertThat(send(request(LIST, "{}")))
        .contains(" 400 ", "#MissingAuthenticationTokenException", "Request is missing Authent");
    assertThat(send(request(LIST + "Authorization: AWS4-HMAC-SHA256 Credential=a\r\n", "{}")))
        .contains("#IncompleteSignatureException")
        .contains("Authorization header requires 'Signature' parameter.")
        .contains("Authorization header requires 'SignedHeaders' parameter.")
        .contains("existence of either a 'X-Amz-Date' or a 'Date' header.");
  }

  @Test
  void whatIsNoOperationIsUnknown() throws Exception {
    for (String target : new String[] {"", "X-Amz-Target: DynamoDB_20120810.CreateBackup2\r\n"}) {
      assertThat(send(request(SIGNED + target, "{}")))
          .contains(" 400 ", "com.amazon.coral.service#UnknownOperationException");
    }
  }

  @Test
  void brokenJsonIsASerializationException() throws Exception {
    for (String body :
        new String[] {"", "{", "[]", "{\"Limit\":}", "{} {}", "\u0000", "{\"Limit\":\"x\"}"}) {
      assertThat(send(request(SIGNED + LIST, body)))
          .as(body)
          .contains(" 400 ", "com.amazon.coral.service#SerializationException");
    }
  }

  @Test
  void aBodyOfMoreThan16MegabytesIsTooLarge() throws Exception {
    String head = "POST / HTTP/1.1\r\nHost: localhost\r\n" + SIGNED + LIST + "Content-Length: ";
    assertThat(send(head + (16 * 1024 * 1024 + 1) + "\r\n\r\n")).contains("HTTP/1.1 413 ");
    assertThat(send(head + "999999999999999999999\r\n\r\n")).contains("HTTP/1.1 400 ");
    assertThat(send(head + "-1\r\n\r\n")).contains("HTTP/1.1 400 ");
  }

  @Test
  void aHeadThatDoesNotEndIsCutOff() throws Exception {
    String endless = "POST / HTTP/1.1\r\nHost: " + "x".repeat(70_000);
    assertThat(send(endless)).contains("HTTP/1.1 431 ");
    assertThat(send("nonsense\r\n\r\n")).contains("HTTP/1.1 400 ");
  }

  @Test
  void webPagesAreRefused() throws Exception {
    assertThat(send(request(SIGNED + LIST + "Origin: http://example.org\r\n", "{}")))
        .contains("HTTP/1.1 403 ");
    assertThat(send(request(SIGNED + LIST, "{}").replace("localhost", "example.org")))
        .contains("HTTP/1.1 403 ");
  }

  @Test
  void whatFollowsARequestRefusesItBeforeAnythingIsStored() throws Exception {
    String create =
        "{\"TableName\":\"abc\",\"AttributeDefinitions\":[{\"AttributeName\":\"pk\","
            + "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\","
            + "\"KeyType\":\"HASH\"}],\"BillingMode\":\"PAY_PER_REQUEST\"}";
    for (String rest : new String[] {"{}", "x", "]"}) {
      assertThat(
              send(
                  request(
                      SIGNED + "X-Amz-Target: DynamoDB_20120810.CreateTable\r\n", create + rest)))
          .contains("#SerializationException");
    }
    assertThat(send(request(SIGNED + LIST, "{}"))).contains("{\"TableNames\":[]}");
  }

  @Test
  void clientsOfOtherHabitsAreServed() throws Exception {
    String plain = request(SIGNED + LIST, "{}");
    assertThat(send(plain.toLowerCase(Locale.ROOT).replace("post / http", "POST / HTTP")))
        .as("headers and target in small letters")
        .contains("#UnknownOperationException");
    assertThat(send(plain.replace("X-Amz-Target", "x-amz-target").replace("Host", "hOsT")))
        .contains("HTTP/1.1 200 ");
    assertThat(send(plain.replace("HTTP/1.1", "HTTP/1.0")))
        .contains("HTTP/1.1 200 ", "Connection: close");
    assertThat(send(plain.replace("\r\n", "\n"))).contains("HTTP/1.1 200 ");
    assertThat(send("\r\n" + plain)).contains("HTTP/1.1 200 ");
    assertThat(send(plain.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n")))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ");
  }

  @Test
  void aSlowClientIsWaitedFor() throws Exception {
    byte[] bytes = request(SIGNED + LIST, "{}").getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", engine.port())) {
      for (byte each : bytes) {
        socket.getOutputStream().write(each);
        socket.getOutputStream().flush();
      }
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void bodiesOfAnotherLengthOrCodingAreRefused() throws Exception {
    String plain = request(SIGNED + LIST, "{}");
    assertThat(send(plain.replace("Content-Length: 2", "Content-Length: 1")))
        .contains("#SerializationException");
    assertThat(send(plain.replace("Content-Length: 2", "Content-Length: 3"))).isEmpty();
    assertThat(send(plain.replace("Content-Length: 2", "Content-Length: 2, 2")))
        .contains("HTTP/1.1 400 ");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write('{');
      out.write('}');
    }
    String head =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\n"
            + SIGNED
            + LIST
            + "Content-Length: "
            + zipped.size()
            + "\r\n\r\n";
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(head.getBytes(StandardCharsets.UTF_8));
    zipped.writeTo(whole);
    assertThat(send(whole.toByteArray())).contains("#SerializationException");
  }

  @Test
  void jsonOfOddDepthsNumbersAndNamesIsAnErrorOfTheRequest() throws Exception {
    for (String body :
        new String[] {
          "{\"a\":".repeat(2_000),
          "[".repeat(100_000),
          "{\"Limit\":" + "9".repeat(5_000) + "}",
          "{\"Limit\":1e999999999}",
          "{\"Limit\":-0." + "1".repeat(2_000) + "}",
          "{\"Limit\":1,\"Limit\":0}",
          "{\"Limit\":NaN}",
          "{\"\":0,\"ExclusiveStartTableName\":\"\\ud800\"}",
          "\ufeff{\"Limit\":0}"
        }) {
      assertThat(send(request(SIGNED + LIST, body)))
          .as(body.substring(0, Math.min(40, body.length())))
          .contains("HTTP/1.1 400 ");
    }
    assertThat(send(request(SIGNED + LIST, "{\"" + "n".repeat(70_000) + "\":1}")))
        .contains("HTTP/1.1 200 ");
  }

  @Test
  void nothingThatIsFuzzedBreaksTheServerOrIsStored() throws Exception {
    Random random = new Random(11);
    String create =
        request(
            SIGNED + "X-Amz-Target: DynamoDB_20120810.CreateTable\r\n",
            "{\"TableName\":\"abc\",\"AttributeDefinitions\":[{\"AttributeName\":\"pk\","
                + "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\","
                + "\"KeyType\":\"HASHED\"}],\"BillingMode\":\"PAY_PER_REQUEST\"}");
    for (int i = 0; i < FUZZED; i++) {
      byte[] bytes = create.getBytes(StandardCharsets.ISO_8859_1);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(tried(i % 10 == 0 ? noise(random) : bytes)).doesNotContain(" 500 ");
    }
    assertThat(send(request(SIGNED + LIST, "{}"))).contains("{\"TableNames\":[]}");
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[random.nextInt(300)];
    random.nextBytes(noise);
    return noise;
  }

  /** The answer, nothing where the server ended the connection while it was still being sent to. */
  private static String tried(byte[] bytes) {
    try {
      return send(bytes);
    } catch (IOException closedEarly) {
      return "";
    }
  }
}
