package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.aws.HostNames;
import com.cruddur.ddb.aws.PrintableHeaders;
import com.cruddur.ddb.aws.RetrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClientBuilder;

/**
 * The one place that makes SDK clients: credentials, region, endpoint, time limits, retries and
 * user agent.
 */
public final class DynamoDbClients {
  /** How long one call takes at most, retries included, if nothing else is said. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** For a target that reads no file of AWS's: the SDK would look for them by itself. */
  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|0\\.0\\.0\\.0|\\[::1?]");

  private final Target target;

  /** Null where nothing of AWS is read: the credentials are fixed. */
  private final AwsAccess access;

  private final String userAgent;
  private final List<ExecutionInterceptor> interceptors;
  private final Duration timeout;
  private final WriteGuard guard;

  /** Clients for a target that wait for the usual time. */
  public DynamoDbClients(Target target, String userAgent, ExecutionInterceptor interceptor) {
    this(target, AwsEnvironment.NONE, userAgent, List.of(interceptor), TIMEOUT);
  }

  /**
   * Clients for a target.
   *
   * @param environment where a target without fixed credentials finds its own, and the network
   * @param userAgent added to the SDK's own, such as {@code ddb/1.0}
   * @param interceptors see every call, such as a {@link CapacityMeter}
   * @param timeout how long one call takes at most, retries included: a third of it for each try, a
   *     tenth for a connection. A command that runs for an hour must get over a bad minute: for
   *     long work it is the time of one try, and a call takes ten times as long.
   */
  public DynamoDbClients(
      Target target,
      AwsEnvironment environment,
      String userAgent,
      List<ExecutionInterceptor> interceptors,
      Duration timeout) {
    this.target = target;
    this.access =
        target.accessKeyId() == null
            ? new AwsAccess(
                isLocalStyle(target) ? environment.ofLocalServer() : environment, target.profile())
            : null;
    this.userAgent = userAgent;
    this.interceptors = List.copyOf(interceptors);
    this.timeout = timeout;
    this.guard = new WriteGuard(target);
  }

  /**
   * Returns when the target's table may be written to; asks a client that was made before.
   *
   * @throws ProductionException when it is on production and the target is not
   */
  public void requireWritable() {
    guard.require(target.table());
  }

  /** From now on nothing is asked: it is the embedded engine that answers. */
  public void tablesAreLocal() {
    guard.tablesAreLocal();
  }

  /** A new client for tables; close it. */
  public DynamoDbClient dynamoDb() {
    return guard.standsIn(AwsAccess.build(tables(overrides())));
  }

  /** The same by another way than the network. */
  public DynamoDbClient over(SdkHttpClient way) {
    return guard.standsIn(AwsAccess.build(tables(overrides()).httpClient(way)));
  }

  /**
   * A new client for long work on tables, many requests at once: it waits longer and retries more
   * often, also when most of the requests fail; close it.
   *
   * @param throttles told what it is refused
   */
  public DynamoDbClient bulk(ThrottleCounter throttles) {
    ClientOverrideConfiguration patient =
        overrides().toBuilder()
            .addExecutionInterceptor(throttles)
            .addExecutionInterceptor(new BatchBodyInterceptor())
            .addMetricPublisher(throttles)
            .apiCallTimeout(timeout.multipliedBy(10))
            .apiCallAttemptTimeout(timeout)
            .retryStrategy(Retries.bulk())
            .build();
    return guard.standsIn(
        AwsAccess.build(tables(patient).httpClient(httpClient(timeout.multipliedBy(10)))));
  }

  /** A new client for streams; close it. */
  public DynamoDbStreamsClient streams() {
    DynamoDbStreamsClientBuilder builder = configure(DynamoDbStreamsClient.builder(), overrides());
    if (target.streamsEndpoint() != null) {
      builder.endpointOverride(target.streamsEndpoint());
    }
    return AwsAccess.build(builder);
  }

