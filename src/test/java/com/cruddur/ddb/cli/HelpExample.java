package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The first example of a command's help: how tests run a command that they know nothing else of.
 */
public final class HelpExample {
  private HelpExample() {}

  /** Its arguments, such as {@code Ada} of {@code ddb hello Ada}; empty where it needs none. */
  public static String arguments(CommandEntry entry) {
    boolean needed =
        Arrays.stream(entry.type().getDeclaredFields())
            .map(field -> field.getAnnotation(Parameters.class))
            .anyMatch(parameters -> parameters != null && !parameters.arity().startsWith("0"));
    String first = needed ? entry.type().getAnnotation(Command.class).footer()[0] : "";
    return first.replaceAll(" +#.*", "").replace("ddb " + entry.name(), "").strip();
  }
}
