package com.cruddur.ddb.aws;

import java.nio.file.Path;
import java.util.Map;

/**
 * The environment variables of a run as AWS's tools read them.
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

  /** Whether keys stand in the environment, or half of them: they go before AWS_PROFILE. */
  public boolean hasKeys() {
    return value("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") != null;
  }

  /** {@code ~/.aws/config}, unless AWS_CONFIG_FILE names another. */
  Path configFile() {
    return file("AWS_CONFIG_FILE", "config");
  }

  /** {@code ~/.aws/credentials}, unless AWS_SHARED_CREDENTIALS_FILE names another. */
  Path credentialsFile() {
    return file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
  }

  /** {@code ~/.aws}. */
  Path folder() {
    return home().resolve(".aws");
  }

  private Path file(String variable, String name) {
    String named = value(variable);
    return named == null ? folder().resolve(name) : path(named);
  }

  /** A path as people write it. */
  Path path(String text) {
    return text.startsWith("~/") ? home().resolve(text.substring(2)) : Path.of(text);
  }

  private Path home() {
    String named = value("HOME", "USERPROFILE");
    return Path.of(named == null ? System.getProperty("user.home") : named);
  }
}
