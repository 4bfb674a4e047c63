package com.cruddur.ddb.cli.trigger;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.trigger.TriggerTemplate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddb trigger template}. */
@Command(
    name = "template",
    description = {
      "Print the CloudFormation template (YAML) of the trigger on AWS.",
      "Its code is target/ddb-trigger.jar of the build."
    },
    footer = "  ddb trigger template > trigger.yaml")
public final class TriggerTemplateCommand implements Callable<Integer> {
  private final CommandContext context;

  public TriggerTemplateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TriggerTemplate.yaml().lines().forEach(line -> Printers.line(context.out(), line));
    return ExitCode.DONE;
  }
}
