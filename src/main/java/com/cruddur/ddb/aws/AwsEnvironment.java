package com.cruddur.ddb.aws;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables of a run as AWS's tools read them.
 *
 * @param variables all of them, by name
 */
public record AwsEnvironment(Map<String, String> variables) {
  private static final String NOWHERE = "/dev/null/none";
  private static final Set<String> LOCAL =
      Set.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_CA_BUNDLE",
          "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
          "HOME");

  /** Nothing is set. */
  public static final AwsEnvironment NONE = new AwsEnvironment(Map.of());

  /** What a server on this machine, or one without TLS, may hear of: keys and authorities. */
  public AwsEnvironment ofLocalServer() {
    Map<String, String> some = new HashMap<>(variables);
    some.keySet().retainAll(LOCAL);
    // No file of AWS is read: nothing in it can break local work.
    some.put("AWS_CONFIG_FILE", NOWHERE);
    some.put("AWS_SHARED_CREDENTIALS_FILE", NOWHERE);
    return new AwsEnvironment(some);
  }

  /** Whether both halves of a key stand there, as every server takes it: letters and digits. */
  public boolean hasPlainKeys() {
    String id = value("AWS_ACCESS_KEY_ID");
    return id != null && id.matches("[A-Za-z0-9]+") && value("AWS_SECRET_ACCESS_KEY") != null;
  }

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
