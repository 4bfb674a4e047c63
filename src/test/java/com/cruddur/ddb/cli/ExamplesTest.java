package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.ExampleShell;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Runs the examples of every command's help in a real shell: line by line, on a local stack that
 * {@code ddb setup} has filled. An example ends with exit code 0 unless its comment says {@code
 * exit N}; one {@code until Ctrl-C} is interrupted; one with {@code --prod} is parsed and not run.
 */
class ExamplesTest {
  private static final Pattern EXIT = Pattern.compile("# .*\\bexit (\\d+)|$");

  /** Those that print nothing: into a file, into the shell, or, without a person, at a prompt. */
  private static final Pattern QUIET = Pattern.compile(">|^source |# a prompt");

  private static final String UNTIL_CTRL_C = "# until Ctrl-C";
  private static final Pattern TOLD = Pattern.compile("Hello|\\d+ messages");
  private static final String SEND =
      "ddb send-message 3f346c75-ad75-43df-aa35-5b4de50470e0 Hello --from bayko";

  @TempDir private static Path folder;
  private static ExampleShell shell;

  @BeforeAll
  static void startAShell() throws Exception {
    shell = new ExampleShell(folder);
    assertThat(shell.run("ddb local start --in-memory").exitCode()).isZero();
  }

  @AfterAll
  static void stop() throws Exception {
    shell.close();
  }

  static Stream<String> commands() {
    return GoldenHelpTest.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofEachCommandDoWhatTheySay(String words) throws Exception {
    CommandLine command = GoldenHelpTest.command(words);
    List<String> examples = examples(command);
    assertThat(examples)
        .as("the examples of 'ddb %s': lines of its footer that begin with two blanks", words)
        .isNotEmpty();
    assertThat(examples).anyMatch(line -> line.contains(("ddb " + words).strip()));
    if (!words.matches("local.*|generate-completion")) {
      Result setup = shell.run("ddb setup -q");
      assertThat(setup.exitCode()).as(setup.toString()).isZero();
    }
    for (String line : examples) {
      if (line.contains("--prod")) {
        parse(line);
      } else if (line.contains(UNTIL_CTRL_C)) {
        runUntilItPrints(line);
      } else {
        run(line);
      }
    }
  }

  private static void run(String line) throws Exception {
    Result result = shell.run(line);
    Matcher exit = EXIT.matcher(line);
    int code = exit.find() && exit.group(1) != null ? Integer.parseInt(exit.group(1)) : 0;
    assertThat(result.exitCode()).as("%s: %s", line, result).isEqualTo(code);
    assertThat(result.err()).as(line).doesNotContain("Exception", "\tat ");
    if (code != 0) {
      return;
    }
    assertThat(result.err().lines()).as(line).noneMatch(error -> error.startsWith("ddb: "));
    if (!QUIET.matcher(line).find()) {
      assertThat(result.out() + result.err()).as(line).isNotBlank();
    }
    if (line.contains("-o json") && isPrinted(line)) {
      assertThat(result.json()).as(line).isNotEmpty();
    } else if (line.contains("-o ndjson") && isPrinted(line)) {
      for (String json : result.out().lines().toList()) {
        assertThat(new JsonMapper().readTree(json).isObject()).as(line).isTrue();
      }
    }
  }

  /** Whether what a command prints is not read by another program, nor written to a file. */
  private static boolean isPrinted(String line) {
    return !line.contains("|") && !line.contains(" > ");
  }

  /** Gives it messages to tell of until it has told of one. */
  private static void runUntilItPrints(String line) throws Exception {
    ExampleShell.Script script = shell.start(line);
    long until = System.nanoTime() + 300_000_000_000L;
    while (!TOLD.matcher(script.printed()).find()) {
      assertThat(System.nanoTime()).as("%s: %s", line, script.printed()).isLessThan(until);
      Result sent = shell.run(SEND);
      assertThat(sent.exitCode()).as(sent.toString()).isZero();
    }
    assertThat(script.printed()).doesNotContain("Exception");
    script.interrupt();
    script.await();
  }

  /** What AWS alone can do is at least no usage error. */
  static void parse(String line) {
    String command = line.replaceAll(".*?\\bddb ", "").replaceAll("( [|>#]| && ).*", "");
    String[] words =
        Arrays.stream(command.split(" +"))
            .map(word -> word.replaceAll("^['\"]|['\"]$", ""))
            .toArray(String[]::new);
    GoldenHelpTest.commandLine().parseArgs(words);
  }

  private static List<String> examples(CommandLine command) {
    return Arrays.stream(command.getCommandSpec().usageMessage().footer())
        .peek(line -> assertThat(line).as("a line of examples").startsWith("  "))
        .map(String::strip)
        .toList();
  }
}
