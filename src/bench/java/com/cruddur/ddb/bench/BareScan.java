package com.cruddur.ddb.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A parallel scan by the SDK that drops what it reads: arguments are an endpoint and a table. */
final class BareScan {
  private static final int SEGMENTS = 8;

  public static void main(String[] args) throws InterruptedException {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create(args[0]))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      List<Thread> segments = new ArrayList<>();
      for (int i = 0; i < SEGMENTS; i++) {
        int segment = i;
        Thread thread =
            new Thread(
                () ->
                    client
                        .scanPaginator(
                            r -> r.tableName(args[1]).segment(segment).totalSegments(SEGMENTS))
                        .stream()
                        .forEach(page -> {}));
        thread.start();
        segments.add(thread);
      }
      for (Thread segment : segments) {
        segment.join();
      }
    }
  }
}
