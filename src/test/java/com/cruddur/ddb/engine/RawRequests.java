package com.cruddur.ddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * Requests as they go over the wire, so that no SDK checks or changes them. JSON may use ' for ".
 */
public final class RawRequests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=a/20260101/%s/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private final int port;
  private final String region;

  public RawRequests(int port) {
    this(port, "us-east-1");
  }

  /** Requests that are signed for a region. */
  public RawRequests(int port, String region) {
    this.port = port;
    this.region = region;
  }

  /** The body of an answer that must be a success. */
  public String call(String operation, String request) throws IOException {
    HttpURLConnection answer = send(operation, request);
    boolean well = answer.getResponseCode() == 200;
    String body =
        new String(
            (well ? answer.getInputStream() : answer.getErrorStream()).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(answer.getResponseCode()).as(body).isEqualTo(200);
    return body;
  }

  /** The message of an answer that must be an error of the request. */
  public String message(String operation, String request) throws IOException {
    HttpURLConnection answer = send(operation, request);
    assertThat(answer.getResponseCode()).as(request).isEqualTo(400);
    var body = JSON.readTree(answer.getErrorStream().readAllBytes());
    return body.path(body.has("message") ? "message" : "Message").asText();
  }

  private HttpURLConnection send(String operation, String request) throws IOException {
    URL url = new URL("http://127.0.0.1:" + port + "/");
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    String api =
        operation.contains("Stream")
                || operation.contains("Shard")
                || operation.equals("GetRecords")
            ? "DynamoDBStreams_20120810."
            : "DynamoDB_20120810.";
    connection.setRequestMethod("POST");
    connection.setRequestProperty("X-Amz-Target", api + operation);
    connection.setRequestProperty("X-Amz-Date", "20260101T000000Z");
    connection.setRequestProperty("Authorization", SIGNED.formatted(region));
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
    return connection;
  }
}
