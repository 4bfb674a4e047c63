package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Table;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What an operation works with.
 *
 * @param region for which the request was signed
 * @param host to which the request was sent, with its port
 * @param throttle who decides whether a table has capacity left
 */
public record Context(
    Database database, String region, InstantSource clock, String host, Throttle throttle) {

  /** The account that everything belongs to; AWS gives it to nobody. */
  public static final String ACCOUNT = "000000000000";

  /** A context in which capacity has no end. */
  public Context(Database database, String region, InstantSource clock, String host) {
    this(database, region, clock, host, Throttle.NONE);
  }

  /** The table of a name or an ARN, which must be there and ready. */
  public Table table(String nameOrArn) {
    return find(nameOrArn).orElseThrow(Context::notFound);
  }

  /** The same table, if it is there and ready. */
  Optional<Table> find(String nameOrArn) {
    return database.table(TableNames.of(nameOrArn)).filter(Context::isReady);
  }

  /** The refusal of a request for a table that is not there. */
  static EngineException notFound() {
    return new EngineException("ResourceNotFoundException", "Requested resource not found");
  }

  private static boolean isReady(Table table) {
    String status = table.definition().json().path("Table").path("TableStatus").asText("ACTIVE");
    return status.equals("ACTIVE") || status.equals("UPDATING");
  }

  /** Takes capacity of a table, or refuses the request as AWS does. */
  void consume(Table table, boolean write, double units) {
    consume(table.name(), write, units);
  }

  void consume(String table, boolean write, double units) {
    if (!throttle.take(table, write, units)) {
      throw exceeded();
    }
  }

  /** The refusal of a request for which a table has no capacity left. */
  static EngineException exceeded() {
    return new EngineException(
        "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded. Consider"
            + " increasing your provisioning level with the UpdateTable API.");
  }
}
