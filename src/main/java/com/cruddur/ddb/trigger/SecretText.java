package com.cruddur.ddb.trigger;

import com.cruddur.ddb.aws.FlatJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The text of a secret of AWS Secrets Manager: one request, signed and sent by the SDK's own parts.
 * Its whole client for that service would be another megabyte in the function for this one call.
 */
final class SecretText {
  private static final int REGION_FIELD = 3;

  private final String arn;
  private final Map<String, String> environment;

  /**
   * A secret in the account that the function's credentials are of.
   *
   * @param environment holds the credentials, and AWS_ENDPOINT_URL_SECRETS_MANAGER if there is one
   */
  SecretText(String arn, Map<String, String> environment) {
    this.arn = arn;
    this.environment = environment;
  }

  /**
   * Reads it.
   *
   * @throws UncheckedIOException when nothing answers, or it may not be read; without its text
   */
  String read() {
    ContentStreamProvider body =
        ContentStreamProvider.fromUtf8String(JsonLine.of(Map.of("SecretId", arn)).strip());
    try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
      SignedRequest signed = sign(body);
      HttpExecuteResponse answer =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(signed.payload().orElse(body))
                      .build())
              .call();
      if (!answer.httpResponse().isSuccessful()) {
        throw new IOException("HTTP status " + answer.httpResponse().statusCode());
      }
      try (InputStream text = answer.responseBody().orElseThrow()) {
        return secretString(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the secret " + arn + " cannot be read: " + e.getMessage(), e);
    }
  }

  private SignedRequest sign(ContentStreamProvider body) {
    String region = arn.split(":", REGION_FIELD + 2)[REGION_FIELD];
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint(region))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(credentials())
                    .request(request)
                    .payload(body)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "secretsmanager")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
  }

  private URI endpoint(String region) {
    String other = environment.get("AWS_ENDPOINT_URL_SECRETS_MANAGER");
    String suffix = arn.startsWith("arn:aws-cn:") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return URI.create(
        other == null ? "https://secretsmanager." + region + suffix + "/" : other + "/");
  }

  private AwsCredentials credentials() {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    String token = environment.get("AWS_SESSION_TOKEN");
    return token == null
        ? AwsBasicCredentials.create(id, secret)
        : AwsSessionCredentials.create(id, secret, token);
  }

  private static String secretString(InputStream text) throws IOException {
    Map<String, String> answer =
        FlatJson.read(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    if (answer == null || !answer.containsKey("SecretString")) {
      throw new IOException("it holds no text");
    }
    return answer.get("SecretString").strip();
  }
}
