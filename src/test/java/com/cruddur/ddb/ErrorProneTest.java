package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Error Prone's checks. They take four times as long as compiling and want one processor alone, so
 * they run beside the other tests, in a process of their own, and the compiler does without them.
 */
class ErrorProneTest {
  private static final List<String> SOURCES =
      List.of("src/main/java", "src/test/java", "src/bench/java");

  /** The build writes it: its plugin has Error Prone on its class path, the tests have not. */
  private static final Path PROCESSORS = Path.of("target", "error-prone.classpath");

  private static final String COMPILER = "jdk.compiler/com.sun.tools.javac.";

  /** Kinds of warnings that are a matter of taste, or that stand where they are right. */
  private static final List<String> OFF =
      List.of(
          "AddressSelection",
          "ArrayRecordComponent",
          "ByteBufferBackingArray",
          "EnumOrdinal",
          "FutureReturnValueIgnored",
          "OperatorPrecedence",
          "StringConcatToTextBlock",
          "StringSplitter");

  /** The compiler's own warnings have names in small letters, or none. */
  private static final Pattern FOUND = Pattern.compile(": (error:|warning: \\[[A-Z])");

  @TempDir private Path folder;

  private String found(List<Path> sources) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        .map("-J"::concat)
        .forEach(command::add);
    Stream.of("api", "file", "main", "model", "parser", "processing", "tree", "util")
        .map(room -> "-J--add-exports=" + COMPILER + room + "=ALL-UNNAMED")
        .forEach(command::add);
    Stream.of("code", "comp")
        .map(room -> "-J--add-opens=" + COMPILER + room + "=ALL-UNNAMED")
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            // No class is written.
            "--should-stop=ifNoError=FLOW",
            OFF.stream()
                .map(kind -> " -Xep:" + kind + ":OFF")
                .collect(Collectors.joining("", "-Xplugin:ErrorProne", "")),
            "-Xmaxwarns",
            "1000",
            "-proc:none",
            "--release",
            "17",
            "-d",
            folder.toString(),
            "-processorpath",
            Files.readString(PROCESSORS),
            "-cp",
            System.getProperty("java.class.path")));
    sources.forEach(source -> command.add(source.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String root : SOURCES) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  @Test
  void findsNothing() throws Exception {
    assertThat(found(sources())).doesNotContainPattern(FOUND);
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
    assertThat(found(List.of(source)))
        .contains(
            "error: [SelfEquals]",
            "error: [ReturnValueIgnored]",
            "warning: [StringCaseLocaleUsage]")
        .containsPattern(FOUND);
  }
}
