package com.cruddur.ddb.bench;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Twenty messages as the SDK's examples do it, with its light HTTP client, for Ratios: arguments
 * are a port and a conversation. What get-conversation does besides must find room beside this.
 */
final class PlainQuery {
  public static void main(String[] args) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://localhost:" + args[0]))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      client
          .query(
              q ->
                  q.tableName("cruddur-messages")
                      .keyConditionExpression("pk = :pk")
                      .expressionAttributeValues(
                          Map.of(":pk", AttributeValue.fromS("MSG#" + args[1])))
                      .scanIndexForward(false)
                      .limit(20))
          .items()
          .forEach(System.out::println);
    }
  }
}
