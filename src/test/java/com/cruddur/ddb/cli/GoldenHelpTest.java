package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.startup.PrecomputedHelp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The {@code --help} of every command, the nested ones too, against src/test/resources/golden;
 * {@code -Dgolden.update=true} writes what comes out instead.
 */
class GoldenHelpTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "help");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final CommandLine ALL = commandLine();

  /** The words of every command line that names a command, such as {@code local start}. */
  static Stream<String> commands() {
    List<String> found = new ArrayList<>();
    walk("", ALL, found);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofEachCommandIsAsReviewed(String words) throws IOException {
    // With an argument more it is made by picocli.
    Result help =
        words.isEmpty()
            ? DdbRunner.run("--help", "scan")
            : DdbRunner.run(arguments(words, "--help"));
    assertThat(help.exitCode()).as(help.toString()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: ddb" + (words.isEmpty() ? "" : " " + words));
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    Path golden = FOLDER.resolve(fileName(words));
    if (UPDATE) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, help.out());
    }
    assertThat(golden)
        .as("mvn test -Dgolden.update=true makes it; read it before you commit it")
        .isRegularFile();
    assertThat(help.out()).isEqualTo(Files.readString(golden, UTF_8));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isAsWideAsTheTerminalAndTellsOwnOptionsFirst(String words) {
    for (int columns : new int[] {60, 80, 120}) {
      String help =
          DdbRunner.on("none").terminal("012:" + columns).execute(arguments(words, "--help")).out();
      assertThat(help.lines()).allMatch(line -> line.length() <= columns);
      if (!words.isEmpty()) {
        String usage = help.substring(0, help.indexOf("[GLOBAL OPTIONS]"));
        assertThat(usage).doesNotContain("--endpoint-url");
        assertThat(help).containsOnlyOnce("\nGlobal options:\n");
        int global = help.indexOf("Global options:");
        for (String option : List.of("--quiet", "--output=FORMAT", "--help")) {
          assertThat(help.indexOf(option)).as(option).isGreaterThan(global);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void breaksNoWordPathOrOption(String words) {
    List<String> whole = wordsAt(200, words);
    for (int columns : new int[] {60, 80, 100}) {
      assertThat(wordsAt(columns, words)).as(columns + " columns").isEqualTo(whole);
    }
  }

  private static List<String> wordsAt(int columns, String words) {
    String help =
        DdbRunner.on("none").terminal("012:" + columns).execute(arguments(words, "--help")).out();
    return Stream.of(help.split("\\s+")).filter(word -> !word.equals("\\")).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isWhatTheHelpCommandPrints(String words) {
    assertThat(DdbRunner.run(("help " + words).strip().split(" ")).out())
        .isEqualTo(DdbRunner.run(arguments(words, "--help")).out());
  }

  @Test
  void isPrintedWhereACommandIsMissing() {
    for (String group : List.of("", "cache", "local", "trigger")) {
      Result bare = group.isEmpty() ? DdbRunner.run() : DdbRunner.run(group);
      assertThat(bare.exitCode()).isEqualTo(2);
      assertThat(bare.out()).isEmpty();
      assertThat(bare.err())
          .isEqualTo(DdbRunner.run(("help " + group).strip().split(" ")).out())
          .containsSubsequence("Commands:", "Global options:", "Exit codes:");
    }
  }

  @Test
  void helpOfWhatIsNoCommandSaysSo() {
    Result unknown = DdbRunner.run("help", "sacn");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("unknown command 'sacn'", "Did you mean", "ddb --help");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isTheSameByItsShortName(String words) {
    assertThat(DdbRunner.run(arguments(words, "-h")).out())
        .isEqualTo(DdbRunner.run(arguments(words, "--help")).out());
  }

  @Test
  void hasNoGoldenFileOfACommandThatIsGone() throws IOException {
    Set<String> expected =
        commands().map(GoldenHelpTest::fileName).collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString())).hasSameElementsAs(expected);
    }
  }

  @Test
  void namesEveryCommandInTheHelpOfItsParent() {
    commands()
        .filter(words -> !words.isEmpty())
        .forEach(
            words -> {
              int space = words.lastIndexOf(' ');
              String parent = space < 0 ? "" : words.substring(0, space);
              assertThat(DdbRunner.run(arguments(parent, "--help")).out())
                  .contains("\n  " + words.substring(space + 1) + " ");
            });
  }

  @Test
  void listsEveryCommandAlsoWhenItsOptionStandsBeforeOne() {
    assertThat(DdbRunner.run("--help", "scan").out()).isEqualTo(DdbRunner.run("--help").out());
    assertThat(DdbRunner.run("scan", "--help", "describe").out())
        .isEqualTo(DdbRunner.run("scan", "--help").out());
  }

  @Test
  void ofDdbItselfIsTheTextThatTheBuildWroteWhereThatFits() throws IOException {
    String golden = Files.readString(FOLDER.resolve(fileName("")), UTF_8);
    for (String option : List.of("--help", "-h")) {
      assertThat(PrecomputedHelp.to(0, option)).asString(UTF_8).isEqualTo(golden);
      assertThat(PrecomputedHelp.to(80, option)).asString(UTF_8).isEqualTo(golden);
      assertThat(PrecomputedHelp.to(81, option)).isNull();
    }
    assertThat(PrecomputedHelp.to(0, "--help", "scan")).isNull();
  }

  @Test
  void tellsTheVersion() {
    Result version = DdbRunner.run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).matches("ddb \\d+\\.\\d+\\.\\d+ \\(Java .+\\)\n");
    assertThat(version.err()).isEmpty();
  }

  /** All of ddb's commands, made anew, to look at, not to run. */
  static CommandLine commandLine() {
    CliEnvironment nowhere = CliEnvironment.nowhere(Map.of(), null);
    CommandContext context = new CommandContext(nowhere);
    CommandLine root = new CommandLine(new DdbCommand(), Cli.factory(context));
    Commands.add(root, context);
    return root;
  }

  /** The command that these words name. */
  static CommandLine command(String words) {
    CommandLine command = ALL;
    for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
      command = command.getSubcommands().get(word);
    }
    return command;
  }

  private static void walk(String words, CommandLine command, List<String> found) {
    found.add(words);
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      walk((words + " " + sub.getKey()).strip(), sub.getValue(), found);
    }
  }

  private static String fileName(String words) {
    return ("ddb " + words).strip().replace(' ', '-') + ".txt";
  }

  private static String[] arguments(String words, String option) {
    return Stream.concat(
            Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()), Stream.of(option))
        .toArray(String[]::new);
  }
}
