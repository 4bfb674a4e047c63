package com.cruddur.ddb.cli.context;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** {@code ddb}: the options that every command has. {@code Commands} lists those. */
@Command(
    name = "ddb",
    description = {
      "Admin tool for a chat application's messages in DynamoDB and its Momento cache.",
      "Without --prod or --endpoint-url it works on the local stack and starts it if need be. See"
          + " 'ddb COMMAND --help' for a command."
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:not found: a conversation, user, table, cache or cached item",
      "4:refused: a destructive command was not confirmed",
      "5:finished, with findings such as rejected records",
      ExitCode.NO_ACCESS,
      "130:interrupted"
    })
public final class DdbCommand {
  @Mixin private TargetOptions targetOptions = new TargetOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  TargetOptions targetOptions() {
    return targetOptions;
  }

  public OutputOptions outputOptions() {
    return outputOptions;
  }
}
