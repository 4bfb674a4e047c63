package com.cruddur.ddb.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.TestStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays AWS on loopback, over http and over TLS with a certificate of its own authority: DynamoDB
 * and its streams in front of the {@link TestStack}, with ARNs of a real-looking account; STS, SSO
 * and the metadata services of instances and containers. Every request is recorded with who signed
 * it. Which service is meant is told by the request, so one url does for all of them.
 */
public final class AwsStandIn implements AutoCloseable {
  /** The account of every key that {@link #account} does not place elsewhere. */
  public static final String ACCOUNT = "123456789012";

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

  private final CertificateAuthority authority = new CertificateAuthority("ddb test CA");
  private final LoopbackServer plain = new LoopbackServer(null, this::answer);
  private final LoopbackServer secure;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, String> accounts = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final DynamoDbFront dynamoDb = new DynamoDbFront(TestStack.endpoint());
  private final StsStandIn sts = new StsStandIn(this);
  private final SsoStandIn sso = new SsoStandIn();
  private final MetadataStandIn metadata = new MetadataStandIn();
  private volatile int status;
  private volatile Duration clockOffset = Duration.ZERO;

  /**
   * One request.
   *
   * @param service as it is signed: {@code dynamodb}, {@code sts}; else {@code sso}, {@code oidc},
   *     {@code instance}, {@code container}
   * @param operation such as {@code PutItem}, {@code AssumeRole}, or a path
   * @param keyId who signed it; empty for nobody
   * @param region of the signature; empty without one
   * @param host the name that was called, with its port
   */
  public record Call(String service, String operation, String keyId, String region, String host) {}

  /** An answer. */
  record Reply(int status, String type, byte[] body) {
    static Reply json(int status, String body) {
      return new Reply(status, "application/json", body.getBytes(UTF_8));
    }

    static Reply text(int status, String body) {
      return new Reply(status, "text/plain", body.getBytes(UTF_8));
    }

    static Reply xml(int status, String body) {
      return new Reply(status, "text/xml", body.getBytes(UTF_8));
    }
  }

  public AwsStandIn() {
    this(
        "localhost",
        "127.0.0.1",
        "*.amazonaws.com",
        "*.eu-west-1.amazonaws.com",
        "*.ddb.eu-west-1.amazonaws.com",
        "*.dynamodb.eu-west-1.amazonaws.com");
  }

  /** One whose certificate is for these names. */
  public AwsStandIn(String... names) {
    secure = new LoopbackServer(authority.server(names), this::answer);
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String url() {
    return "http://127.0.0.1:" + plain.port();
  }

  /** {@code https://localhost:PORT}, with a certificate of {@link #authority}. */
  public String secureUrl() {
    return "https://localhost:" + secure.port();
  }

  /** The port of {@link #secureUrl}. */
  public int securePort() {
    return secure.port();
  }

  /** Who signed the certificate; it signs for AWS's host names as well. */
  public CertificateAuthority authority() {
    return authority;
  }

  /** From now on this key's requests are those of another account. */
  public AwsStandIn account(String keyId, String account) {
    accounts.put(keyId, account);
    return this;
  }

  String accountOf(String keyId) {
    return accounts.getOrDefault(keyId, ACCOUNT);
  }

  /** From now on nobody is allowed to do this, such as {@code dynamodb:DescribeTable}. */
  public AwsStandIn refuse(String action) {
    refused.add(action);
    return this;
  }

  /** From now on DynamoDB answers nothing but this HTTP status. */
  public AwsStandIn fail(int httpStatus) {
    status = httpStatus;
    return this;
  }

  /** From now on the clock of all services is ahead of this machine's by so much. */
  public AwsStandIn clockOffset(Duration ahead) {
    clockOffset = ahead;
    return this;
  }

  Instant now() {
    return Instant.now().plus(clockOffset);
  }

  public StsStandIn sts() {
    return sts;
  }

  public SsoStandIn sso() {
    return sso;
  }

  public MetadataStandIn metadata() {
    return metadata;
  }

  /** Every request so far. */
  public List<Call> calls() {
    return calls;
  }

  /** Those of one service, such as {@code dynamodb}. */
  public List<Call> calls(String service) {
    return calls.stream().filter(call -> call.service.equals(service)).toList();
  }

  private boolean answer(LoopbackServer.Request received, Socket connection) throws IOException {
    Request request = request(received);
    calls.add(request.call());
    Reply reply;
    try {
      reply = reply(request);
    } catch (RuntimeException e) {
      reply = Reply.text(500, e.toString());
    }
    String head =
        """
        HTTP/1.1 %d Said\r
        Date: %s\r
        Content-Type: %s\r
        x-amzn-RequestId: STANDIN\r
        Content-Length: %d\r
        \r
        """
            .formatted(
                reply.status,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC)),
                reply.type,
                reply.body.length);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(head.getBytes(UTF_8));
    answer.writeBytes(reply.body);
    connection.getOutputStream().write(answer.toByteArray());
    return true;
  }

  /** A request as the services see it. */
  record Request(Call call, LoopbackServer.Request received) {
    String path() {
      return received.target();
    }

    String header(String name) {
      return received.header(name);
    }

    byte[] body() {
      return received.body();
    }

    String text() {
      return new String(received.body(), UTF_8);
    }
  }

  private Reply reply(Request request) {
    Call call = request.call;
    String action = call.service + ":" + call.operation;
    if (refused.contains(action)) {
      String caller = "arn:aws:iam::" + accountOf(call.keyId) + ":user/" + call.keyId;
      String said = "User: " + caller + " is not authorized to perform: " + action;
      return call.service.equals("sts")
          ? StsStandIn.error(403, "AccessDenied", said)
          : DynamoDbFront.error(400, "com.amazon.coral.service#AccessDeniedException", said);
    }
    if (status != 0 && call.service.equals("dynamodb")) {
      return DynamoDbFront.error(status, "com.amazonaws.dynamodb.v20120810#Failed", "stand-in");
    }
    return switch (call.service) {
      case "dynamodb" -> dynamoDb.reply(request, accountOf(call.keyId));
      case "sts" -> sts.reply(request);
      case "sso", "oidc" -> sso.reply(request);
      default -> metadata.reply(request);
    };
  }

  private static Request request(LoopbackServer.Request received) {
    String path = received.target();
    String target = received.header("x-amz-target");
    Matcher signed = CREDENTIAL.matcher(received.header("authorization"));
    boolean found = signed.find();
    String operation = path;
    String service;
    if (!target.isEmpty()) {
      service = "dynamodb";
      operation = target.substring(target.indexOf('.') + 1);
    } else if (new String(received.body(), UTF_8).contains("Action=")) {
      service = "sts";
      operation = StsStandIn.form(received.body()).get("Action");
    } else if (path.startsWith("/federation")) {
      service = "sso";
    } else if (path.startsWith("/token") || path.startsWith("/client")) {
      service = "oidc";
    } else {
      service = path.startsWith("/latest") ? "instance" : "container";
    }
    Call call =
        new Call(
            service,
            operation,
            found ? signed.group(1) : "",
            found ? signed.group(2) : "",
            received.header("host"));
    return new Request(call, received);
  }

  @Override
  public void close() {
    plain.close();
    secure.close();
  }
}
