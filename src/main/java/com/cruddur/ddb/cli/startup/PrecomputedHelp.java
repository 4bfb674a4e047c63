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

  /** The answer, if that is all that the arguments ask for, else null. */
  public static byte[] to(String... args) {
    return switch (args.length == 1 ? args[0] : "") {
      case "-h", "--help" -> help();
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
