package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text that is typed at a shell arrives as it was typed, whatever the locale says: bin/ddb, run by
 * sh in a folder of an awkward name, with arguments, variables and file names that are not ASCII.
 */
class TypedTextTest {
  private static final String TEXT = "Grüße 👋 你好";

  @TempDir Path temp;
  private Path home;

  /** As ddb.zip is unpacked, but that the jar names the classes of this build. */
  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(temp.resolve("a:b ü"));
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.copy(Path.of("bin/ddb"), home.resolve("bin/ddb"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    new JarOutputStream(Files.newOutputStream(home.resolve("lib/ddb.jar")), manifest).close();
  }

  private static String classPath() {
    return Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
        .map(entry -> Path.of(entry).toUri().toString())
        .collect(Collectors.joining(" "));
  }

  /** Runs a script of sh: its text reaches ddb as bytes, whatever this JVM's own locale is. */
  private DdbRunner.Result sh(Map<String, String> environment, String script) throws Exception {
    Path file = Files.writeString(temp.resolve("script"), script);
    ProcessBuilder builder =
        new ProcessBuilder(List.of("/bin/sh", file.toString())).directory(temp.toFile());
    builder.environment().clear();
    builder.environment().putAll(TestStack.environment());
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PATH", System.getenv("PATH"));
    builder
        .redirectOutput(temp.resolve("out").toFile())
        .redirectError(temp.resolve("err").toFile());
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new DdbRunner.Result(
        process.exitValue(),
        Files.readString(temp.resolve("out")),
        Files.readString(temp.resolve("err")));
  }

  /** The other variables, and what Java gets of them, are LauncherTest's. */
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=en_US.UTF-8", "LC_ALL=C"})
  void reachesTheTableUnderEveryLocale(String locale) throws Exception {
    MessageTable table = MessageTable.create();
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "hello");
    Map<String, String> environment = new HashMap<>();
    environment.put("DDB_MESSAGE_TABLE", table.name());
    for (String variable : locale.split(" ")) {
      environment.put(variable.replaceAll("=.*", ""), variable.replaceAll(".*=", ""));
    }
    Files.write(temp.resolve("users.json"), Files.readAllBytes(Path.of("seed-data/users.json")));
    DdbRunner.Result result =
        sh(
            environment,
            """
            mv users.json 'üsers 👋.json'
            DDB_USERS='üsers 👋.json' 'a:b ü/bin/ddb' send-message %s '%s' --from bayko
            """
                .formatted(group, TEXT));
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(table.messages(group)).extracting(m -> m.get("message")).contains(TEXT);
  }

  @Test
  void theLocalStackStartsFromAFolderOfThatName() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("DDB_LOCAL_PORT", String.valueOf(FreePorts.next()));
    environment.put("DDB_LOCAL_CACHE_PORT", String.valueOf(FreePorts.next()));
    environment.put("XDG_STATE_HOME", temp.resolve("s:ä").toString());
    DdbRunner.Result result =
        sh(
            environment,
            """
            'a:b ü/bin/ddb' local start --in-memory --data-dir 'dätä' && 'a:b ü/bin/ddb' list-tables
            code=$?
            'a:b ü/bin/ddb' local stop
            exit $code
            """);
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  @Test
  void thatCannotBeReadIsRefused() throws Exception {
    byte[] latin = "cache set k 'Gr\u00fc\u00dfe'\n".getBytes(ISO_8859_1);
    Files.write(temp.resolve("line"), latin);
    DdbRunner.Result result = sh(Map.of(), "eval \"'a:b ü/bin/ddb' $(cat line)\"\n");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
    assertThat(result.err()).contains("U+FFFD", "UTF-8");
    assertThat(result.err().lines()).hasSize(2);
  }
}
