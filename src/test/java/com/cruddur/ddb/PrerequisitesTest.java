package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that the build runs before the tests. */
class PrerequisitesTest {
  @TempDir private Path path;

  @Test
  void whoMayNotInstallIsToldInOneLineWhatIsMissing() throws Exception {
    program("apt-get", "exit 99");
    program("id", "echo 1000");
    program("groff", "");
    program("jq", "");
    program("zsh", "");
    Process process = start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(
            "prerequisites: the tests need chromium: install them (on Debian, as root:"
                + " apt-get install chromium), then build again\n");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void whereAllIsThereNothingElseIsRun() throws Exception {
    program("chromium", "exit 99");
    program("groff", "exit 99");
    program("jq", "exit 99");
    program("zsh", "exit 99");
    Process process = start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void whereCtrlCIsIgnoredFromTheStartThatIsSaid() throws Exception {
    Process process =
        new ProcessBuilder(
                "/bin/sh", "-c", "trap '' INT; exec /bin/sh src/test/sh/prerequisites.sh")
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .hasLineCount(1)
        .contains("Ctrl-C, which is ignored here");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "src/test/sh/prerequisites.sh").redirectErrorStream(true);
    builder.environment().put("PATH", path.toString());
    return builder.start();
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(path.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
