package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.PtyShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script, in real shells. */
class GenerateCompletionTest {
  private static final String PROMPT = "READY> ";

  @TempDir private Path folder;

  @BeforeEach
  void writeTheScript() throws IOException {
    Result result = Outcome.done(DdbRunner.run("generate-completion"));
    assertThat(result.err()).isEmpty();
    Files.writeString(folder.resolve("completion"), result.out());
    Files.writeString(folder.resolve("some file.json"), "");
  }

  @Test
  void isTheSameOnATerminal() throws IOException {
    Result result =
        DdbRunner.fresh().terminal("012:80").execute("generate-completion", "--no-pager");
    assertThat(folder.resolve("completion")).hasContent(result.out());
  }

  @Test
  void forFishEveryCommandAndEveryOptionOfItsHelpHasALine() {
    String script = Outcome.done(DdbRunner.run("generate-completion", "fish")).out();
    List<String> lines = script.lines().filter(line -> line.startsWith("complete ")).toList();
    GoldenHelpTest.commands()
        .filter(words -> !words.isEmpty())
        .forEach(
            words -> {
              String last = words.substring(words.lastIndexOf(' ') + 1);
              CommandSpec spec = GoldenHelpTest.command(words).getCommandSpec();
              assertThat(lines).anyMatch(line -> line.contains(" -a " + last + " -d '"));
              String when =
                  "complete -c ddb -n '"
                      + (words.contains(" ") ? "__ddb_in " : "__fish_seen_subcommand_from ")
                      + words;
              List<String> own =
                  lines.stream()
                      .filter(line -> line.startsWith(when + "'") || line.startsWith(when + ";"))
                      .toList();
              for (OptionSpec option : spec.options()) {
                String name = " -l " + option.longestName().substring(2) + " ";
                assertThat(own.stream().anyMatch(line -> line.contains(name)))
                    .as(words + name)
                    .isEqualTo(HeededOptions.lists(spec, option));
              }
            });
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith(
                    "complete -c ddb -n '__ddb_in trigger run' -l from -x"
                        + " -a 'trim-horizon latest' -d "))
        .anyMatch(line -> line.contains("-l users -r -F -d"))
        .anyMatch(line -> line.contains("-l from -x -a '(__ddb_users)'"));
  }

  @Test
  void anotherShellIsRefused() {
    Result result = Outcome.failed(2, DdbRunner.run("generate-completion", "tcsh"));
    assertThat(result.err()).contains("no completion for 'tcsh'", "bash, zsh or fish");
    assertThat(DdbRunner.run("generate-completion", "zsh").out())
        .isEqualTo(DdbRunner.run("generate-completion").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ddb li | list-tables list-conversations list-users",
        "ddb cache  | create list delete flush get set evict increment ttl token check",
        "ddb local st | start stop status",
        "ddb get-conversation --s | --since --show-capacity",
        "ddb scan --ou | --output",
        "ddb --ta | --table",
        "ddb -o  | table json ndjson csv",
        "ddb scan --output js | json",
        "ddb --color a | always auto",
        "ddb list-conversations --users some | some file.json",
        "ddb export --format  | dynamodb-json ndjson csv",
        "ddb schema-load --billing  | on-demand provisioned",
        "ddb trigger run --from  | trim-horizon latest",
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void completesInBash(String line, String candidates) throws Exception {
    String typed = line.substring(0, line.length() - 1);
    List<String> expected =
        candidates.contains("file")
            ? List.of(candidates.strip())
            : List.of(candidates.strip().split(" "));
    assertThat(complete(typed)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void offersEveryOptionOfACommandInBash() throws Exception {
    assertThat(complete("ddb get-conversation --"))
        .contains("--since", "--until", "--oldest-first", "--limit", "--all", "--cached", "--prod");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ddb list-conversations an | andrewbrown",
        "ddb send-message C hi --from ba | bayko",
        "ddb list-conversations --users other.json  | one two",
        "ddb scan --prod --profile o | ops",
        "ddb scan --endpoint-url x --table  | list-tables csv x",
        "ddb cache flush --prod  | cache csv --prod",
        "ddb cache token --endpoint-url x --cache  | cache csv x",
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void completesValuesInBash(String line, String candidates) throws Exception {
    Files.writeString(
        folder.resolve("other.json"),
        "[{\"handle\":\"one\"},{\"handle\": \"two\"},{\"handle\":\"$(touch x)\"}]");
    Files.writeString(folder.resolve("config"), "[profile ops]\n[sso-session other]\n[default]\n");
    assertThat(complete(line.substring(0, line.length() - 1)))
        .containsExactlyInAnyOrder(candidates.strip().split(" "));
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void asksNothingOfALocalStackThatDoesNotRunAndIsSilent() throws Exception {
    assertThat(complete("ddb scan --table ")).containsExactly("");
    assertThat(complete("ddb list-conversations --users absent.json a")).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash --norc --noprofile", "zsh -f"})
  void completesWhenTheTabKeyIsTyped(String shell) throws IOException {
    try (PtyShell pty = new PtyShell(shell, folder)) {
      pty.type("PS1='REA''DY> '; ddb() { printf 'got'; printf '<%s>' \"$@\"; echo; }\n", PROMPT);
      pty.type("source ./completion\n", PROMPT);
      // All that is awaited is on the screen; what follows it may not be there yet.
      pty.type("ddb li\tc\t\n", "got<list-conversations>");
      pty.type("ddb cache incr\tvisits --b\t2\n", "got<cache><increment><visits>");
      pty.type("ddb seed some\t\n", "got<seed><some file.json>");
      pty.type("ddb export --out some\t\n", "got<export><--out><some file.json>");
      assertThat(pty.type("ddb local st\t\t", "stop")).contains("start", "status");
    }
  }

  private List<String> complete(String line) throws Exception {
    String words = line.replace(" ", "\" \"");
    String commands =
        """
        cd '%s' && source ./completion
        export DDB_LOCAL_PORT=1 DDB_LOCAL_CACHE_PORT=1 AWS_CONFIG_FILE=config AWS_SHARED_CREDENTIALS_FILE=none
        # Its arguments, as a list that it found: the first word, -o's value, and the target.
        ddb() { echo name; echo "$1"; for word; do case $word in csv | x | --prod) echo "$word" ;; esac; done; }
        compopt() { :; } # works in a completion that a key has begun
        COMP_LINE='%s' COMP_WORDS=("%s") COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_POINT=${#COMP_LINE} COMPREPLY=()
        _complete_ddb
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(folder, line, words);
    return bash("bash", "-c", commands).lines().map(String::strip).toList();
  }

  private static String bash(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
