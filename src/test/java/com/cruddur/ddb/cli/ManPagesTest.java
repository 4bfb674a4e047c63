package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages, as groff renders them. */
class ManPagesTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    ManPages.main(new String[] {folder.toString()});
  }

  static Stream<String> commands() {
    return GoldenHelpTest.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofEachCommandTellsWhatItsHelpTells(String words) throws Exception {
    CommandLine command = GoldenHelpTest.command(words);
    String name = ("ddb " + words).strip().replace(' ', '-');
    String page = rendered(folder.resolve(name + ".1"));
    var usage = command.getCommandSpec().usageMessage();
    assertThat(blanksJoined(page))
        .contains("NAME " + name + " - " + usage.description()[0])
        .contains("SYNOPSIS " + ("ddb " + words).strip() + " ")
        .doesNotContain("${", "%n");
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!HeededOptions.lists(command.getCommandSpec(), option)) {
        assertThat(page).doesNotContain(" " + option.longestName());
        continue;
      }
      assertThat(page).contains(String.join(", ", option.names()));
      assertThat(blanksJoined(page)).contains(String.join(" ", option.description()));
    }
    usage
        .exitCodeList()
        .forEach((code, meaning) -> assertThat(blanksJoined(page)).contains(code + " " + meaning));
    Arrays.stream(usage.footer()).forEach(example -> assertThat(page).contains(example.strip()));
    command
        .getSubcommands()
        .keySet()
        .forEach(sub -> assertThat(page).contains(name + "-" + sub + "(1)"));
  }

  @Test
  void areOnlyThoseOfCommandsThatThereAre() throws IOException {
    try (Stream<Path> pages = Files.list(folder)) {
      assertThat(pages).hasSize((int) commands().count());
    }
  }

  private static String blanksJoined(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String rendered(Path page) throws Exception {
    List<String> groff =
        List.of("groff", "-man", "-Tutf8", "-ww", "-rLL=99n", "-P-cbou", page.toString());
    Path warnings = Files.createTempFile(folder.getParent(), "groff", ".err");
    Process process = new ProcessBuilder(groff).redirectError(warnings.toFile()).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(warnings).as("what groff says of %s", page).isEmptyFile();
    Files.delete(warnings);
    return text;
  }
}
