package com.cruddur.ddb.dynamo;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The table that a command means, and how to reach it.
 *
 * @param kind where it is
 * @param endpoint the url spoken to; null on AWS, unless the environment names one
 * @param region a region name; null on AWS to let the SDK's chain decide
 * @param profile a profile of the AWS configuration files; null for the SDK's chain
 * @param accessKeyId for the fixed credentials of a local target; null for the SDK's chain
 * @param secretAccessKey belongs to accessKeyId
 * @param table the table's name
 * @param streamsEndpoint the url spoken to for streams; null for the same as for tables
 * @param localAccounts the accounts besides that of the emulators whose tables are local
 */
public record Target(
    Kind kind,
    URI endpoint,
    String region,
    String profile,
    String accessKeyId,
    String secretAccessKey,
    String table,
    URI streamsEndpoint,
    Set<String> localAccounts) {

  /** The table's name when neither {@code --table} nor DDB_MESSAGE_TABLE says another. */
  public static final String DEFAULT_TABLE = "cruddur-messages";

  private static final Pattern AWS_HOST =
      Pattern.compile("(?i).*\\.(amazonaws\\.com(\\.cn)?|api\\.aws)\\.?");

  private static final Pattern PASSWORD = Pattern.compile("(://[^/?#@]*?:?)[^/?#@:]*@");

  /** Where a target is. */
  public enum Kind {
    /** The embedded stack. */
    LOCAL,
    /** A url that the user gave: DynamoDB Local started by hand, a VPC endpoint, a proxy. */
    ENDPOINT,
    /** Production, by the SDK's default chain: the only one that may be written to there. */
    PROD
  }

  public Target {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(table, "table");
    localAccounts = Set.copyOf(localAccounts);
  }

  /** A target whose only local account is that of the emulators. */
  public Target(
      Kind kind,
      URI endpoint,
      String region,
      String profile,
      String accessKeyId,
      String secretAccessKey,
      String table) {
    this(kind, endpoint, region, profile, accessKeyId, secretAccessKey, table, null, Set.of());
  }

  /** The same place, another table. */
  public Target withTable(String name) {
    return new Target(
        kind,
        endpoint,
        region,
        profile,
        accessKeyId,
        secretAccessKey,
        name,
        streamsEndpoint,
        localAccounts);
  }

  /** The same endpoint and table, under another key (null: the SDK's chain) and region. */
  public Target withKeyAndRegion(String keyId, String other) {
    return new Target(
        kind, endpoint, other, profile, keyId, keyId, table, streamsEndpoint, localAccounts);
  }

  /** The same, with these accounts' tables as local ones. */
  public Target withLocalAccounts(Set<String> accounts) {
    return new Target(
        kind,
        endpoint,
        region,
        profile,
        accessKeyId,
        secretAccessKey,
        table,
        streamsEndpoint,
        accounts);
  }

  /** The same, with another url for streams. */
  public Target withStreamsEndpoint(URI url) {
    return new Target(
        kind, endpoint, region, profile, accessKeyId, secretAccessKey, table, url, localAccounts);
  }

  /** Whether {@code --prod} was given: only then is a production table written to. */
  public boolean isProd() {
    return kind == Kind.PROD;
  }

  /** Whether this is AWS itself, also when it is named by its url: what is done there counts. */
  public boolean isAws() {
    return kind == Kind.PROD
        || (endpoint != null && AWS_HOST.matcher(endpoint.getHost()).matches());
  }

  /** A url without the password that may stand in it. */
  public static String shown(String url) {
    return PASSWORD.matcher(url).replaceFirst("$1***@");
  }

  /** The endpoint without a password; null without an endpoint. */
  public String shownEndpoint() {
    return endpoint == null ? null : shown(endpoint.toString());
  }

  /** For messages: where this is, without secrets. */
  public String describe() {
    return switch (kind) {
      case LOCAL -> "the local stack at " + shownEndpoint();
      case ENDPOINT -> "endpoint " + shownEndpoint();
      case PROD ->
          "AWS"
              + (region == null ? "" : " in " + region)
              + (endpoint == null ? "" : " through " + shownEndpoint());
    };
  }

  /** Without the secret key. */
  @Override
  public String toString() {
    return "Target[" + describe() + ", table " + table + "]";
  }
}
