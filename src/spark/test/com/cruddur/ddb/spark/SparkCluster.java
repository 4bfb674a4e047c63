package com.cruddur.ddb.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.cruddur.ddb.DdbRunner.Result;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A master and two workers of Spark, each a process on free ports of this machine, that run from an
 * installation with Spark's own jars: ddb is in target/ddb-spark.jar or nowhere.
 */
final class SparkCluster implements AutoCloseable {
  private static final Pattern OF_DDB =
      Pattern.compile(".*(/target/|/software/(amazon|momento)/|picocli|fastcsv|slf4j-nop).*");

  /** Not a temporary folder of JUnit's, which tells of every link in it. */
  private final Path home = Path.of("target/spark-home").toAbsolutePath();

  private final List<Process> processes = new ArrayList<>();
  private String url;

  /** Starts it. */
  SparkCluster() throws IOException {
    clear();
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !OF_DDB.matcher(entry).matches()) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toAbsolutePath());
      }
    }
    try {
      url = start("master.Master", "Starting Spark master at (spark://\\S+)");
      for (int i = 1; i <= 2; i++) {
        String work = work(i).toString();
        start(
            "worker.Worker",
            "(Successfully registered with master)",
            "--cores",
            "1",
            "--memory",
            "600m",
            "--work-dir",
            work,
            url);
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void clear() throws IOException {
    if (Files.exists(home)) {
      try (Stream<Path> all = Files.walk(home)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private Path work(int worker) {
    return home.resolve("work" + worker);
  }

  /** The executors that a worker has started so far. */
  List<Path> executors(int worker) throws IOException {
    try (Stream<Path> folders = Files.walk(work(worker), 2)) {
      return folders.filter(folder -> folder.getFileName().toString().matches("\\d+")).toList();
    }
  }

  private ProcessBuilder java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", home + "/jars/*"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("SPARK_HOME", home.toString());
    process.environment().put("SPARK_SCALA_VERSION", "2.13");
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return process;
  }

  /** Starts a server and waits for what it logs; the group of the pattern is returned. */
  private String start(String name, String logged, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("org.apache.spark.deploy." + name));
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    command.addAll(Arrays.asList(arguments));
    Process process = java(command.toArray(String[]::new)).redirectErrorStream(true).start();
    processes.add(process);
    BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Pattern pattern = Pattern.compile(logged);
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        drain(log);
        return matcher.group(1);
      }
    }
    return fail(name + " ended: " + said);
  }

  /** A full pipe would stop it. */
  private static void drain(BufferedReader log) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (log.readLine() != null) {}
              } catch (IOException e) {
                // The process has ended.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Submits ddb-spark.jar with a command line. */
  Result submit(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", url, "--executor-memory", "512m"));
    command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    command.addAll(List.of("--conf", "spark.executor.cores=1", "--conf", "spark.ui.enabled=false"));
    command.add("target/ddb-spark.jar");
    command.addAll(Arrays.asList(arguments));
    Path err = Files.createTempFile(home, "submit", ".err");
    Process process = java(command.toArray(String[]::new)).redirectError(err.toFile()).start();
    processes.add(process);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(process.waitFor(), out, Files.readString(err));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends the processes that it has started, and theirs. */
  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (Process process : processes) {
      assertThat(process.onExit().join().isAlive()).isFalse();
    }
  }
}
