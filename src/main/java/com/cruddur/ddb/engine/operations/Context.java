package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.storage.Database;
import java.time.InstantSource;

/**
 * What an operation works with.
 *
 * @param region for which the request was signed
 * @param host to which the request was sent, with its port
 */
public record Context(Database database, String region, InstantSource clock, String host) {

  /** The account that everything belongs to; AWS gives it to nobody. */
  public static final String ACCOUNT = "000000000000";
}
