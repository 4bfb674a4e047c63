package com.cruddur.ddb.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * The environment variables of a run as AWS's tools read them, and the files that they name.
 *
 * @param variables all of them, by name
 */
public record AwsEnvironment(Map<String, String> variables) {
  /** Nothing is set. */
  public static final AwsEnvironment NONE = new AwsEnvironment(Map.of());

  /** The first of these variables that says something; null for none. */
  public String value(String... names) {
    for (String name : names) {
      String value = variables.get(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }

  /** Whether keys stand in the environment: they go before a profile that a variable names. */
  public boolean hasKeys() {
    return value("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") != null;
  }

  /**
   * Who signs; what is wrong is told when the credentials are asked for.
   *
   * @param profile the one that was named, and then nobody else; null for none
   */
  public AwsCredentialsProvider credentials(String profile) {
    if (profile != null) {
      return new NamedProfile(profile, this::profiles);
    }
    return hasKeys() ? this::keys : DefaultCredentialsProvider.create();
  }

  private AwsCredentials keys() {
    String id = value("AWS_ACCESS_KEY_ID");
    String secret = value("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      String missing = id == null ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY";
      String set = id == null ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID";
      throw new CredentialsException(
          "the environment has " + set + " without " + missing,
          "Set both, or neither and name a profile with --profile.",
          null);
    }
    String token = value("AWS_SESSION_TOKEN");
    return token == null
        ? AwsBasicCredentials.create(id, secret)
        : AwsSessionCredentials.create(id, secret, token);
  }

  /** Whether a profile is there and names a region. */
  public boolean hasRegion(String profile) {
    return profiles().profile(profile).flatMap(p -> p.property(ProfileProperty.REGION)).isPresent();
  }

  /** {@code ~/.aws/config}, unless AWS_CONFIG_FILE names another. */
  public Path configFile() {
    return file("AWS_CONFIG_FILE", "config");
  }

  /** {@code ~/.aws/credentials}, unless AWS_SHARED_CREDENTIALS_FILE names another. */
  public Path credentialsFile() {
    return file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
  }

  private Path file(String variable, String name) {
    String named = value(variable);
    String home = value("HOME", "USERPROFILE");
    Path folder = Path.of(home == null ? System.getProperty("user.home") : home);
    if (named == null) {
      return folder.resolve(".aws").resolve(name);
    }
    return named.startsWith("~/") ? folder.resolve(named.substring(2)) : Path.of(named);
  }

  /**
   * The profiles of both files; a file that is not there has none.
   *
   * @throws CredentialsException when one cannot be read, naming it
   */
  public ProfileFile profiles() {
    ProfileFile.Aggregator all = ProfileFile.aggregator();
    add(all, configFile(), ProfileFile.Type.CONFIGURATION);
    add(all, credentialsFile(), ProfileFile.Type.CREDENTIALS);
    return all.build();
  }

  private static void add(ProfileFile.Aggregator all, Path path, ProfileFile.Type type) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      all.addFile(ProfileFile.builder().content(path).type(type).build());
    } catch (RuntimeException e) {
      throw new CredentialsException(path + ": " + e.getMessage(), "Repair that file.", e);
    }
  }
}
