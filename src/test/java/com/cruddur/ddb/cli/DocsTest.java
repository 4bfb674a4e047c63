package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.ExampleShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The task pages under docs and README: their {@code sh} blocks are run, {@code console} blocks are
 * for AWS and are parsed.
 */
class DocsTest {
  @TempDir private static Path folder;
  private static ExampleShell shell;

  @BeforeAll
  static void startAShell() throws Exception {
    shell = new ExampleShell(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    shell.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/from-python.md", "docs/first-day.md", "docs/moderation.md"})
  void eachBlockOfAPageDoesWhatItSays(String page) throws Exception {
    succeeds("ddb local reset -q --yes; ddb local start --in-memory");
    List<String> blocks = blocks(page, "sh");
    assertThat(blocks).hasSizeGreaterThan(3);
    run(blocks);
  }

  @Test
  void pagesWorkAfterOneAnotherOnOneStack() throws Exception {
    succeeds("ddb local reset -q --yes; ddb local start --in-memory");
    List<String> firstDay = blocks("docs/first-day.md", "sh");
    // Its last block takes everything away.
    run(firstDay.subList(0, firstDay.size() - 1));
    run(blocks("docs/moderation.md", "sh"));
    theRemediesMendAList();
    run(blocks("docs/from-python.md", "sh"));
    run(blocks("docs/moderation.md", "sh"));
    theRemediesMendAList();
  }

  private static void run(List<String> blocks) throws Exception {
    for (String block : blocks) {
      succeeds(block);
    }
  }

  @Test
  void theCommandsOfReadmeWork() throws Exception {
    List<String> lines =
        blocks("README.md", "sh").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("./bin/ddb "))
            .toList();
    assertThat(lines).hasSizeGreaterThan(5);
    for (String line : lines) {
      succeeds(line);
    }
  }

  @Test
  void aMessageOfOthersMakesAListWrongAndTheRemediesMendIt() throws Exception {
    succeeds("ddb local reset -q --yes; ddb local start --in-memory");
    theRemediesMendAList();
  }

  private static void theRemediesMendAList() throws Exception {
    List<String> blocks = blocks("docs/wrong-list.md", "sh");
    succeeds(blocks.get(0));
    Result wrong = succeeds(blocks.get(1));
    assertThat(wrong.out()).contains("stale", "exit code 5");
    for (String block : blocks.subList(2, blocks.size())) {
      Result right = succeeds(block);
      assertThat(right.out()).doesNotContain("stale");
    }
    assertThat(succeeds("ddb list-conversations andrewbrown").out()).contains("Written by others");
  }

  @Test
  void theScriptForCiWaitsForTheDatabase() throws Exception {
    succeeds("ddb local reset --yes");
    ExampleShell.Script script = shell.start("set -e\n" + blocks("docs/ci.md", "sh").get(0));
    Path error = shell.work().resolve("last-error.txt");
    long until = System.nanoTime() + 300_000_000_000L;
    while (!Files.exists(error) || !Files.readString(error).contains("ddb: ")) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(50);
    }
    assertThat(script.printed()).isEmpty();
    succeeds("ddb local start --in-memory");
    Result result = script.await();
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(succeeds("ddb list-conversations andrewbrown").out()).contains("bayko");
  }

  @Test
  @SuppressWarnings("unchecked")
  void theStepsOfTheWorkflowSucceedInTheirOrder() throws Exception {
    Map<String, Map<String, Map<String, List<Map<String, Object>>>>> workflow =
        new Yaml().load(blocks("docs/ci.md", "yaml").get(0));
    List<String> steps =
        workflow.get("jobs").get("test").get("steps").stream()
            .filter(step -> step.containsKey("run"))
            .map(step -> (String) step.get("run"))
            .toList();
    assertThat(steps).hasSizeGreaterThan(3).allMatch(step -> step.startsWith("./bin/ddb "));
    succeeds("ddb local reset --yes");
    for (String step : steps) {
      succeeds(step);
    }
  }

  @Test
  void theCommandsForAwsAreCommandLinesOfDdb() throws IOException {
    List<String> lines =
        blocks("docs/production.md", "console").stream().flatMap(String::lines).toList();
    assertThat(lines).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("ddb "));
    lines.forEach(ExamplesTest::parse);
  }

  private static Result succeeds(String block) throws Exception {
    Result result = shell.run("set -e\n" + block);
    assertThat(result.exitCode()).as("%s\n%s", block, result).isZero();
    assertThat(result.err()).as(block).doesNotContain("Exception", "\tat ");
    return result;
  }

  /** The fenced blocks of a page in this language. */
  static List<String> blocks(String page, String language) throws IOException {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(Files.readString(Path.of(page)))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
