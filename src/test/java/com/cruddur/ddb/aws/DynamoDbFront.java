package com.cruddur.ddb.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.aws.AwsStandIn.Reply;
import com.cruddur.ddb.aws.AwsStandIn.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes requests to a local DynamoDB, and gives its ARNs an account and the caller's region. */
final class DynamoDbFront {
  private static final Pattern LOCAL_ARN =
      Pattern.compile("arn:aws:dynamodb:([a-z0-9-]+):000000000000:");

  /** What the local DynamoDB calls its own region, as its last ARN said. */
  private volatile String localRegion = "ddblocal";

  private final URI local;
  private final HttpClient client = HttpClient.newHttpClient();

  DynamoDbFront(String local) {
    this.local = URI.create(local);
  }

  Reply reply(Request request, String account) {
    String region = request.call().region();
    String own = "arn:aws:dynamodb:" + region + ":" + account + ":";
    String body = request.text().replace(own, "arn:aws:dynamodb:" + localRegion + ":000000000000:");
    String key = "Credential=local/20260101/us-east-1/dynamodb/aws4_request";
    HttpRequest passedOn =
        HttpRequest.newBuilder(local)
            .header("X-Amz-Target", request.header("x-amz-target"))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Date", "20260101T000000Z")
            .header(
                "Authorization", "AWS4-HMAC-SHA256 " + key + ", SignedHeaders=host, Signature=0")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(passedOn, BodyHandlers.ofString(UTF_8));
      Matcher arn = LOCAL_ARN.matcher(answer.body());
      if (arn.find()) {
        localRegion = arn.group(1);
      }
      String named = arn.reset().replaceAll(own);
      return new Reply(answer.statusCode(), "application/x-amz-json-1.0", named.getBytes(UTF_8));
    } catch (IOException e) {
      return error(500, "com.amazonaws.dynamodb.v20120810#InternalServerError", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error(500, "com.amazonaws.dynamodb.v20120810#InternalServerError", "interrupted");
    }
  }

  static Reply error(int status, String type, String message) {
    String json = "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}";
    return new Reply(status, "application/x-amz-json-1.0", json.getBytes(UTF_8));
  }
}
