package com.cruddur.ddb.cli.trigger;

import picocli.CommandLine.Command;

/** {@code ddb trigger}: what moves conversation rows when messages arrive. */
@Command(
    name = "trigger",
    description = "Move conversation rows to new messages: here, or on AWS by a Lambda function.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"  ddb trigger run --once", "  ddb trigger template > trigger.yaml"})
public final class TriggerCommand {}
