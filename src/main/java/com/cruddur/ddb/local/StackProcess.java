package com.cruddur.ddb.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts the background process, and tells from its log why it ended. */
final class StackProcess {
  /**
   * HotSpot leaves signals ignored that were ignored when it started, so Ctrl-C and the end of the
   * terminal pass the process by; a session of its own (setsid, not on macOS) does the same again.
   */
  private static final String DETACH =
      "umask 077; trap '' INT HUP QUIT; "
          + "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";

  /** All of the environment it needs: a process that lives for days should know no secrets. */
  private static final Set<String> ENVIRONMENT =
      Set.of("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TZ");

  private static final int FIRST_JAVA_WITH_NATIVE_ACCESS_WARNINGS = 24;

  private StackProcess() {}

  /** Starts and notes it; the files must be prepared. */
  static Process start(StackSettings settings, List<String> classPath, StackArchive archive)
      throws IOException {
    Process process = unnoted(settings, classPath, archive);
    try {
      StackState.of(process.toHandle(), settings, false).write(new StackFiles(settings));
      return process;
    } catch (IOException failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  /** Nothing of the process is connected to this one. */
  static Process unnoted(StackSettings settings, List<String> classPath, StackArchive archive)
      throws IOException {
    StackFiles files = new StackFiles(settings);
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACH, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions(settings, files));
    command.addAll(archive.javaOptions());
    command.addAll(List.of("-cp", reachable(classPath, files), StackMain.class.getName()));
    command.add(Integer.toString(settings.port()));
    command.add(Integer.toString(settings.cachePort()));
    command.add(Boolean.toString(settings.inMemory()));
    command.add(settings.dataDirectory().toString());
    command.add(settings.stateDirectory().toString());
    command.add(settings.faults().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    return builder
        .directory(settings.stateDirectory().toFile())
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()))
        .start();
  }

  /** Part of the command line of the stack on a port, ahead of what may be cut off (4 KB). */
  static String mark(int port) {
    return " -Dddb.local.port=" + port + " ";
  }

  /** What is not used is given back: a stack may run for days after a large import. */
  private static List<String> javaOptions(StackSettings settings, StackFiles files) {
    List<String> options =
        new ArrayList<>(
            List.of(
                mark(files.port()).strip(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xms16m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                // Each time the heap grows it is collected as a whole: rarely, then.
                "-XX:MinHeapDeltaBytes=32m",
                settings.inMemory() ? "-Xmx2g" : "-Xmx512m",
                "-Dfile.encoding=UTF-8",
                "-Dio.grpc.netty.shaded.io.netty.jfr.enabled=false",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + files.temporary()));
    if (Runtime.version().feature() >= FIRST_JAVA_WITH_NATIVE_ACCESS_WARNINGS) {
      options.add("--enable-native-access=ALL-UNNAMED");
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    return options;
  }

  /**
   * As a class path names them: the process has another working directory than this one, and what
   * lies below a folder with ':' in its name is reached by a link in that directory.
   */
  private static String reachable(List<String> classPath, StackFiles files) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath) {
      Path path = Path.of(entry).toAbsolutePath();
      if (path.toString().contains(File.pathSeparator)) {
        Path link = files.temporary().resolve("classes-" + entries.size());
        Files.createSymbolicLink(link, path.getParent());
        path = files.directory().relativize(link).resolve(path.getFileName());
      }
      entries.add(path.toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /** What a process that ended by itself left in its log, as one line for the user. */
  static LocalStackException causeOfEnd(Path log) {
    List<String> lines;
    try {
      lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      lines = List.of();
    }
    String error = last(lines, StackMain.ERROR);
    if (error != null) {
      String hint = last(lines, StackMain.HINT);
      return new LocalStackException(error, hint == null ? "See " + log + "." : hint);
    }
    for (String sign : List.of("NoClassDefFoundError", "ClassNotFoundException")) {
      for (String line : lines) {
        if (line.contains(sign)) {
          return jarsIncomplete(line.strip(), null);
        }
      }
    }
    String first = lines.isEmpty() ? "it printed nothing" : lines.get(0).strip();
    return new LocalStackException("The local stack ended: " + first + ".", "See " + log + ".");
  }

  static LocalStackException jarsIncomplete(String missing, Throwable cause) {
    return new LocalStackException(
        "The local stack's jars are incomplete: " + missing + ".",
        "Install ddb again, or build it again with mvn package.",
        cause);
  }

  private static String last(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }
}
