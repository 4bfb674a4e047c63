package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which table is meant; they become one {@link TargetSettings}. */
final class TargetOptions {
  private static final String LOCAL_REGION = "us-east-1";
  private static final String DUMMY = "local";
  private static final String SDK_CHAIN = "the AWS SDK's chain";
  private static final Setting DUMMY_CREDENTIALS =
      new Setting(TargetSettings.CREDENTIALS, DUMMY, "made up for a local endpoint");
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
    if (profile != null && !prod) {
      throw CommandException.usage(
          "--profile needs --prod", "Add --prod to work on AWS, or leave --profile out.");
    }
    Setting url =
        named(
            TargetSettings.ENDPOINT,
            "--endpoint-url",
            endpointUrl,
            ignoresEndpoints(environment) ? Map.of() : environment,
            "AWS_ENDPOINT_URL_DYNAMODB",
            "AWS_ENDPOINT_URL");
    Setting regionName = regionName(environment, !prod && url == null);
    Setting tableName = tableName(environment);
    TargetSettings settings =
        prod
            ? aws(url, regionName, tableName, environment)
            : url == null
                ? local(localPort, regionName, tableName, environment)
                : endpoint(url, regionName, tableName, environment);
    Target target =
        settings
            .target()
            .withLocalAccounts(localAccounts(environment))
            .withStreamsEndpoint(streamsEndpoint(url, environment));
    return new TargetSettings(
        target, settings.all().stream().map(TargetOptions::withoutPassword).toList());
  }

  private static Setting withoutPassword(Setting setting) {
    return new Setting(setting.name(), Target.shown(setting.value()), setting.source());
  }

  /** What DDB_LOCAL_ACCOUNTS names, separated by commas. */
  private static Set<String> localAccounts(Map<String, String> environment) {
    String text = environment.getOrDefault("DDB_LOCAL_ACCOUNTS", "").strip();
    Set<String> accounts =
        text.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(text.split("\\s*,\\s*")));
    for (String account : accounts) {
      if (!account.matches("[\\w.-]+")) {
        throw CommandException.usage(
            "DDB_LOCAL_ACCOUNTS is '" + text + "'",
            "Set it to account ids as in the ARNs of local tables, separated by" + " commas.");
      }
    }
    return accounts;
  }

  /** A variable's own url for streams; --endpoint-url is for both. */
  private URI streamsEndpoint(Setting url, Map<String, String> environment) {
    boolean ignored = ignoresEndpoints(environment);
    String own = ignored ? null : environment.get("AWS_ENDPOINT_URL_DYNAMODB_STREAMS");
    boolean local = url == null && !prod;
    return endpointUrl != null || local || own == null || own.isBlank()
        ? null
        : uri(own.strip(), "AWS_ENDPOINT_URL_DYNAMODB_STREAMS");
  }

  private static boolean ignoresEndpoints(Map<String, String> environment) {
    return Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
  }

  private TargetSettings aws(
      Setting tableUrl, Setting given, Setting table, Map<String, String> environment) {
    Setting named = profile(environment);
    AwsAccess access =
        new AwsAccess(new AwsEnvironment(environment), named == null ? null : named.value());
    Setting url =
        tableUrl != null
            ? tableUrl
            : ofProfile(TargetSettings.ENDPOINT, access, access.profileEndpoint("dynamodb"));
    Setting region =
        given != null ? given : ofProfile(TargetSettings.REGION, access, access.profileRegion());
    if (region != null && !isRegionName(region.value())) {
      throw new CommandException(
          ExitCode.UNREACHABLE,
          "no_region",
          "the region '"
              + region.value()
              + "' of "
              + access.profileInUse()
              + " is not a region name",
          "Repair it there, or give one such as --region us-east-1.");
    }
    Target target =
        new Target(
            Target.Kind.PROD,
            url == null
                ? null
                : uri(url.value(), tableUrl == null ? access.profileInUse() : url.source()),
            region == null ? null : region.value(),
            named == null ? null : named.value(),
            null,
            null,
            table.value());
    List<Setting> all = new ArrayList<>();
    all.add(url == null ? new Setting(TargetSettings.ENDPOINT, "AWS", "--prod") : url);
    if (named != null) {
      all.add(named);
    }
    String chain = named == null ? SDK_CHAIN : "profile " + named.value();
    all.add(region == null ? new Setting(TargetSettings.REGION, "", chain) : region);
    all.add(credentials(named == null ? environment : Map.of(), chain));
    all.add(table);
    return new TargetSettings(target, List.copyOf(all));
  }

  /** What a profile says; null for nothing. */
  private static Setting ofProfile(String name, AwsAccess access, String value) {
    return value == null ? null : new Setting(name, value, "profile " + access.profileName());
  }

  /** A table of the local stack, whatever else these options name. */
  TargetSettings local(Map<String, String> environment, int port, String name) {
    return local(port, null, new Setting(TargetSettings.TABLE, name, "--to-table"), environment);
  }

  /** Whatever the user's keys and region, so that tables never disappear. */
  private static TargetSettings local(
      int port, Setting region, Setting table, Map<String, String> environment) {
    String url = "http://localhost:" + port;
    Setting some = orLocal(region);
    String source = environment.containsKey("DDB_LOCAL_PORT") ? "DDB_LOCAL_PORT" : "default";
    return new TargetSettings(
        new Target(
            Target.Kind.LOCAL, URI.create(url), some.value(), null, DUMMY, DUMMY, table.value()),
        List.of(
            new Setting(TargetSettings.ENDPOINT, url, "the local stack, " + source),
            some,
            DUMMY_CREDENTIALS,
            table));
  }

  /**
   * A url that the user gave. Keys of the environment are used; without them a server on this
   * machine gets dummy ones, and another host is left to the SDK's chain.
   */
  private TargetSettings endpoint(
      Setting url, Setting region, Setting table, Map<String, String> environment) {
    URI endpoint = uri(url.value(), url.source());
    // Nobody who checks keys is spoken to without TLS.
    boolean here = DynamoDbClients.isLocalStyle(endpoint);
    boolean dummy = here && !new AwsEnvironment(environment).hasPlainKeys();
    Setting some = here ? orLocal(region) : region;
    Setting named = here ? null : profile(environment);
    String chain = named == null ? SDK_CHAIN : "profile " + named.value();
    return new TargetSettings(
        new Target(
            Target.Kind.ENDPOINT,
            endpoint,
            some == null ? null : some.value(),
            named == null ? null : named.value(),
            dummy ? DUMMY : null,
            dummy ? DUMMY : null,
            table.value()),
        List.of(
            url,
            some == null ? new Setting(TargetSettings.REGION, "", chain) : some,
            dummy ? DUMMY_CREDENTIALS : credentials(environment, chain),
            table));
  }

  private static Setting orLocal(Setting region) {
    return region == null
        ? new Setting(TargetSettings.REGION, LOCAL_REGION, "default of a local endpoint")
        : region;
  }

  /** The profile that is used and no other; null where none is named. */
  private Setting profile(Map<String, String> environment) {
    boolean keys = new AwsEnvironment(environment).hasKeys();
    return keys && profile == null
        ? null
        : named(
            TargetSettings.PROFILE,
            "--profile",
            profile,
            environment,
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE");
  }

  /** The key's id, which is no secret. */
  private static Setting credentials(Map<String, String> environment, String chain) {
    Setting key = named(TargetSettings.CREDENTIALS, null, null, environment, "AWS_ACCESS_KEY_ID");
    return key == null ? new Setting(TargetSettings.CREDENTIALS, "", chain) : key;
  }

  /**
   * A url.
   *
   * @param source what named it: an option, a variable, a profile
   */
  private static URI uri(String text, String source) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      uri = URI.create("");
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getPort() > 65535) {
      throw CommandException.usage(
          "the endpoint '" + Target.shown(text) + "' of " + source + " is not a url",
          "Give one such as http://localhost:8000.");
    }
    // What a server prints that listens everywhere; none answers to that name.
    return uri.getHost().equals("0.0.0.0")
        ? URI.create(text.replaceFirst("0\\.0\\.0\\.0", "127.0.0.1"))
        : uri;
  }

  private Setting regionName(Map<String, String> environment, boolean local) {
    Setting found =
        named(
            TargetSettings.REGION,
            "--region",
            region,
            environment,
            "AWS_REGION",
            "AWS_DEFAULT_REGION");
    if (found != null && !isRegionName(found.value())) {
      if (local && region == null) {
        return null; // Nothing of AWS's environment breaks local work.
      }
      throw CommandException.usage(
          "the region '" + found.value() + "' is not a region name", "Give one such as us-east-1.");
    }
    return found;
  }

  private static boolean isRegionName(String text) {
    return text.matches("[a-z0-9-]{1,63}");
  }

  private Setting tableName(Map<String, String> environment) {
    Setting found = named(TargetSettings.TABLE, "--table", table, environment, "DDB_MESSAGE_TABLE");
    if (found == null) {
      return new Setting(TargetSettings.TABLE, Target.DEFAULT_TABLE, "default");
    }
    TableName.check(found.value());
    return found;
  }

  /** The option's value, else the first variable that says something; null for neither. */
  private static Setting named(
      String name,
      String option,
      String given,
      Map<String, String> environment,
      String... variables) {
    if (given != null) {
      return new Setting(name, given, option);
    }
    for (String variable : variables) {
      String value = environment.get(variable);
      if (value != null && !value.isBlank()) {
        return new Setting(name, value.strip(), variable);
      }
    }
    return null;
  }
}
