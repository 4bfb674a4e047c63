package com.cruddur.ddb.aws;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.services.sso.SsoClient;
import software.amazon.awssdk.services.sso.auth.SsoCredentialsProvider;
import software.amazon.awssdk.services.sso.model.GetRoleCredentialsRequest;

/** The credentials that IAM Identity Center (SSO) gives to who has logged in by {@code aws}. */
final class SsoCredentials implements AwsCredentialsProvider {
  private final AwsAccess access;
  private final String words;
  private final Settings settings;
  private final Duration limit;
  private final SsoTokens tokens;
  private SsoCredentialsProvider provider;

  /**
   * What a profile says of SSO.
   *
   * @param session null for the older form, which has all in the profile
   */
  record Settings(
      String profile, String session, String startUrl, String region, String account, String role) {
    /** The command that logs in. */
    String login() {
      return "Run 'aws sso login --profile " + profile + "'.";
    }
  }

  private SsoCredentials(AwsAccess access, Settings settings, String words, Duration limit) {
    this.access = access;
    this.settings = settings;
    this.words = words;
    this.limit = limit;
    this.tokens = new SsoTokens(access, settings, words, limit);
  }

  /**
   * The source that a profile describes.
   *
   * @throws AwsSetupException when something is missing in it
   */
  static CredentialSource of(AwsAccess access, Profile profile, Duration limit) {
    String session = text(profile, "sso_session");
    Profile place = profile;
    if (session != null) {
      place =
          access
              .profileFile()
              .getSection("sso-session", session)
              .orElseThrow(
                  () ->
                      AwsSetupException.credentials(
                          "profile "
                              + profile.name()
                              + ": its sso_session "
                              + session
                              + " does not exist",
                          "Run 'aws configure sso --profile " + profile.name() + "'."));
    }
    Settings settings =
        new Settings(
            profile.name(),
            session,
            required(profile, place, ProfileProperty.SSO_START_URL),
            required(profile, place, ProfileProperty.SSO_REGION),
            required(profile, profile, ProfileProperty.SSO_ACCOUNT_ID),
            required(profile, profile, ProfileProperty.SSO_ROLE_NAME));
    String words =
        "profile " + profile.name() + ": SSO role " + settings.role + " of " + settings.account;
    return new CredentialSource(words, new SsoCredentials(access, settings, words, limit));
  }

  private static String required(Profile profile, Profile place, String property) {
    String found = text(place, property);
    if (found == null) {
      throw AwsSetupException.credentials(
          "profile " + profile.name() + ": SSO without " + property,
          "Run 'aws configure sso --profile " + profile.name() + "'.");
    }
    return found;
  }

  private static String text(Profile profile, String property) {
    return Optional.ofNullable(profile.properties().get(property))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .orElse(null);
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider().resolveCredentials();
    } catch (AwsServiceException e) {
      throw refused(e);
    }
  }

  private AwsSetupException refused(AwsServiceException e) {
    if (e.statusCode() == 401) {
      return new AwsSetupException(
          AwsSetupException.Kind.CREDENTIALS,
          words + ": the login has ended: " + CredentialFailures.said(e),
          settings.login(),
          e);
    } else if (e.statusCode() == 403 || e.statusCode() == 404) {
      return new AwsSetupException(
          AwsSetupException.Kind.CREDENTIALS,
          words + ": the role is not assigned to who logged in: " + CredentialFailures.said(e),
          "Have it assigned, or repair sso_role_name and sso_account_id of the profile.",
          e);
    }
    return CredentialFailures.of(words, e);
  }

  private synchronized SsoCredentialsProvider provider() {
    if (provider == null) {
      SsoClient client =
          access.client(
              SsoClient.builder(),
              "sso",
              settings.region,
              limit,
              AnonymousCredentialsProvider.create());
      SsoCredentialsProvider.Builder builder = SsoCredentialsProvider.builder();
      provider =
          builder
              .ssoClient(client)
              .refreshRequest(
                  () ->
                      GetRoleCredentialsRequest.builder()
                          .accountId(settings.account)
                          .roleName(settings.role)
                          .accessToken(tokens.valid())
                          .build())
              .build();
    }
    return provider;
  }
}
