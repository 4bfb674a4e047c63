package com.cruddur.ddb.bulk;

/** How items are written out. */
public enum ExportFormat {
  /** One {@code {"Item":{…}}} a line, every value with its type: what an import reads again. */
  DYNAMODB_JSON("dynamodb-json"),
  /** One plain JSON object a line, for other programs; sets and binary lose their type. */
  NDJSON("ndjson"),
  /** A column for each attribute of the data model, and one for whatever else an item has. */
  CSV("csv");

  private final String label;

  ExportFormat(String label) {
    this.label = label;
  }

  /** The format that a file's name tells, gzipped or not. */
  public static ExportFormat ofFile(String name) {
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return plain.endsWith(".csv") ? CSV : plain.endsWith(".ndjson") ? NDJSON : DYNAMODB_JSON;
  }

  /** As it is spelled on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
