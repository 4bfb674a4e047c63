package com.cruddur.ddb.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * How one run reaches AWS: what environment and configuration files say of credentials, region,
 * endpoints, proxies, certificates and retries. Nothing is read before it is asked for.
 */
public final class AwsAccess {
  /** Of a file that holds no secrets. */
  public static final String TRUST_STORE_PASSWORD = "certificates";

  /** PKCS12 would encrypt it: tens of milliseconds to write such a file, and to read it. */
  public static final String TRUST_STORE_TYPE = "JKS";

  private final AwsEnvironment environment;
  private final String named;
  private Profiles profiles;
  private HttpConnections connections;
  private Path trustStore;

  /**
   * The access of a run.
   *
   * @param profile the one that was named, and then nobody else signs; null for none
   */
  public AwsAccess(AwsEnvironment environment, String profile) {
    this.environment = environment;
    this.named = profile;
  }

  AwsEnvironment environment() {
    return environment;
  }

  /** The profile that was named; null for none. */
  String named() {
    return named;
  }

  /** What the profile in use says, {@code default} where none is named. */
  synchronized Profiles profiles() {
    if (profiles == null) {
      profiles = Profiles.read(environment, named == null ? Profiles.DEFAULT : named);
    }
    return profiles;
  }

  /**
   * Returns when the profile that was named is there, for who asks it for no credentials.
   *
   * @throws AwsSetupException when it is not
   */
  public void requireProfile() {
    if (named != null && profiles().profile(named).isEmpty()) {
      throw ProfileCredentials.missing(environment, named);
    }
  }

  /** The configuration files, for the SDK, which would look for them by itself. */
  public ProfileFile profileFile() {
    return profiles().file();
  }

  /** The name of the profile in use. */
  public String profileName() {
    return profiles().name();
  }

  /** The region of the profile in use; null for none. */
  public String profileRegion() {
    return profiles().region();
  }

  /**
   * The endpoint that variables name for a service, such as {@code DYNAMODB_STREAMS}; null for
   * none.
   */
  public String variableEndpoint(String service) {
    boolean ignored =
        Boolean.parseBoolean(environment.value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
    return ignored ? null : environment.value("AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL");
  }

  /** The endpoint that the profile in use names for a service; null for none. */
  public String profileEndpoint(String service) {
    boolean ignored =
        Boolean.parseBoolean(environment.value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
    return ignored ? null : profiles().endpointUrl(service);
  }

  /**
   * Who signs; what is wrong is told when the credentials are asked for.
   *
   * @param region where a role is assumed; null for the profile's
   * @param limit how long that may take
   * @throws AwsSetupException from the provider, when nobody can
   */
  public CredentialSource credentials(String region, Duration limit) {
    return new CredentialSources(this, region == null ? profileRegion() : region, limit).choose();
  }

  /**
   * Connections as the environment wants them.
   *
   * @throws AwsSetupException when its certificates cannot be used
   */
  public synchronized SdkHttpClient httpClient(Duration connect, Duration read) {
    if (connections == null) {
      connections = new HttpConnections(new ProxySettings(environment), authorities());
    }
    return connections.client(connect, read);
  }

  /**
   * The proxy for a url; null for none.
   *
   * @throws AwsSetupException when the variable that says so holds no url of a proxy
   */
  public HttpProxy proxy(String scheme, String host, int port) {
    return new ProxySettings(environment).proxy(scheme, host, port);
  }

  /**
   * A file with the environment's authorities and Java's own, for who takes no other form; null
   * where the environment names none. It ends with the process.
   */
  public synchronized Path trustStore() {
    if (trustStore == null) {
      TrustedAuthorities named = authorities();
      trustStore = named == null ? null : named.withJavas(TRUST_STORE_PASSWORD);
    }
    return trustStore;
  }

  private TrustedAuthorities authorities() {
    String variable = environment.value("AWS_CA_BUNDLE");
    String property = variable == null ? profiles().property("ca_bundle") : null;
    if (variable != null) {
      return TrustedAuthorities.read(environment.path(variable), "AWS_CA_BUNDLE");
    }
    return property == null
        ? null
        : TrustedAuthorities.read(
            environment.path(property), "ca_bundle in profile " + profiles().name());
  }

  /** How often a request is tried, retries included, and in which mode. */
  public RetrySettings retries() {
    return RetrySettings.of(environment, profiles());
  }

  /** A client of another service of AWS, which is needed on the way to DynamoDB. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String service, String region, Duration limit, AwsCredentialsProvider signs) {
    String variable = variableEndpoint(service.toUpperCase(Locale.ROOT));
    String endpoint = variable == null ? profileEndpoint(service) : variable;
    if (endpoint != null) {
      String source =
          variable == null
              ? profileInUse()
              : "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT) + " or AWS_ENDPOINT_URL";
      builder
          .endpointOverride(endpoint(endpoint, source))
          .fipsEnabled(false)
          .dualstackEnabled(false);
    }
    return build(
        builder
            .region(Region.of(region == null ? "us-east-1" : region))
            .defaultsMode(DefaultsMode.LEGACY)
            .credentialsProvider(signs)
            .httpClient(new PrintableHeaders(httpClient(limit.dividedBy(10), limit.dividedBy(3))))
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .apiCallTimeout(limit)
                    .defaultProfileFile(profileFile())
                    .defaultProfileName(profileName())
                    .addExecutionInterceptor(new HostNames())
                    .build()));
  }

  /**
   * Builds a client.
   *
   * @throws AwsSetupException when the SDK does not understand what environment or profile say
   */
  public static <C> C build(SdkBuilder<?, C> builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw AwsSetupException.setting(
          "a setting of the environment or the profile cannot be used: " + e.getMessage(),
          "Correct it, or unset it.",
          e);
    }
  }

  /** A sample: profile ops in /home/me/.aws/config. */
  public String profileInUse() {
    return "profile " + profileName() + " in " + environment.configFile();
  }

  private static URI endpoint(String text, String source) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // As below.
    }
    throw AwsSetupException.setting(
        "the endpoint '" + text + "' of " + source + " is not a url",
        "Set one such as https://sts.example.com.",
        null);
  }
}
