package com.cruddur.ddb.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Who signs: the profile that was named; else the first of the places that {@code aws} looks at
 * where something is set up. What is set up and fails is the error: nothing after it is tried.
 */
final class CredentialSources {
  private final AwsAccess access;
  private final AwsEnvironment environment;
  private final String region;
  private final Duration limit;

  CredentialSources(AwsAccess access, String region, Duration limit) {
    this.access = access;
    this.environment = access.environment();
    this.region = region;
    this.limit = limit;
  }

  CredentialSource choose() {
    if (access.named() != null) {
      return profile(access.named());
    }
    if (System.getProperty("aws.accessKeyId") != null) {
      return new CredentialSource(
          "the system properties of Java", SystemPropertyCredentialsProvider.create());
    }
    if (environment.hasKeys()) {
      return keys();
    }
    if (environment.value("AWS_WEB_IDENTITY_TOKEN_FILE") != null) {
      return webIdentity();
    }
    if (ProfileCredentials.isSetUp(access.profiles(), Profiles.DEFAULT)) {
      return profile(Profiles.DEFAULT);
    }
    return machine();
  }

  private CredentialSource profile(String name) {
    return new ProfileCredentials(access, this, region, limit).source(name);
  }

  /** AWS_ACCESS_KEY_ID and what belongs to it. */
  CredentialSource keys() {
    String id = environment.value("AWS_ACCESS_KEY_ID");
    String words = "key " + (id == null ? "" : id + " ") + "of the environment";
    return new CredentialSource(
        words,
        () ->
            pair(
                "the environment",
                "Set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither.",
                id,
                environment.value("AWS_SECRET_ACCESS_KEY"),
                environment.value("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN")));
  }

  /** A key whose halves are both there; the cure is told where one is not. */
  static AwsCredentials pair(String place, String cure, String id, String secret, String token) {
    if (id == null || secret == null) {
      String there = id == null ? "a secret key without its id" : "a key id without its secret";
      throw AwsSetupException.credentials(place + " has " + there, cure);
    }
    return token == null
        ? AwsBasicCredentials.create(id, secret)
        : AwsSessionCredentials.create(id, secret, token);
  }

  private CredentialSource webIdentity() {
    String role = environment.value("AWS_ROLE_ARN");
    String words = "the web identity of the environment";
    if (role == null) {
      return new CredentialSource(
          words,
          () -> {
            throw AwsSetupException.credentials(
                words + ": AWS_WEB_IDENTITY_TOKEN_FILE is set, AWS_ROLE_ARN is not",
                "Set both, or unset both.");
          });
    }
    return new AssumedRole(access, region, limit)
        .byWebIdentity(
            words + ": role " + role,
            role,
            environment.value("AWS_ROLE_SESSION_NAME"),
            environment.path(environment.value("AWS_WEB_IDENTITY_TOKEN_FILE")));
  }

  private CredentialSource machine() {
    return environment.value(
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")
            != null
        ? container()
        : instance();
  }

  /** The role of an ECS task or an EKS pod. */
  CredentialSource container() {
    return new CredentialSource(
        "the container's role", ContainerCredentialsProvider.builder().build());
  }

  /** The role of an EC2 instance. */
  CredentialSource instance() {
    String words = "the instance's role";
    if (Boolean.parseBoolean(environment.value("AWS_EC2_METADATA_DISABLED"))) {
      return new CredentialSource(
          words,
          () -> {
            throw CredentialFailures.nobody("AWS_EC2_METADATA_DISABLED is set");
          });
    }
    InstanceProfileCredentialsProvider.Builder builder =
        InstanceProfileCredentialsProvider.builder()
            .profileFile(access.profileFile())
            .profileName(access.profileName());
    String endpoint = environment.value("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    if (endpoint != null) {
      builder.endpoint(endpoint);
    }
    InstanceProfileCredentialsProvider provider = builder.build();
    return new CredentialSource(
        words,
        () -> {
          try {
            return provider.resolveCredentials();
          } catch (SdkClientException e) {
            throw CredentialFailures.nobody("no role of this machine (" + deepest(e) + ")");
          }
        });
  }

  private static String deepest(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
