package com.cruddur.ddb.output;

import java.util.Locale;

/** The shape of what a command prints on stdout. */
public enum OutputFormat {
  /** Aligned columns for a person. */
  TABLE,
  /** One pretty-printed document. */
  JSON,
  /** One compact JSON object a line. */
  NDJSON,
  /** RFC 4180 with a header line; lines end in {@code \n}. */
  CSV;

  /** The format's name as it is typed on the command line, such as {@code ndjson}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
