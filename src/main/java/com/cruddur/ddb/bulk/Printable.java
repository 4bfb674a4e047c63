package com.cruddur.ddb.bulk;

/** Words of an input, made fit to be named in one line. */
public final class Printable {
  private static final int MOST = 60;

  private Printable() {}

  /** A name without control characters, cut at 60 characters. */
  public static String name(String name) {
    String line = name.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }
}
