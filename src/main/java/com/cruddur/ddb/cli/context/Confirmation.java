package com.cruddur.ddb.cli.context;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A user's agreement to something destructive: by options, or asked for at a terminal.
 *
 * @param noun what is meant, such as {@code table} or {@code cache}; also the end of the option
 *     that names it again
 * @param name its name; null for what is never in production
 * @param prod whether it is in production, where {@code --yes} alone is not enough
 * @param yes whether {@code --yes} was given
 * @param again the name that {@code --confirm-…} gave; null for none
 */
public record Confirmation(String noun, String name, boolean prod, boolean yes, String again) {

  /**
   * Returns when the user agrees; in a dry run at once, for nothing will happen.
   *
   * @param action what is about to happen, such as {@code delete the table and all its items}
   * @param banner what is shown before the question; made only then
   */
  public void require(CommandContext context, String action, Supplier<Banner> banner) {
    if (context.dryRun().on()) {
      context.notices().report(banner.get().toString());
      return;
    }
    if (again != null && !again.equals(name)) {
      throw refused("--confirm-" + noun + " names " + again + ", the " + noun + " is " + name);
    }
    if (yes && (!prod || again != null)) {
      return;
    }
    context.notices().report(banner.get().toString());
    if (!context.terminal().in() || !context.terminal().err()) {
      throw refused("refused to " + action + " without being asked at a terminal");
    }
    if (prod) {
      ask(context, "Type the " + noun + "'s name to go on: ", name);
    } else {
      ask(context, "Go on? [y/N] ", "y");
    }
  }

  private void ask(CommandContext context, String question, String expected) {
    context.notices().prompt(question);
    String answer = readLine(context);
    boolean agreed =
        answer.equals(expected)
            || (expected.equals("y") && answer.toLowerCase(Locale.ROOT).matches("y|yes"));
    if (!agreed) {
      throw refused("not confirmed");
    }
  }

  /** Byte by byte: what comes after the line is for whoever reads on. */
  private static String readLine(CommandContext context) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = context.in().read();
      while (next >= 0 && next != '\n') {
        line.write(next);
        next = context.in().read();
      }
      if (next < 0) {
        context.notices().endPrompt();
      }
      return line.toString(StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommandException refused(String message) {
    return new CommandException(
        ExitCode.REFUSED,
        "refused",
        message,
        "Nothing was changed. "
            + (prod && yes
                ? "On --prod --yes is not enough: add --confirm-" + noun + " NAME."
                : "In a script it needs --yes" + onProduction() + "."));
  }

  private String onProduction() {
    return name == null ? "" : ", and on --prod also --confirm-" + noun + " NAME";
  }
}
