package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The archive that brings its Java, which {@code -Pruntime} makes, on a machine without Java. */
@EnabledIf("isMade")
class RuntimeIT {
  private static final String GROUP = "3f346c75-ad75-43df-aa35-5b4de50470e0";
  private static final long MOST_BYTES = 120_000_000;

  @TempDir private Path temp;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;

  static boolean isMade() {
    return Files.isDirectory(Path.of("target/runtime"));
  }

  private static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("ddb-.*\\.tar\\.gz"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  @BeforeEach
  void unpack() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("un packed"));
    List<String> tar = List.of("tar", "-xzf", archive().toString(), "-C", folder.toString());
    assertThat(new ProcessBuilder(tar).inheritIO().start().waitFor()).isZero();
    try (Stream<Path> unpacked = Files.list(folder)) {
      home = unpacked.findFirst().orElseThrow();
    }
    if (Runtime.version().feature() < 25) {
      // Else the first command would make some, beside the test's end.
      environment.put("DDB_NO_ARCHIVE", "1");
    }
    environment.put("PATH", withoutJava().toString());
    environment.put("HOME", Files.createDirectories(temp.resolve("home")).toString());
    environment.put("DDB_LOCAL_PORT", String.valueOf(FreePorts.next()));
    environment.put("DDB_LOCAL_CACHE_PORT", String.valueOf(FreePorts.next()));
  }

  /** A folder with the programs that the launcher runs. */
  private Path withoutJava() throws IOException {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    String programs = "sh cat find locale ls mkdir readlink rm sed sha256sum stty touch";
    for (String program : programs.split(" ")) {
      String script = "#!/bin/sh\nPATH=/usr/bin:/bin exec " + program + " \"$@\"\n";
      Path file = Files.writeString(bin.resolve(program), script);
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    return bin;
  }

  @AfterEach
  void stop() throws Exception {
    ddb("", "local", "stop");
  }

  @Test
  void runsWhereItIsUnpackedWithoutAJdkAndWritesNothingThere() throws Exception {
    assertThat(Files.size(archive())).isLessThan(MOST_BYTES);
    Map<Path, String> before = files();

    assertThat(ddb("", "setup")).contains("bayko", GROUP);
    assertThat(ddb("", "send-message", GROUP, "Grüße 👋", "--from", "bayko")).contains("Grüße 👋");
    assertThat(ddb("list-conversations andrewbrown\ncheck\n", "shell")).contains("Grüße 👋");
    assertThat(ddb("", "cache", "set", "k", "v")).contains("set");
    assertThat(ddb("", "cache", "get", "k")).isEqualTo("v");
    ddb("", "seed", "--generate", "--users", "2", "--conversations", "1", "--messages", "3");

    assertThat(files()).isEqualTo(before);
    assertThat(before.keySet().toString()).contains("docs/first-day.md", "man1/ddb.1", "LICENSE");
  }

  @Test
  void usesTheArchivesThatItBringsWhereAJvmTakesThemElsewhere() throws Exception {
    environment.put("DDB_JAVA_OPTS", "-XX:+PrintFlagsFinal");
    String flags = ddb("", "help");
    if (Runtime.version().feature() >= 25) {
      assertThat(flags).containsPattern("AOTCache += .*/archive/.*plain");
    }
  }

  /** Every file's time and size. */
  private Map<Path, String> files() throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.toList()) {
        files.put(file, Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return files;
  }

  /** Standard output of a command line that must end well. */
  private String ddb(String stdin, String... args) throws Exception {
    Path in = Files.writeString(temp.resolve("in"), stdin);
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    List<String> command =
        Stream.concat(Stream.of(home.resolve("bin/ddb").toString()), Stream.of(args)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    assertThat(code).as(command + ": " + Files.readString(err)).isZero();
    return Files.readString(out, UTF_8);
  }
}
