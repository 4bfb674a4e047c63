package com.cruddur.ddb.dynamo;

/** A write was about to go to a production table without {@code --prod}; nothing was sent. */
public final class ProductionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String table;
  private final String account;

  ProductionException(String table, String account) {
    super("table " + table + " is on production");
    this.table = table.substring(table.lastIndexOf('/') + 1);
    this.account = account;
  }

  /** Its name, also when the request named its ARN. */
  public String table() {
    return table;
  }

  /** The account that the table stands in; empty if that cannot be told. */
  public String account() {
    return account;
  }
}
