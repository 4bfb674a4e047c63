package com.cruddur.ddb.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The smallest DynamoDB request, made without the AWS SDK, which takes a second to load. */
final class ListTablesRequest {
  private static final int MILLIS = 10_000;

  /** It must be complete; nobody checks the signature. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private ListTablesRequest() {}

  /** The HTTP status of the answer, or -1 if there is none. */
  static int status(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(MILLIS);
      connection.setReadTimeout(MILLIS);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
      connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810.ListTables");
      connection.setRequestProperty("Authorization", AUTHORIZATION);
      connection.setRequestProperty("X-Amz-Date", "20260101T000000Z");
      connection.getOutputStream().write("{\"Limit\":1}".getBytes(StandardCharsets.UTF_8));
      int status = connection.getResponseCode();
      connection.disconnect();
      return status;
    } catch (IOException noAnswer) {
      return -1;
    }
  }
}
