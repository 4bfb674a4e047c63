package com.cruddur.ddb.cli.mixin;

import picocli.CommandLine.Option;

/**
 * {@code --dry-run}, of every command that writes. {@code Cli} looks for it and gives the session a
 * rehearsal; the commands run as ever.
 */
public final class DryRunOption {
  public static final String NAME = "--dry-run";

  @Option(names = NAME, description = "Say exactly what would be done, and write nothing.")
  private boolean given;

  boolean given() {
    return given;
  }
}
