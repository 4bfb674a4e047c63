package com.cruddur.ddb.cli.startup;

import com.cruddur.ddb.cli.context.Version;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * The answers to {@code ddb --help} and {@code ddb --version}, which are the same each time: given
 * without picocli, which takes longer to list all commands than most of them take to run, and
 * without opening the jar. The build writes the help beside the commands' options.
 */
public final class PrecomputedHelp {
  /** How wide the text of the help is: as a terminal whose width is not known. */
  private static final int WIDTH = 80;

  private PrecomputedHelp() {}

  /**
   * The answer, if that is all that the arguments ask for, else null.
   *
   * @param columns the terminal's width, 0 where it is not known; the help is as wide
   */
  public static byte[] to(int columns, String... args) {
    return switch (args.length == 1 ? args[0] : "") {
      case "-h", "--help" -> columns == 0 || columns == WIDTH ? help() : null;
      case "-V", "--version" -> bytes(Version.line() + "\n");
      default -> null;
    };
  }

  private static byte[] help() {
    UnaryOperator<String> texts = CommandModel.texts();
    return texts == null ? null : bytes(texts.apply(CommandModel.HELP));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
