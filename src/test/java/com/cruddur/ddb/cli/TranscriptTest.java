package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.ExampleShell;
import com.cruddur.ddb.PtyShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody sees who follows the first two pages, in either order and on one stack, on a
 * terminal of 80 columns and 24 rows, kept as text; {@code -Dgolden.update=true} writes it anew.
 */
class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/transcript");
  private static final String FIRST_DAY = "docs/first-day.md";
  private static final String WRONG_LIST = "docs/wrong-list.md";

  /** What a message of others is dated with may be a second ahead: whoever reads takes longer. */
  private static final String PAUSE = "sleep 1.1\n";

  /** A line, or more of them within single quotes. */
  private static final Pattern COMMAND = Pattern.compile("(?:'[^']*'|[^'\n])*\n");

  /** Of today, not of the sample conversations. */
  private static final Pattern TIME =
      Pattern.compile("(?!2026-03-1)20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+");

  /** How far it is, or how often it said so, is another matter on another machine. */
  private static final Pattern PROGRESS =
      Pattern.compile(".* written, lag .*|no progress for .*|the end");

  private static final Pattern NEW_UUID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-4\\p{XDigit}{3}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  @TempDir private Path folder;

  @Test
  void theTwoPagesWorkInEitherOrder() throws Exception {
    try (ExampleShell shell = new ExampleShell(folder)) {
      List<String> firstDay = new ArrayList<>(DocsTest.blocks(FIRST_DAY, "sh"));
      // Its last block stops the stack and deletes what it holds.
      String end = firstDay.remove(firstDay.size() - 1);
      List<String> wrongList = new ArrayList<>(DocsTest.blocks(WRONG_LIST, "sh"));
      wrongList.add(1, PAUSE);
      isAsReviewed("first-day-then-wrong-list.txt", walk(shell, firstDay, wrongList, List.of(end)));
      isAsReviewed("wrong-list-then-first-day.txt", walk(shell, wrongList, firstDay, List.of(end)));
    }
  }

  @SafeVarargs
  private static String walk(ExampleShell shell, List<String>... pages) throws IOException {
    StringBuilder script = new StringBuilder();
    for (List<String> page : pages) {
      for (String block : page) {
        COMMAND.matcher(block).results().forEach(command -> typed(script, command.group()));
      }
    }
    script.append("echo the end; read -r enter\n");
    try (PtyShell terminal = shell.onTerminal(script.toString())) {
      terminal.await("Go on? [y/N] ");
      terminal.type("y\n");
      return normal(terminal.await("the end"));
    }
  }

  /** Shown behind a prompt, then run. */
  private static void typed(StringBuilder script, String command) {
    script
        .append("printf '%s' '$ ")
        .append(command.replace("'", "'\\''"))
        .append("'\n")
        .append(command);
  }

  /** What differs from run to run has one form: ports, processes, times, new uuids. */
  private static String normal(String screen) throws IOException {
    String lines =
        Stream.of(screen.split("\n"))
            // What was drawn and cleared, and the end of a terminal's line.
            .map(line -> line.replaceFirst("(?s).*\r\u001b\\[K", "").stripTrailing())
            .filter(line -> !PROGRESS.matcher(line).matches())
            .collect(Collectors.joining("\n", "", "\n"));
    String seeds = Files.readString(Path.of("seed-data/conversations.json"));
    Map<String, String> made = new HashMap<>();
    return NEW_UUID
        .matcher(
            TIME.matcher(lines)
                .replaceAll(
                    time -> "2030".concat(time.group().substring(4).replaceAll("\\d", "1"))))
        .replaceAll(
            uuid ->
                seeds.contains(uuid.group())
                    ? uuid.group()
                    : made.computeIfAbsent(
                        uuid.group(),
                        u -> "%08d-0000-4000-8000-000000000000".formatted(made.size() + 1)))
        .replaceAll("/\\S*/(state|data)/(?=ddb/)", "/home/me/.local/$1/")
        .replaceAll("localhost:\\d+", "localhost:8000")
        .replaceAll("on port \\d+", "on port 8080")
        .replaceAll("\\bpid \\d+", "pid 4711")
        .replaceAll(" +[\\d.]+  same", "      599.9  same")
        .replaceAll("(reconciles +)\\d+", "$14")
        .replaceAll("--next-token \\S+", "--next-token TOKEN");
  }

  private static void isAsReviewed(String name, String shown) throws IOException {
    Path golden = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, shown);
    }
    List<String> lines = shown.lines().toList();
    List<String> reviewed = Files.readAllLines(golden, UTF_8);
    for (int i = 0; i < Math.min(lines.size(), reviewed.size()); i++) {
      // One line, not two screens of which a build's log shows the ends.
      assertThat(lines.get(i)).as("line %d of %s", i + 1, name).isEqualTo(reviewed.get(i));
    }
    assertThat(lines).as(name).hasSameSizeAs(reviewed);
  }
}
