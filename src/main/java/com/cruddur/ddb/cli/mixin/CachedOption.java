package com.cruddur.ddb.cli.mixin;

import picocli.CommandLine.Option;

/** The option of the two read patterns that puts the cache in front of the table. */
public final class CachedOption {
  @Option(
      names = "--cached",
      description = "Read through the cache; with -v: say hit or miss for each page.")
  private boolean cached;

  public boolean on() {
    return cached;
  }
}
