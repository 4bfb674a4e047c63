package com.cruddur.ddb.cli.startup;

import com.cruddur.ddb.cli.context.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The answers to {@code ddb --help} and {@code ddb --version}, which are the same each time: given
 * without picocli, which takes longer to list all commands than most of them take to run. The text
 * of the help is what picocli prints; GoldenHelpTest holds it against that, and writes it.
 */
public final class PrecomputedHelp {
  private PrecomputedHelp() {}

  /** How wide the text of the help is: as a terminal whose width is not known. */
  private static final int WIDTH = 80;

  /**
   * The answer, if that is all that the arguments ask for, else null.
   *
   * @param columns the terminal's width, 0 where it is not known; the help is as wide
   */
  public static byte[] to(int columns, String... args) {
    boolean fits = columns == 0 || columns == WIDTH;
    return switch (args.length == 1 ? args[0] : "") {
      case "-h", "--help" -> fits ? help() : null;
      case "-V", "--version" -> (Version.line() + "\n").getBytes(StandardCharsets.UTF_8);
      default -> null;
    };
  }

  private static byte[] help() {
    try (InputStream in = PrecomputedHelp.class.getResourceAsStream("help.txt")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
