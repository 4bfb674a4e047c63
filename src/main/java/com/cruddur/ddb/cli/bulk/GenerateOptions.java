package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.generate.Generator;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.SampleData;
import com.cruddur.ddb.output.PipeStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import picocli.CommandLine.Option;

/** {@code --generate}: conversations that are made up instead of read. */
final class GenerateOptions {
  private static final int USERS = 100;
  private static final int CONVERSATIONS = 200;
  private static final long MESSAGES = 10_000;

  @Option(
      names = "--generate",
      description =
          "Make up users, conversations and messages instead of reading files: the same for the same"
              + " options. --users is their number then (100), --until the last message's time.")
  private boolean generate;

  @Option(
      names = "--conversations",
      paramLabel = "N",
      description = "With --generate: how many; default: 200.")
  private Integer conversations;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "With --generate: how many in all; default: 10000.")
  private Long messages;

  @Option(
      names = "--random-seed",
      paramLabel = "S",
      description = "With --generate: another number gives other users and messages; default: 1.")
  private Long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "With --generate: write ndjson to a new FILE, or - for standard output.")
  private String out;

  /** Whether data is to be made up; refuses the other options without that, and files with it. */
  boolean given(boolean files) {
    if (!generate && (conversations != null || messages != null || seed != null || out != null)) {
      throw CommandException.usage(
          "--conversations, --messages, --random-seed and --out are for --generate",
          "Add --generate.");
    } else if (generate && files) {
      throw CommandException.usage("--generate reads no files", "Name no file, or leave it out.");
    }
    return generate;
  }

  /**
   * What to make.
   *
   * @param users null when not said
   * @param until null when not said
   */
  Generator.Options options(String users, Instant until) {
    int people =
        users == null ? usersFor(Objects.requireNonNullElse(conversations, 1)) : number(users);
    int talks = conversations == null ? conversationsOf(people) : conversations;
    return new Generator.Options(
        people,
        talks,
        messages == null ? Math.max(MESSAGES, talks) : messages,
        Objects.requireNonNullElse(seed, 1L),
        // Fixed, since the same options make the same.
        Objects.requireNonNullElse(until, SampleData.TRANSCRIPTS_END));
  }

  /** As many as it takes for so many pairs of them, 100 at least. */
  private static int usersFor(int talks) {
    return (int) Math.max(USERS, Math.ceil((1 + Math.sqrt(1 + 8.0 * talks)) / 2));
  }

  /** A default fits what was asked for. */
  private int conversationsOf(int people) {
    long most = Math.min(Generator.pairs(people), messages == null ? MESSAGES : messages);
    return (int) Math.max(1, Math.min(CONVERSATIONS, most));
  }

  private static int number(String users) {
    try {
      return Integer.parseInt(users);
    } catch (NumberFormatException e) {
      throw CommandException.usage(
          "--users '" + users + "' is not a number",
          "With --generate it is how many users to make.");
    }
  }

  /** The input that is made up. */
  static SeedInput input(CommandContext context, Generator.Options options) {
    Path home = Objects.requireNonNullElse(context.cliEnvironment().home(), Path.of(""));
    Path library = home.resolve("lib").resolve("generate");
    return new SeedInput("<generated>", () -> new Generator(options, library).open(), true);
  }

  /** Writes the input out, if that is asked for. */
  boolean write(CommandContext context, SeedInput input) {
    if (out == null) {
      return false;
    } else if (out.equals("-")) {
      copy(input, new PipeStream(context.cliEnvironment().out()));
    } else if (Files.exists(Path.of(out))) {
      throw CommandException.usage(out + " exists", "Name a new file with --out.");
    } else if (context.dryRun().on()) {
      context.dryRun().plan("write file", out);
    } else {
      OutputFile.write(context.interruptible(), Path.of(out), file -> copy(input, file));
    }
    return true;
  }

  private static void copy(SeedInput input, OutputStream to) {
    try (InputStream lines = input.opener().open()) {
      lines.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
