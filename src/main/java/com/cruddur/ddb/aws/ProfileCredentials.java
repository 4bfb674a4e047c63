package com.cruddur.ddb.aws;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * What a profile is set up to sign with, in the order of {@code aws}: a role, SSO, keys, a login, a
 * process.
 */
final class ProfileCredentials {
  /** The names that the SDK reads from the files. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\-/.%@:+]*");

  private static final String EXPORT =
      "eval \"$(aws configure export-credentials --profile %s --format env)\"";
  private static final List<String> PROPERTIES =
      List.of(
          ProfileProperty.ROLE_ARN,
          ProfileProperty.SSO_START_URL,
          ProfileProperty.SSO_ACCOUNT_ID,
          "sso_session",
          ProfileProperty.AWS_ACCESS_KEY_ID,
          ProfileProperty.AWS_SECRET_ACCESS_KEY,
          ProfileProperty.LOGIN_SESSION,
          ProfileProperty.CREDENTIAL_PROCESS);

  private final AwsAccess access;
  private final CredentialSources others;
  private final String region;
  private final Duration limit;

  ProfileCredentials(AwsAccess access, CredentialSources others, String region, Duration limit) {
    this.access = access;
    this.others = others;
    this.region = region;
    this.limit = limit;
  }

  /** Whether a profile is there and says anything of credentials. */
  static boolean isSetUp(Profiles profiles, String name) {
    return profiles
        .profile(name)
        .filter(p -> PROPERTIES.stream().anyMatch(property -> p.property(property).isPresent()))
        .isPresent();
  }

  /** The credentials of a profile; what is wrong with it is told when they are asked for. */
  CredentialSource source(String name) {
    try {
      return source(name, new LinkedHashSet<>());
    } catch (AwsSetupException e) {
      return failing("profile " + name, () -> e);
    }
  }

  private static CredentialSource failing(String words, Supplier<AwsSetupException> failure) {
    return new CredentialSource(
        words,
        () -> {
          throw failure.get();
        });
  }

  /**
   * A profile, perhaps as the source of another.
   *
   * @param path the profiles that led here
   */
  private CredentialSource source(String name, Set<String> path) {
    Profile profile =
        access.profiles().profile(name).orElseThrow(() -> missing(name, List.copyOf(path)));
    path.add(name);
    String words = "profile " + name;
    Values values = new Values(profile);
    if (values.has(ProfileProperty.ROLE_ARN)) {
      return role(words, values, path);
    } else if (values.has("sso_session")
        || values.has(ProfileProperty.SSO_START_URL)
        || values.has(ProfileProperty.SSO_ACCOUNT_ID)) {
      return SsoCredentials.of(access, profile, limit);
    } else if (values.hasKeys()) {
      return new CredentialSource(words + ": key " + values.keyId(), values::keys);
    } else if (values.has(ProfileProperty.LOGIN_SESSION)) {
      throw AwsSetupException.credentials(
          words + ": ddb cannot use a login session of 'aws login'",
          "Run " + EXPORT.formatted(name) + " and leave --profile and AWS_PROFILE out.");
    } else if (values.has(ProfileProperty.CREDENTIAL_PROCESS)) {
      String command = values.get(ProfileProperty.CREDENTIAL_PROCESS);
      return new CredentialSource(
          words + ": credential_process", new ProcessCredentials(words, command, limit));
    }
    throw AwsSetupException.credentials(
        words + " has no credentials: no keys, role, SSO or credential_process",
        "Run 'aws configure --profile "
            + name
            + "' or 'aws configure sso --profile "
            + name
            + "'.");
  }

  private AwsSetupException missing(String name, List<String> path) {
    if (!path.isEmpty()) {
      return AwsSetupException.credentials(
          "profile "
              + path.get(path.size() - 1)
              + ": its source_profile "
              + name
              + " does not exist",
          "Repair source_profile in " + access.environment().configFile() + ".");
    }
    return missing(access.environment(), name);
  }

