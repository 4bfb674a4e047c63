package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Error Prone's checks, warnings too. They take four times as long as compiling, on one thread, so
 * the compiler does without them: a build begins them first of all, in a process that takes what
 * others leave of the processors, and this test, one of the last, waits for what they find.
 */
class ErrorProneIT {
  private static final List<String> SOURCES =
      List.of("src/main/java", "src/test/java", "src/bench/java");

  /** Which process looks at all the sources; not there where one test is run. */
  private static final Path BEGUN = Path.of("target", "error-prone.pid");

  /** What that process finds. */
  private static final Path LOG = Path.of("target", "error-prone.log");

  /** The compiler's own warnings have names in small letters, or none. */
  private static final Pattern FOUND = Pattern.compile(": (error:|warning: \\[[A-Z])");

  @TempDir private Path folder;

  private static String found(List<String> sources) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "src/test/sh/error-prone.sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(sources);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  private static String foundByTheBuild() throws IOException, InterruptedException {
    if (!Files.exists(BEGUN)) {
      return found(SOURCES);
    }
    long pid = Long.parseLong(Files.readString(BEGUN).strip());
    while (ProcessHandle.of(pid).isPresent()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return Files.readString(LOG);
  }

  @Test
  void findsNothing() throws Exception {
    assertThat(foundByTheBuild()).endsWith("exit 0\n").doesNotContainPattern(FOUND);
  }

  @Test
  void wouldFindWhatIsWrong() throws Exception {
    Path source = folder.resolve("Wrong.java");
    Files.writeString(
        source,
        """
        class Wrong {
          static boolean same(String text) {
            new String(text).trim();
            return text.equals(text);
          }

          static String small(String text) {
            return text.toLowerCase();
          }
        }
        """);
    assertThat(found(List.of(source.toString())))
        .contains(
            "error: [SelfEquals]",
            "error: [ReturnValueIgnored]",
            "warning: [StringCaseLocaleUsage]")
        .containsPattern(FOUND)
        .endsWith("exit 1\n");
  }
}
