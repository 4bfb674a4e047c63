package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.storage.Database;
import java.time.InstantSource;

/**
 * What an operation works with.
 *
 * @param region for which the request was signed
 */
public record Context(Database database, String region, InstantSource clock) {

  /** The account that everything belongs to; AWS gives it to nobody. */
  public static final String ACCOUNT = "000000000000";
}
