package com.cruddur.ddb.cli.local;

import picocli.CommandLine.Command;

/** {@code ddb local}: the embedded stack. */
@Command(
    name = "local",
    description = "Start, stop and look at the local stack: a DynamoDB engine and a cache server.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"  ddb local start", "  ddb local status"})
public final class LocalCommand {}
