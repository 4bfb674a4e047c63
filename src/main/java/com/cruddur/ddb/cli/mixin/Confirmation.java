package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A user's agreement to something destructive: by options, or asked for at a terminal.
 *
 * @param noun what is meant, {@code table} or {@code cache}; also the end of the option that names
 *     it again
 * @param name its name
 * @param prod whether it is in production, where {@code --yes} alone is not enough
 * @param yes whether {@code --yes} was given
 * @param again the name that {@code --confirm-…} gave; null for none
 */
public record Confirmation(String noun, String name, boolean prod, boolean yes, String again) {

  /**
   * Returns when the user agrees; in a dry run at once, for nothing will happen.
   *
   * @param action what is about to happen, such as {@code delete the table and all its items}
   * @param banner what is shown before the question
   */
  public void require(Session session, String action, String banner) {
    if (session.dryRun().on()) {
      session.notices().report(banner);
      return;
    }
    if (again != null && !again.equals(name)) {
      throw refused("--confirm-" + noun + " names " + again + ", the " + noun + " is " + name);
    }
    if (yes && (!prod || again != null)) {
      return;
    }
    session.notices().report(banner);
    if (!session.terminal().in() || !session.terminal().err()) {
      throw refused("refused to " + action + " without being asked at a terminal");
    }
    if (prod) {
      ask(session, "Type the " + noun + "'s name to go on: ", name);
    } else {
      ask(session, "Go on? [y/N] ", "y");
    }
  }

  private void ask(Session session, String question, String expected) {
    session.notices().prompt(question);
    String answer = readLine(session);
    boolean agreed =
        answer.equals(expected)
            || (expected.equals("y") && answer.toLowerCase(Locale.ROOT).matches("y|yes"));
    if (!agreed) {
      throw refused("not confirmed");
    }
  }

  /** Byte by byte: what comes after the line is for whoever reads on. */
  private static String readLine(Session session) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = session.in().read();
      while (next >= 0 && next != '\n') {
        line.write(next);
        next = session.in().read();
      }
      if (next < 0) {
        session.notices().endPrompt();
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
        prod && yes
            ? "Nothing was changed. On --prod --yes is not enough: add --confirm-" + noun + " NAME."
            : "Nothing was changed. In a script add --yes, and on --prod also --confirm-"
                + noun
                + " NAME.");
  }
}