  static AwsSetupException missing(AwsEnvironment environment, String name) {
    if (!NAME.matcher(name).matches()) {
      // The SDK passes by such a profile as if it were not there.
      return AwsSetupException.credentials(
          "profile " + name + ": ddb reads names of the letters a to z, digits and _ - / . % @ : +",
          "Rename the profile, or run "
              + EXPORT.formatted("'" + name.replace("'", "'\\''") + "'")
              + " and leave --profile and AWS_PROFILE out.");
    }
    return AwsSetupException.credentials(
        "profile "
            + name
            + " does not exist in "
            + environment.configFile()
            + " or "
            + environment.credentialsFile(),
        "'aws configure list-profiles' lists those that do.");
  }

  private CredentialSource role(String words, Values values, Set<String> path) {
    String role = values.get(ProfileProperty.ROLE_ARN);
    String session = values.get(ProfileProperty.ROLE_SESSION_NAME);
    String sign = words + ": role " + role;
    AssumedRole assumed = new AssumedRole(access, region, limit);
    if (values.has(ProfileProperty.WEB_IDENTITY_TOKEN_FILE)) {
      String file = values.get(ProfileProperty.WEB_IDENTITY_TOKEN_FILE);
      return assumed.byWebIdentity(sign, role, session, access.environment().path(file));
    }
    if (values.has(ProfileProperty.MFA_SERIAL)) {
      throw AwsSetupException.credentials(
          words
              + " wants a code of "
              + values.get(ProfileProperty.MFA_SERIAL)
              + " (mfa_serial), which ddb cannot ask for",
          "Run "
              + EXPORT.formatted(values.profile.name())
              + " and leave --profile and AWS_PROFILE out.");
    }
    AwsCredentialsProvider source = sourceOf(words, values, path);
    return assumed.bySource(sign, values.profile, () -> resolved(words, source));
  }

  /** What the source of a role says names both profiles. */
  private static AwsCredentials resolved(String words, AwsCredentialsProvider source) {
    try {
      return source.resolveCredentials();
    } catch (AwsSetupException e) {
      throw new AwsSetupException(
          e.kind(), words + ": who assumes its role: " + e.getMessage(), e.hint(), e);
    }
  }

  private AwsCredentialsProvider sourceOf(String words, Values values, Set<String> path) {
    String source = values.get(ProfileProperty.SOURCE_PROFILE);
    String place = values.get(ProfileProperty.CREDENTIAL_SOURCE);
    if ((source == null) == (place == null)) {
      throw AwsSetupException.credentials(
          words
              + " has role_arn with "
              + (source == null ? "neither" : "both")
              + " source_profile "
              + (source == null ? "nor" : "and")
              + " credential_source",
          "Give it one of them: they say who may assume the role.");
    }
    if (place != null) {
      return switch (place) {
        case "Environment" -> others.keys();
        case "EcsContainer" -> others.container();
        case "Ec2InstanceMetadata" -> others.instance();
        default ->
            throw AwsSetupException.credentials(
                words + ": credential_source is '" + place + "'",
                "It is Environment, Ec2InstanceMetadata or EcsContainer.");
      };
    }
    boolean own = source.equals(values.profile.name()) && values.hasKeys();
    if (own) {
      return values::keys;
    }
    if (path.contains(source)) {
      throw AwsSetupException.credentials(
          words + ": source_profile goes in a circle: " + String.join(" > ", path) + " > " + source,
          "Let the last one have keys, SSO or a process.");
    }
    return source(source, path);
  }

  /** The properties of a profile. */
  private record Values(Profile profile) {
    boolean has(String property) {
      return get(property) != null;
    }

    String get(String property) {
      return Optional.ofNullable(profile.properties().get(property))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .orElse(null);
    }

    boolean hasKeys() {
      return has(ProfileProperty.AWS_ACCESS_KEY_ID) || has(ProfileProperty.AWS_SECRET_ACCESS_KEY);
    }

    String keyId() {
      return String.valueOf(get(ProfileProperty.AWS_ACCESS_KEY_ID));
    }

    AwsCredentials keys() {
      return CredentialSources.pair(
          "profile " + profile.name(),
          "Set both aws_access_key_id and aws_secret_access_key there, or neither.",
          get(ProfileProperty.AWS_ACCESS_KEY_ID),
          get(ProfileProperty.AWS_SECRET_ACCESS_KEY),
          get(ProfileProperty.AWS_SESSION_TOKEN));
    }
  }
}
