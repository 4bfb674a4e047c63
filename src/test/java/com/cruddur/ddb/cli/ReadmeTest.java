package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What README and the first day's page show of ddb is what ddb prints of its sample data. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```text\n(\\$ .*?)```\n");
  private static final Pattern COMMAND =
      Pattern.compile("(?ms)^\\$ (?:\\./bin/)?ddb (.*?)\n(.*?)(?=^\\$ |\\z)");

  private final MessageTable table = MessageTable.create();

  /** {@code -Dgolden.update=true} writes what is printed into the page. */
  @ParameterizedTest
  @CsvSource({"README.md, '', 3", "docs/first-day.md, 1:80, 4"})
  void printsWhatThePageShows(Path page, String terminal, int commands) throws IOException {
    Outcome.done(table.ddb("seed", "-q"));
    DdbRunner ddb = table.runner().terminal(terminal);
    int[] count = {0};
    String text = Files.readString(page);
    String right =
        BLOCK
            .matcher(text)
            .replaceAll(
                block -> {
                  String shown = "```text\n" + printed(ddb, block.group(1), count) + "```\n";
                  return Matcher.quoteReplacement(shown);
                });
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(page, right);
    }
    assertThat(Files.readString(page)).isEqualTo(right);
    assertThat(count[0]).isEqualTo(commands);
  }

  @Test
  void noLineOfAPageIsLongerThan120Characters() throws IOException {
    for (String folder : List.of("", "docs")) {
      try (DirectoryStream<Path> pages = Files.newDirectoryStream(Path.of(folder), "*.md")) {
        for (Path page : pages) {
          assertThat(Files.readAllLines(page))
              .as(page.toString())
              .allMatch(line -> line.codePointCount(0, line.length()) <= 120);
        }
      }
    }
  }

  @Test
  void theIndexOfTheDecisionsNamesEachOnceWithItsStatus() throws IOException {
    String page = Files.readString(Path.of("docs/decisions.md"));
    assertThat(found(page, "(?m)^- (\\d+\\. .*) \\*\\((?:in force|replaced).*\\)\\*$"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            found(page, "(?m)^## (\\d+\\. .*) \\(\\d{4}-\\d\\d-\\d\\d\\)$"));
  }

  private static List<String> found(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(one -> one.group(1)).toList();
  }

  private String printed(DdbRunner ddb, String block, int[] count) {
    List<String> commands = new ArrayList<>();
    Matcher each = COMMAND.matcher(block);
    while (each.find()) {
      count[0]++;
      String typed = each.group().lines().findFirst().orElseThrow();
      DdbRunner.Result result = Outcome.done(ddb.execute(each.group(1).split(" ")));
      commands.add(typed + "\n" + result.out());
    }
    return String.join("\n", commands);
  }
}
