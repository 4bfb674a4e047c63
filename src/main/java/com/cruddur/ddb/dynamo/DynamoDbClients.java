package com.cruddur.ddb.dynamo;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The one place that makes SDK clients: credentials, region, endpoint, time limits, retries and
 * user agent.
 */
public final class DynamoDbClients {
  /** Retries included; a batch that is throttled for longer is retried by the batch writer. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final int ATTEMPTS = 4;

  /** A command that runs for an hour must get over a bad minute. */
  private static final Duration BULK_CALL_TIMEOUT = Duration.ofMinutes(5);

  private static final Duration BULK_ATTEMPT_TIMEOUT = Duration.ofSeconds(30);
  private static final int BULK_ATTEMPTS = 15;
  private static final BackoffStrategy BULK_BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(2));
  private static final BackoffStrategy BULK_THROTTLING_BACKOFF =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(5));

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  private final Target target;
  private final String userAgent;
  private final List<ExecutionInterceptor> interceptors;

  /**
   * Clients for a target.
   *
   * @param userAgent added to the SDK's own, such as {@code ddb/1.0}
   * @param interceptors see every call, such as a {@link CapacityMeter}
   */
  public DynamoDbClients(Target target, String userAgent, ExecutionInterceptor... interceptors) {
    this.target = target;
    this.userAgent = userAgent;
    this.interceptors = List.of(interceptors);
  }

  /** A new client for tables; close it. */
  public DynamoDbClient dynamoDb() {
    return configure(DynamoDbClient.builder()).build();
  }

  /**
   * A new client for long work on tables, many requests at once: it waits longer and retries more
   * often, also when most of the requests fail; close it.
   */
  public DynamoDbClient bulk() {
    return configure(DynamoDbClient.builder())
        .httpClient(httpClient(BULK_ATTEMPT_TIMEOUT))
        .overrideConfiguration(
            overrides().toBuilder()
                .apiCallTimeout(BULK_CALL_TIMEOUT)
                .apiCallAttemptTimeout(BULK_ATTEMPT_TIMEOUT)
                .retryStrategy(
                    StandardRetryStrategy.builder()
                        .maxAttempts(BULK_ATTEMPTS)
                        .backoffStrategy(BULK_BACKOFF)
                        .throttlingBackoffStrategy(BULK_THROTTLING_BACKOFF)
                        .circuitBreakerEnabled(false)
                        .build())
                .build())
        .build();
  }

  /** A new client for streams; close it. */
  public DynamoDbStreamsClient streams() {
    return configure(DynamoDbStreamsClient.builder()).build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      B builder) {
    builder.httpClient(httpClient(ATTEMPT_TIMEOUT)).overrideConfiguration(overrides());
    if (target.endpoint() != null) {
      builder.endpointOverride(target.endpoint());
    }
    if (target.region() != null) {
      builder.region(Region.of(target.region()));
    }
    if (target.accessKeyId() != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(target.accessKeyId(), target.secretAccessKey())));
    } else if (target.profile() != null) {
      builder.credentialsProvider(
          DefaultCredentialsProvider.builder().profileName(target.profile()).build());
    }
    return builder;
  }

  private ClientOverrideConfiguration overrides() {
    ClientOverrideConfiguration.Builder builder =
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(CALL_TIMEOUT)
            .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
            .retryStrategy(StandardRetryStrategy.builder().maxAttempts(ATTEMPTS).build())
            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, userAgent);
    interceptors.forEach(builder::addExecutionInterceptor);
    if (target.profile() != null) {
      builder.defaultProfileName(target.profile());
    }
    return builder.build();
  }

  /** The light client: no connection pool of its own, a third of a heavier one's start-up time. */
  private static SdkHttpClient httpClient(Duration timeout) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(timeout)
        .build();
  }

  /** True for an address of this machine. */
  public static boolean isLoopback(URI endpoint) {
    String host = endpoint.getHost();
    return host != null && LOOPBACK.matcher(host).matches();
  }
}
