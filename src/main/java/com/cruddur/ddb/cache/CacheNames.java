package com.cruddur.ddb.cache;

import java.util.regex.Pattern;

/** What may name a cache: 1 to 255 printable ASCII characters, blanks only inside. */
public final class CacheNames {
  private static final Pattern NAME = Pattern.compile("[!-~](?:[ -~]{0,253}[!-~])?");

  private CacheNames() {}

  /**
   * The name itself.
   *
   * @throws CacheException of kind INVALID when it names no cache
   */
  public static String require(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new CacheException(
          CacheException.Kind.INVALID,
          "'" + name + "' is not a valid cache name",
          "A name has 1 to 255 ASCII letters, digits and signs, blanks only inside.");
    }
    return name;
  }
}
