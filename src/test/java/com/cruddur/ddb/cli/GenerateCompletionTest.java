package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCompletionTest {
  @TempDir private Path folder;

  @Test
  void printsAScriptThatBashCanReadAndCompletesWith() throws Exception {
    Result result = Outcome.done(DdbRunner.run("generate-completion"));
    assertThat(result.err()).isEmpty();
    Path script = Files.writeString(folder.resolve("ddb.bash"), result.out());
    assertThat(bash("bash", "-n", script.toString())).isEmpty();

    assertThat(complete(script, "ddb list-")).contains("list-tables", "list-conversations");
    assertThat(complete(script, "ddb local st")).contains("start", "stop", "status");
    assertThat(complete(script, "ddb scan --se")).contains("--segments");
    assertThat(complete(script, "ddb scan --ou")).contains("--output");
    assertThat(complete(script, "ddb scan -o ")).contains("json").contains("csv");
    assertThat(complete(script, "ddb --ta")).contains("--table");
  }

  private List<String> complete(Path script, String line) throws Exception {
    String words = line.replace(" ", "\" \"");
    String commands =
        """
        source '%s'
        COMP_LINE='%s' COMP_WORDS=("%s") COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_POINT=${#COMP_LINE} COMPREPLY=()
        _complete_ddb
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, line, words);
    return bash("bash", "-c", commands).lines().map(String::strip).toList();
  }

  private static String bash(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
