package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.ChildJvm;
import com.cruddur.ddb.TestStack;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ddb hello} of CONTRIBUTING.md, added as it says: a class, and an entry. */
class AddingACommandTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String ROOM = "com/cruddur/ddb/cli/table/";

  /** What an editor adds. */
  private static final String HEAD =
      """
      package com.cruddur.ddb.cli.table;
      import com.cruddur.ddb.cli.context.CommandContext;
      import com.cruddur.ddb.cli.context.ExitCode;
      import java.util.Map;
      import java.util.concurrent.Callable;
      import picocli.CommandLine.Command;
      import picocli.CommandLine.Parameters;
      """;

  @TempDir private Path folder;

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private String classPath() {
    return folder + File.pathSeparator + ChildJvm.classPath();
  }

  private void compile(Path... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", classPath(), "-d", "" + folder));
    Stream.of(sources).map(Path::toString).forEach(options::add);
    assertThat(compiler.run(null, null, null, options.toArray(String[]::new))).isZero();
  }

  /** Runs a program of ours in a JVM of its own; returns what it prints. */
  private String java(String program, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), program));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(AWS|DDB|MOMENTO|XDG|JAVA)_.*"));
    environment.putAll(TestStack.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  @Test
  void theClassAndTheEntryThatTheGuideShowsAreACommand() throws Exception {
    String guide = Files.readString(Path.of("CONTRIBUTING.md"));
    Path hello = folder.resolve("HelloCommand.java");
    Files.writeString(hello, HEAD + found(guide, "```java\n(.*?)```"));
    String entry = found(guide, "`(CommandEntry.of\\(\"hello\".*?\\),)`");
    String list = Files.readString(SOURCES.resolve(ROOM + "TableCatalogue.java"));
    Path catalogue = folder.resolve("TableCatalogue.java");
    // Whoever tries the guide has it already.
    boolean tried = list.contains("\"hello\"");
    Files.writeString(
        catalogue, tried ? list : list.replaceFirst("List.of\\(\n", "List.of(\n" + entry + "\n"));

    compile(hello, catalogue);
    // The build does this with whatever the catalogue names.
    Path texts = folder.resolve("texts");
    java("com.cruddur.ddb.training.CommandTextsWriter", texts.toString());
    try (Stream<Path> made = Files.walk(texts)) {
      compile(made.filter(Files::isRegularFile).toArray(Path[]::new));
    }

    assertThat(java("com.cruddur.ddb.Main", "hello", "Ada", "-o", "ndjson"))
        .isEqualTo("{\"hello\":\"Ada\"}\n");
    assertThat(java("com.cruddur.ddb.Main", "help")).contains("hello", "Greet somebody.");
    assertThat(java("com.cruddur.ddb.Main", "hello", "--help")).contains("  ddb hello Ada");
  }
}
