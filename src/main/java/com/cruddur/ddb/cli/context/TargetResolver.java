package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which table is meant: by the options, the environment and the profile, in that order.
 */
final class TargetResolver {
  private static final String LOCAL_REGION = "us-east-1";
  private static final String DUMMY = "local";
  private static final String SDK_CHAIN = "the AWS SDK's chain";
  private static final Setting DUMMY_CREDENTIALS =
      new Setting(TargetSettings.CREDENTIALS, DUMMY, "made up for a local endpoint");

  private final Given given;
  private final Map<String, String> environment;

  /** What the options say; null for those that were not given. */
  record Given(String endpointUrl, boolean prod, String profile, String region, String table) {}

  TargetResolver(Given given, Map<String, String> environment) {
    this.given = given;
    this.environment = environment;
  }

  /** What options and environment name together; options win. */
  TargetSettings resolve(int localPort) {
    if (given.profile != null && !given.prod) {
      throw CommandException.usage(
          "--profile needs --prod", "Add --prod to work on AWS, or leave --profile out.");
    }
    String[] variables =
        ignoresEndpoints()
            ? new String[0]
            : new String[] {"AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL"};
    Setting url = named(TargetSettings.ENDPOINT, "--endpoint-url", given.endpointUrl, variables);
    Setting regionName = regionName(!given.prod && url == null);
    Setting tableName = tableName();
    TargetSettings settings =
        given.prod
            ? aws(url, regionName, tableName)
            : url == null
                ? local(localPort, regionName, tableName)
                : endpoint(url, regionName, tableName);
    Target target =
        settings
            .target()
            .withLocalAccounts(localAccounts())
            .withStreamsEndpoint(streamsEndpoint(url));
    return new TargetSettings(
        target, settings.all().stream().map(TargetResolver::withoutPassword).toList());
  }

  private static Setting withoutPassword(Setting setting) {
    return new Setting(setting.name(), Target.shown(setting.value()), setting.source());
  }

  /** What DDB_LOCAL_ACCOUNTS names, separated by commas. */
  private Set<String> localAccounts() {
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
  private URI streamsEndpoint(Setting url) {
    boolean ignored = ignoresEndpoints();
    String own = ignored ? null : environment.get("AWS_ENDPOINT_URL_DYNAMODB_STREAMS");
    boolean local = url == null && !given.prod;
    return given.endpointUrl != null || local || own == null || own.isBlank()
        ? null
        : uri(own.strip(), "AWS_ENDPOINT_URL_DYNAMODB_STREAMS");
  }

  private boolean ignoresEndpoints() {
    return Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
  }

  private TargetSettings aws(Setting tableUrl, Setting regionName, Setting table) {
    Setting named = profile();
    AwsAccess access =
        new AwsAccess(new AwsEnvironment(environment), named == null ? null : named.value());
    Setting url =
        tableUrl != null
            ? tableUrl
            : ofProfile(TargetSettings.ENDPOINT, access, access.profileEndpoint("dynamodb"));
    Setting region =
        regionName != null
            ? regionName
            : ofProfile(TargetSettings.REGION, access, access.profileRegion());
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
    all.add(named == null ? credentials(chain) : unknownCredentials(chain));
    all.add(table);
    return new TargetSettings(target, List.copyOf(all));
  }

  /** What a profile says; null for nothing. */
  private static Setting ofProfile(String name, AwsAccess access, String value) {
    return value == null ? null : new Setting(name, value, "profile " + access.profileName());
  }

  /** Whatever the user's keys and region, so that tables never disappear. */
  TargetSettings local(int port, Setting region, Setting table) {
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
  private TargetSettings endpoint(Setting url, Setting region, Setting table) {
    URI endpoint = uri(url.value(), url.source());
    // Nobody who checks keys is spoken to without TLS.
    boolean here = DynamoDbClients.isLocalStyle(endpoint);
    boolean dummy = here && !new AwsEnvironment(environment).hasPlainKeys();
    Setting some = here ? orLocal(region) : region;
    Setting named = here ? null : profile();
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
            dummy ? DUMMY_CREDENTIALS : credentials(chain),
            table));
  }

  private static Setting orLocal(Setting region) {
    return region == null
        ? new Setting(TargetSettings.REGION, LOCAL_REGION, "default of a local endpoint")
        : region;
  }

  /** The profile that is used and no other; null where none is named. */
  private Setting profile() {
    boolean keys = new AwsEnvironment(environment).hasKeys();
    return keys && given.profile == null
        ? null
        : named(
            TargetSettings.PROFILE,
            "--profile",
            given.profile,
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE");
  }

  /** The key's id, which is no secret. */
  private Setting credentials(String chain) {
    Setting key = named(TargetSettings.CREDENTIALS, null, null, "AWS_ACCESS_KEY_ID");
    return key == null ? unknownCredentials(chain) : key;
  }

  private static Setting unknownCredentials(String chain) {
    return new Setting(TargetSettings.CREDENTIALS, "", chain);
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

  private Setting regionName(boolean local) {
    Setting found =
        named(TargetSettings.REGION, "--region", given.region, "AWS_REGION", "AWS_DEFAULT_REGION");
    if (found != null && !isRegionName(found.value())) {
      if (local && given.region == null) {
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

  private Setting tableName() {
    Setting found = named(TargetSettings.TABLE, "--table", given.table, "DDB_MESSAGE_TABLE");
    if (found == null) {
      return new Setting(TargetSettings.TABLE, Target.DEFAULT_TABLE, "default");
    }
    TableName.check(found.value());
    return found;
  }

  /** The option's value, else the first variable that says something; null for neither. */
  private Setting named(String name, String option, String chosen, String... variables) {
    if (chosen != null) {
      return new Setting(name, chosen, option);
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
