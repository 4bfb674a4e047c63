package com.cruddur.ddb.dynamo;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Whose tables a client reaches: the account in a table's ARN, asked for once for each table. A
 * table is local when that account is {@link #EMULATED} or stands in DDB_LOCAL_ACCOUNTS; every
 * other one is production, whatever the url it is reached by.
 */
final class TableAccounts {
  /** The account of DynamoDB's emulators: the embedded engine, DynamoDB Local and others. */
  static final String EMULATED = "000000000000";

  /** What stands for an account that cannot be told. */
  static final String UNKNOWN = "";

  private static final String DENIED = "AccessDeniedException";
  private static final int ACCOUNT_FIELD = 4;

  private final Target target;
  private final Supplier<DynamoDbClient> client;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /**
   * The accounts that a target's client reaches.
   *
   * @param client asked for nothing but reads
   */
  TableAccounts(Target target, Supplier<DynamoDbClient> client) {
    this.target = target;
    this.client = client;
  }

  /** The account in an ARN, such as {@code arn:aws:dynamodb:eu-west-1:123456789012:table/t}. */
  static String ofArn(String arn) {
    String[] fields = String.valueOf(arn).split(":", ACCOUNT_FIELD + 2);
    return fields.length > ACCOUNT_FIELD ? fields[ACCOUNT_FIELD] : UNKNOWN;
  }

  boolean isLocal(String account) {
    return account.equals(EMULATED) || target.localAccounts().contains(account);
  }

  /** The account of a table, or of the endpoint where there is no such table; else UNKNOWN. */
  String of(String table) {
    if (table.startsWith("arn:")) {
      return ofArn(table);
    }
    String account = known.get(table);
    if (account == null) {
      account = find(table);
      known.put(table, account);
    }
    return account;
  }

  private String find(String table) {
    try {
      return described(table);
    } catch (ResourceNotFoundException e) {
      return ofEndpoint();
    } catch (DynamoDbException e) {
      return unlessDenied(e);
    }
  }

  private String described(String table) {
    return ofArn(client.get().describeTable(r -> r.tableName(table)).table().tableArn());
  }

  /** A table that is to be made comes into the account of those that are there. */
  private String ofEndpoint() {
    try {
      for (String other : client.get().listTables(r -> r.limit(10)).tableNames()) {
        try {
          return described(other);
        } catch (ResourceNotFoundException e) {
          // Deleted meanwhile: the next one tells as well.
        }
      }
    } catch (DynamoDbException e) {
      return unlessDenied(e);
    }
    return ofEmptyEndpoint();
  }

  /**
   * Nothing stands there that could tell. An emulator has no table of a given ARN, or takes no ARN
   * at all; AWS refuses to talk of another account's tables. Emulators speak http, AWS is reached
   * by https: who is asked by that is not believed.
   */
  private String ofEmptyEndpoint() {
    URI endpoint = target.endpoint();
    if (endpoint == null || !"http".equals(endpoint.getScheme()) || target.isAws()) {
      return UNKNOWN;
    }
    String region = client.get().serviceClientConfiguration().region().id();
    String arn = "arn:aws:dynamodb:" + region + ":" + EMULATED + ":table/" + Target.DEFAULT_TABLE;
    try {
      return described(arn);
    } catch (ResourceNotFoundException e) {
      return EMULATED;
    } catch (DynamoDbException e) {
      String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
      return "ValidationException".equals(code) ? EMULATED : UNKNOWN;
    }
  }

  private static String unlessDenied(DynamoDbException e) {
    if (e.awsErrorDetails() != null && DENIED.equals(e.awsErrorDetails().errorCode())) {
      return UNKNOWN;
    }
    throw e;
  }
}