  private DynamoDbClientBuilder tables(ClientOverrideConfiguration overrides) {
    DynamoDbClientBuilder builder = configure(DynamoDbClient.builder(), overrides);
    // Else the SDK asks environment and profile, also where the url is given.
    return target.endpoint() == null
        ? builder
        : builder.accountIdEndpointMode(AccountIdEndpointMode.DISABLED);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      B builder, ClientOverrideConfiguration overrides) {
    builder
        .defaultsMode(DefaultsMode.LEGACY)
        .httpClient(httpClient(timeout.dividedBy(3)))
        .overrideConfiguration(overrides);
    if (target.endpoint() != null) {
      // With a url of its own the SDK takes either of these for an error.
      builder.endpointOverride(target.endpoint()).fipsEnabled(false).dualstackEnabled(false);
    }
    if (target.region() != null) {
      builder.region(Region.of(target.region()));
    }
    if (target.accessKeyId() != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(target.accessKeyId(), target.secretAccessKey())));
      if (target.kind() == Target.Kind.LOCAL) {
        builder.putAuthScheme(new FixedSignature());
      }
    } else {
      AwsCredentialsProvider credentials = access.credentials(target.region(), timeout);
      // Now, with all the time there is: within a call it would be cut short by that call's limit.
      credentials.resolveCredentials();
      builder.credentialsProvider(credentials);
    }
    return builder;
  }

  private ClientOverrideConfiguration overrides() {
    ClientOverrideConfiguration.Builder builder =
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(timeout)
            .apiCallAttemptTimeout(timeout.dividedBy(3))
            .retryStrategy(
                Retries.interactive(
                    access == null ? RetrySettings.NONE : access.retries(), timeout))
            .compressionConfiguration(
                request ->
                    // Both: else the SDK reads the environment.
                    request.requestCompressionEnabled(false).minimumCompressionThresholdInBytes(0))
            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, userAgent)
            .addExecutionInterceptor(guard)
            .addExecutionInterceptor(new HostNames())
            .addExecutionInterceptor(new WholeResponseInterceptor())
            .addExecutionInterceptor(new RepeatedPageInterceptor())
            .addExecutionInterceptor(new BufferedBodyInterceptor())
            .scheduledExecutorService(WorkerThreads.TIMER);
    interceptors.forEach(builder::addExecutionInterceptor);
    if (access == null) {
      builder.defaultProfileFile(NO_PROFILES);
    } else {
      builder.defaultProfileFile(access.profileFile()).defaultProfileName(access.profileName());
    }
    return builder.build();
  }

  /** The light client: no connection pool of its own, a third of a heavier one's start-up time. */
  private SdkHttpClient httpClient(Duration attempt) {
    return new PrintableHeaders(network(attempt));
  }

  private SdkHttpClient network(Duration attempt) {
    URI endpoint = target.endpoint();
    if (endpoint != null && "http".equals(endpoint.getScheme()) && isLoopback(endpoint)) {
      return UrlConnectionHttpClient.create(uri -> plain(uri, attempt));
    }
    return access == null
        ? UrlConnectionHttpClient.builder()
            .connectionTimeout(timeout.dividedBy(10))
            .socketTimeout(attempt)
            .build()
        : access.httpClient(timeout.dividedBy(10), attempt);
  }

  /** Without the trust store, which the SDK reads for http too, and without a look for a proxy. */
  private HttpURLConnection plain(URI uri, Duration attempt) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) timeout.dividedBy(10).toMillis());
      connection.setReadTimeout((int) attempt.toMillis());
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a target is a server on this machine, or one without TLS, that takes any key. */
  private static boolean isLocalStyle(Target target) {
    return target.kind() == Target.Kind.ENDPOINT && isLocalStyle(target.endpoint());
  }

  /** True for an address of this machine, and for one that is spoken to without TLS. */
  public static boolean isLocalStyle(URI endpoint) {
    return isLoopback(endpoint) || "http".equals(endpoint.getScheme());
  }

  /** True for an address of this machine. */
  public static boolean isLoopback(URI endpoint) {
    String host = endpoint.getHost();
    return host != null && LOOPBACK.matcher(host).matches();
  }
}
