package com.cruddur.ddb.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;

/** The credentials that STS gives for a role. */
final class AssumedRole {
  private final AwsAccess access;
  private final String region;
  private final Duration limit;

  AssumedRole(AwsAccess access, String region, Duration limit) {
    this.access = access;
    this.region = region;
    this.limit = limit;
  }

  /** For whom the source's credentials are. */
  CredentialSource bySource(String words, Profile profile, AwsCredentialsProvider source) {
    String duration = profile.properties().get(ProfileProperty.DURATION_SECONDS);
    if (duration != null && !duration.strip().matches("\\d{1,6}")) {
      throw AwsSetupException.credentials(
          words + ": duration_seconds is '" + duration + "'", "It is 900 to 43200.");
    }
    AssumeRoleRequest request =
        AssumeRoleRequest.builder()
            .roleArn(profile.properties().get(ProfileProperty.ROLE_ARN).strip())
            .roleSessionName(session(profile.properties().get(ProfileProperty.ROLE_SESSION_NAME)))
            .externalId(profile.properties().get(ProfileProperty.EXTERNAL_ID))
            .durationSeconds(duration == null ? null : Integer.valueOf(duration.strip()))
            .build();
    return lazily(
        words,
        () ->
            StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts(source))
                .refreshRequest(request)
                .build());
  }

  /** For whom the token in a file is. */
  CredentialSource byWebIdentity(String words, String role, String session, Path file) {
    return lazily(
        words,
        () ->
            StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                .stsClient(sts(AnonymousCredentialsProvider.create()))
                .refreshRequest(
                    () ->
                        AssumeRoleWithWebIdentityRequest.builder()
                            .roleArn(role)
                            .roleSessionName(session(session))
                            .webIdentityToken(token(words, file))
                            .build())
                .build());
  }

  private static CredentialSource lazily(
      String words, java.util.function.Supplier<AwsCredentialsProvider> made) {
    return new CredentialSource(words, new Lazily(made));
  }

  private StsClient sts(AwsCredentialsProvider signs) {
    return access.client(StsClient.builder(), "sts", region, limit, signs);
  }

  private static String session(String named) {
    return named == null ? "ddb-" + System.currentTimeMillis() : named.strip();
  }

  private static String token(String words, Path file) {
    String token;
    try {
      token = Files.readString(file).strip();
    } catch (IOException e) {
      throw noToken(words, file, Files.exists(file) ? " cannot be read" : " does not exist");
    }
    if (token.isEmpty()) {
      throw noToken(words, file, " is empty");
    }
    return token;
  }

  private static AwsSetupException noToken(String words, Path file, String why) {
    return AwsSetupException.credentials(
        words + ": its web_identity_token_file " + file + why,
        "Name the file that holds the token.");
  }

  /** A provider that is made when it is first asked. */
  private static final class Lazily implements AwsCredentialsProvider {
    private final java.util.function.Supplier<AwsCredentialsProvider> made;
    private AwsCredentialsProvider provider;

    Lazily(java.util.function.Supplier<AwsCredentialsProvider> made) {
      this.made = made;
    }

    @Override
    public software.amazon.awssdk.auth.credentials.AwsCredentials resolveCredentials() {
      synchronized (this) {
        if (provider == null) {
          provider = made.get();
        }
      }
      return provider.resolveCredentials();
    }
  }
}
