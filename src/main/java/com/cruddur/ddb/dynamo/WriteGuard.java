package com.cruddur.ddb.dynamo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Lets no write through to a production table unless the target is production. It stands in every
 * client that {@link DynamoDbClients} makes, below all commands, so that none can forget it.
 */
final class WriteGuard implements ExecutionInterceptor {
  private static final Set<String> TABLE_FIELDS = Set.of("TableName", "TableArn");

  private final Target target;
  private final TableAccounts accounts;
  private volatile DynamoDbClient client;
  private volatile boolean local;

  WriteGuard(Target target) {
    this.target = target;
    this.accounts = new TableAccounts(target, () -> client);
  }

  /** The client that it stands in, by which it asks whose tables they are. */
  DynamoDbClient standsIn(DynamoDbClient guarded) {
    client = guarded;
    return guarded;
  }

  /** What the client reaches is known to be an emulator. */
  void tablesAreLocal() {
    local = true;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    if (!Requests.isRead(request)) {
      Set<String> tables = tables(request).collect(Collectors.toSet());
      (tables.isEmpty() ? Set.of(target.table()) : tables).forEach(this::require);
    }
  }

  /**
   * Returns when a table may be written to.
   *
   * @throws ProductionException when it is on production, or it cannot be told where it is
   */
  void require(String table) {
    if (target.isProd() || local) {
      return;
    }
    String account = accounts.of(table);
    if (!accounts.isLocal(account)) {
      throw new ProductionException(table, account);
    }
  }

  /** The tables that any part of a request names, also of operations that are yet to come. */
  private static Stream<String> tables(Object part) {
    if (part instanceof SdkPojo pojo) {
      return pojo.sdkFields().stream()
          .flatMap(
              field -> {
                Object value = field.getValueOrDefault(pojo);
                if (value instanceof String name && TABLE_FIELDS.contains(field.locationName())) {
                  return Stream.of(name);
                } else if (value instanceof Map<?, ?> map
                    && field.locationName().equals("RequestItems")) {
                  return map.keySet().stream().map(Objects::toString);
                }
                return isNested(value) ? tables(value) : Stream.of();
              });
    } else if (part instanceof Collection<?> list) {
      return list.stream().flatMap(WriteGuard::tables);
    }
    return Stream.of();
  }

  /** Items lie in maps, and hold no names of tables. */
  private static boolean isNested(Object value) {
    return value instanceof SdkPojo || value instanceof List<?>;
  }
}
