package com.cruddur.ddb.cli.context;

/**
 * What a command was told, and by whom; never a secret.
 *
 * @param name what it is about, such as {@code region}
 * @param value as it is used; empty when the AWS SDK finds it out by itself
 * @param source the option or environment variable that named it, else in words
 */
public record Setting(String name, String value, String source) {

  /** A sample: eu-west-1 (AWS_REGION). */
  public String told() {
    return value.isEmpty() ? source : value + " (" + source + ")";
  }
}
