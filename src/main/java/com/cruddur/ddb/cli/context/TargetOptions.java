package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which table is meant; they become one {@link TargetSettings}. */
final class TargetOptions {
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
      description = "Work on production; without it nothing is ever written there.")
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

  @Option(
      names = "--allow-clock-skew",
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "Write to production although this machine's clock is wrong.")
  private boolean clockSkew;

  boolean allowsClockSkew() {
    return clockSkew;
  }

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

  /** What options and environment name together; options win. */
  TargetSettings resolve(Map<String, String> environment, int localPort) {
    return resolver(environment).resolve(localPort);
  }

  /** A table of the local stack, whatever else these options name. */
  TargetSettings local(Map<String, String> environment, int port, String name) {
    return resolver(environment)
        .local(port, null, new Setting(TargetSettings.TABLE, name, "--to-table"));
  }

  private TargetResolver resolver(Map<String, String> environment) {
    return new TargetResolver(
        new TargetResolver.Given(endpointUrl, prod, profile, region, table), environment);
  }
}
