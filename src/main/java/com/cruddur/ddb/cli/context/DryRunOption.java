package com.cruddur.ddb.cli.context;

import picocli.CommandLine.Option;

/** {@code --dry-run}: the command runs as ever, in a context that lets no write through. */
final class DryRunOption {
  @Option(names = "--dry-run", description = "Say exactly what would be done, and write nothing.")
  boolean given;
}
