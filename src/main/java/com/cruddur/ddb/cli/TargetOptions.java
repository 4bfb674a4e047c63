package com.cruddur.ddb.cli;

import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which table is meant; they become one {@link Target}. */
final class TargetOptions {
  private static final String LOCAL_REGION = "us-east-1";
  private static final double SHORTEST_TIMEOUT = 0.1;
  private static final double LONGEST_TIMEOUT = 3600;

  @Option(
      names = "--endpoint-url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "Speak to this endpoint (AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL).")
  private String endpointUrl;

  @Option(
      names = "--prod",
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "Work on AWS; without it nothing ever does.")
  private boolean prod;

  @Option(
      names = "--profile",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "With --prod: a profile of the AWS configuration files.")
  private String profile;

  @Option(
      names = "--region",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "The AWS region (AWS_REGION, AWS_DEFAULT_REGION).")
  private String region;

  @Option(
      names = "--table",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "The table (DDB_MESSAGE_TABLE); default: " + Target.DEFAULT_TABLE + ".")
  private String table;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "SECONDS",
      description = "Wait for DynamoDB's answer to a request, retries included; default: 30.")
  private Double timeout;

  /** How long one request takes at most; see {@link DynamoDbClients}. */
  Duration timeout() {
    if (timeout == null) {
      return DynamoDbClients.TIMEOUT;
    }
    if (!(timeout >= SHORTEST_TIMEOUT && timeout <= LONGEST_TIMEOUT)) {
      throw CommandException.usage("--timeout is " + timeout, "It is 0.1 to 3600 seconds.");
    }
    return Duration.ofMillis((long) (timeout * 1000));
  }

  /** The target that options and environment name together; options win. */
  Target target(Map<String, String> environment, int localPort) {
    if (prod && endpointUrl != null) {
      throw CommandException.usage(
          "--prod and --endpoint-url exclude each other", "Give the one that you mean.");
    }
    if (profile != null && !prod) {
      throw CommandException.usage(
          "--profile needs --prod", "Add --prod to work on AWS, or leave --profile out.");
    }
    String url = first(endpointUrl, environment, "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL");
    String regionName = regionName(environment);
    String tableName = tableName(environment);
    if (prod) {
      URI own = url == null ? null : uri(url);
      return new Target(Target.Kind.PROD, own, regionName, profile, null, null, tableName);
    }
    if (url == null) {
      URI endpoint = URI.create("http://localhost:" + localPort);
      String some = orLocal(regionName);
      return new Target(Target.Kind.LOCAL, endpoint, some, null, "local", "local", tableName);
    }
    return endpoint(uri(url), regionName, tableName, environment);
  }

  /**
   * A url that the user gave. Keys of the environment are used; without them a server on this
   * machine gets dummy ones, and another host is left to the SDK's chain.
   */
  private static Target endpoint(
      URI url, String region, String table, Map<String, String> environment) {
    boolean here = DynamoDbClients.isLoopback(url);
    boolean dummy = here && !environment.containsKey("AWS_ACCESS_KEY_ID");
    return new Target(
        Target.Kind.ENDPOINT,
        url,
        here ? orLocal(region) : region,
        null,
        dummy ? "local" : null,
        dummy ? "local" : null,
        table);
  }

  private static String orLocal(String region) {
    return region == null ? LOCAL_REGION : region;
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      uri = URI.create("");
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getPort() > 65535) {
      throw CommandException.usage(
          "the endpoint '" + text + "' is not a url", "Give one such as http://localhost:8000.");
    }
    return uri;
  }

  private String regionName(Map<String, String> environment) {
    String name = first(region, environment, "AWS_REGION", "AWS_DEFAULT_REGION");
    if (name != null && !name.matches("[a-z0-9-]{1,63}")) {
      throw CommandException.usage(
          "the region '" + name + "' is not a region name", "Give one such as us-east-1.");
    }
    return name;
  }

  private String tableName(Map<String, String> environment) {
    String name = first(table, environment, "DDB_MESSAGE_TABLE");
    if (name == null) {
      return Target.DEFAULT_TABLE;
    }
    if (!name.matches("[a-zA-Z0-9_.-]{3,255}")) {
      throw CommandException.usage(
          "the table name '" + name + "' is not one that DynamoDB allows",
          "Use 3 to 255 letters, digits, '_', '.' and '-'.");
    }
    return name;
  }

  private static String first(String option, Map<String, String> environment, String... names) {
    if (option != null) {
      return option;
    }
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }
}
