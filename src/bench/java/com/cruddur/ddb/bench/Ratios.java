package com.cruddur.ddb.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every line of docs/performance.md: a program beside another one, whole processes in turn, the
 * median of the ratios of the rounds, and the aim. Starts stacks of its own, in memory, on free
 * ports; leaves nothing behind. Run it in the checkout on a quiet machine, after a build:
 *
 * <pre>
 * mvn -B -DskipTests package
 * java src/bench/java/com/cruddur/ddb/bench/Ratios.java [LINE...] [--rounds=N] [--messages=N]
 * </pre>
 *
 * Without a line it takes those that need no large table. {@code aws} and {@code python3} with
 * boto3 must be on the PATH for the lines that name them.
 */
public final class Ratios {
  private static final String BENCH = "src/bench/java/com/cruddur/ddb/bench/";
  private static final String GROUP = "3f346c75-ad75-43df-aa35-5b4de50470e0";

  /** DynamoDB Local's start with an archive, JDK 17, on such a machine: it is shipped no more. */
  private static final double DYNAMODB_LOCAL_MILLIS = 590;

  private static final int SENDS = 200;
  private static final String SMALL = "00000001-0000-4000-8000-000000000000";
  private static final String LARGE = "00000002-0000-4000-8000-000000000000";

  private final boolean modern = Runtime.version().feature() >= 25;
  private final Path checkout = Path.of("").toAbsolutePath();
  private final Path temporary = Files.createTempDirectory("ratios");
  private final String ddb = checkout.resolve("bin/ddb").toString();
  private final Map<String, String> environment = new HashMap<>();
  private final int port = freePort();
  private final int cachePort = freePort();
  private final int rounds;
  private final int messages;
  private boolean loaded;
  private boolean pages;

  /** What is timed, in milliseconds. */
  private interface Timed {
    double run() throws Exception;
  }

  /**
   * A line of the table.
   *
   * @param speed whether the ratio is how many times as fast the first one is, and must reach the
   *     aim; else it must not go beyond it
   * @param large whether it needs a large table, and few rounds
   */
  private record Line(
      String name,
      String beside,
      boolean speed,
      double aim,
      boolean large,
      Timed first,
      Timed second) {}

  private Ratios(int rounds, int messages) throws IOException {
    this.rounds = rounds;
    this.messages = messages;
    environment.put("DDB_NO_BUILD", "1");
    environment.put("XDG_STATE_HOME", temporary + "/state");
    environment.put("XDG_DATA_HOME", temporary + "/data");
    environment.put("DDB_LOCAL_PORT", "" + port);
    environment.put("DDB_LOCAL_CACHE_PORT", "" + cachePort);
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = 0;
    int messages = 100_000;
    List<String> names = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("--rounds=")) {
        rounds = Integer.parseInt(argument.substring("--rounds=".length()));
      } else if (argument.startsWith("--messages=")) {
        messages = Integer.parseInt(argument.substring("--messages=".length()));
      } else {
        names.add(argument);
      }
    }
    Ratios ratios = new Ratios(rounds, messages);
    Runtime.getRuntime().addShutdownHook(new Thread(ratios::end));
    ratios.all(names);
  }

  private void all(List<String> names) throws Exception {
    System.out.printf(
        "JDK %s, %d processors%n%-28s %-34s %9s %9s %7s %7s%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        "line",
        "beside",
        "ms",
        "ms",
        "ratio",
        "aim");
    List<Line> lines = lines();
    for (String name : names) {
      if (lines.stream().noneMatch(line -> line.name.startsWith(name))) {
        throw new IllegalArgumentException(
            "no line begins with "
                + name
                + "; there are: "
                + String.join(", ", lines.stream().map(Line::name).distinct().toList()));
      }
    }
    boolean ready = false;
    for (Line line : lines) {
      if (names.isEmpty() ? !line.large : names.stream().anyMatch(line.name::startsWith)) {
        if (!ready) {
          ddb("local", "start", "--in-memory");
          ddb("schema-load");
          ddb("seed");
          ddb("cache", "create");
          ddb("cache", "set", "bench", "value");
          ready = true;
        }
        compare(line);
      }
    }
  }

  private List<Line> lines() {
    Timed get = () -> ddb("get-conversation", GROUP);
    Timed awsVersion = () -> time("aws", "--version");
    double ofAws = modern ? 0.30 : 0.38;
    double ofBoto = modern ? 0.52 : 0.70;
    return List.of(
        cost("get-conversation", "aws dynamodb query", ofAws, get, this::awsQuery),
        cost("get-conversation", "a boto3 script", ofBoto, get, this::botoQuery),
        cost("get-conversation", "AWS's SDK, same archive", 0.90, get, this::plainQuery),
        cost("first command", "a later one", 2.5, this::firstAfterUnpack, get),
        cost("--help", "aws --version", 0.17, () -> time(ddb, "--help"), awsVersion),
        cost("--version", "aws --version", 0.17, () -> time(ddb, "--version"), awsVersion),
        cost("send-message", "get-conversation", 1.35, this::send, get),
        cost("send-message", "a read, then cache get", 0.80, this::send, this::readThenCacheGet),
        cost("cache get", "Momento's SDK, same archive", 0.60, this::cacheGet, this::momentoGet),
        cost("stack", "DynamoDB Local's 590 ms", 0.45, this::stack, () -> DYNAMODB_LOCAL_MILLIS),
        cost("setup", "two seconds", 1, () -> ddb("setup"), () -> 2000),
        speed("shell", "200 aws put-item", 80, false, this::shell, this::awsPuts),
        speed("seed", "boto3 batch_writer", 3, true, this::seed, () -> python("batch", messages)),
        speed(
            "seed", "20 put loops", 8, true, this::seed, () -> python("loops", messages / 10) * 10),
        speed("export", "a bare parallel scan", 0.90, true, this::export, this::bareScan),
        speed("scan", "a bare parallel scan", 0.90, true, this::scan, this::bareScan),
        speed("check", "a bare parallel scan", 0.70, true, () -> ddb("check"), this::bareScan),
        speed("stats", "a bare parallel scan", 0.70, true, () -> ddb("stats"), this::bareScan),
        page("page of --messages", "a page of 20 messages"));
  }

  private static Line cost(String name, String beside, double aim, Timed first, Timed second) {
    return new Line(name, beside, false, aim, false, first, second);
  }

  private Line page(String name, String beside) {
    return new Line(name, beside, false, 1.1, true, () -> page(LARGE), () -> page(SMALL));
  }

  private static Line speed(
      String name, String beside, double aim, boolean large, Timed first, Timed second) {
    return new Line(name, beside, true, aim, large, first, second);
  }

  private void compare(Line line) throws Exception {
    int times = rounds > 0 ? rounds : line.large ? 3 : 9;
    if (!line.large) {
      line.first.run();
      line.second.run();
    }
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      boolean inOrder = i % 2 == 0;
      double early = (inOrder ? line.first : line.second).run();
      double late = (inOrder ? line.second : line.first).run();
      first.add(inOrder ? early : late);
      second.add(inOrder ? late : early);
      double ratio = first.get(i) / second.get(i);
      ratios.add(line.speed ? 1 / ratio : ratio);
    }
    double ratio = median(ratios);
    boolean met = line.speed ? ratio >= line.aim : ratio <= line.aim;
    System.out.printf(
        Locale.ROOT,
        "%-28s %-34s %9.0f %9.0f %7.2f %s%-5.2f %s%n",
        line.name,
        line.beside,
        median(first),
        median(second),
        ratio,
        line.speed ? ">=" : "<=",
        line.aim,
        met ? "met" : "MISSED");
  }

  private double ddb(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(ddb, "-q"));
    command.addAll(List.of(arguments));
    return time(command.toArray(String[]::new));
  }

  private double awsQuery() throws Exception {
    return time(
        "aws",
        "dynamodb",
        "query",
        "--endpoint-url",
        url(),
        "--table-name",
        "cruddur-messages",
        "--key-condition-expression",
        "pk = :pk",
        "--expression-attribute-values",
        "{\":pk\":{\"S\":\"MSG#" + GROUP + "\"}}",
        "--no-scan-index-forward",
        "--limit",
        "20");
  }

  private double botoQuery() throws Exception {
    return time("python3", checkout.resolve("src/bench/query.py").toString(), url(), GROUP);
  }

  /** Of a program that was just unpacked: its archives are not made yet. */
  private double firstAfterUnpack() throws Exception {
    Path home = Files.createTempDirectory(temporary, "home");
    time("cp", "-r", checkout.resolve("target/ddb/ddb").toString(), home.toString());
    delete(home.resolve("ddb/archive"));
    environment.put("XDG_CACHE_HOME", home + "/cache");
    String fresh = home.resolve("ddb/bin/ddb").toString();
    double millis = time(fresh, "-q", "get-conversation", GROUP);
    await(home, ".home");
    environment.remove("XDG_CACHE_HOME");
    delete(home);
    return millis;
  }

  /** Waits until the archives are made in the background, for the next program's sake. */
  private static void await(Path folder, String ending) throws Exception {
    for (int i = 0; i < 600; i++) {
      try (Stream<Path> files = Files.walk(folder)) {
        if (files.anyMatch(file -> file.toString().endsWith(ending))) {
          return;
        }
      } catch (UncheckedIOException movedMeanwhile) {
        // It is looked at again.
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("no archive was made in " + folder);
  }

  private double send() throws Exception {
    return ddb("send-message", GROUP, "hello", "--from", "andrewbrown");
  }

  private double cacheGet() throws Exception {
    return ddb("cache", "get", "bench");
  }

  /** A send needs both SDKs, each of which takes longer to load than a request does. */
  private double readThenCacheGet() throws Exception {
    return ddb("get-conversation", GROUP) + cacheGet();
  }

  private double momentoGet() throws Exception {
    return plainly("MomentoGet", cachePort + " cruddur bench", this::cacheGet);
  }

  private double plainQuery() throws Exception {
    return plainly("PlainQuery", port + " " + GROUP, () -> ddb("get-conversation", GROUP));
  }

  /**
   * One of the programs beside this in the place of ddb's, with the launcher's options, archive and
   * jar.
   */
  private double plainly(String program, String arguments, Timed command) throws Exception {
    Path classes = temporary.resolve(program);
    Path jdk = temporary.resolve("jdk-" + program);
    if (!Files.exists(classes)) {
      String jar = checkout.resolve("target/ddb/ddb/lib/ddb.jar").toString();
      time("javac", "-cp", jar, "-d", classes.toString(), BENCH + program + ".java");
      Path java = Path.of(System.getProperty("java.home"));
      Files.createDirectories(jdk.resolve("bin"));
      Files.copy(java.resolve("release"), jdk.resolve("release"));
      Path wrapper = jdk.resolve("bin/java");
      Files.writeString(
          wrapper,
          """
          #!/bin/sh
          main=
          for word; do
            shift
            case $word in
              *ddb.jar) word=$word:%s ;;
              *.Main) main=1 ;;
            esac
            [ -n "$main" ] || set -- "$@" "$word"
          done
          exec "%s/bin/java" "$@" %s %s
          """
              .formatted(classes, java, "com.cruddur.ddb.bench." + program, arguments));
      wrapper.toFile().setExecutable(true);
    }
    environment.put("JAVA_HOME", jdk.toString());
    try {
      return command.run();
    } finally {
      environment.remove("JAVA_HOME");
    }
  }

  /** The process that {@code ddb local start} makes, from its start to its first answer. */
  private double stack() throws Exception {
    Map<String, String> mine = new HashMap<>(environment);
    environment.put("DDB_LOCAL_PORT", "" + freePort());
    environment.put("DDB_LOCAL_CACHE_PORT", "" + freePort());
    environment.put("XDG_STATE_HOME", temporary + "/other");
    try {
      ddb("local", "start", "--in-memory");
      String state = output(ddb, "local", "status", "-o", "json");
      long pid = Long.parseLong(state.replaceAll("(?s).*\"pid\": *(\\d+).*", "$1"));
      String[] command = Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", -1);
      ddb("local", "stop");
      return started(command, Integer.parseInt(environment.get("DDB_LOCAL_PORT")));
    } finally {
      environment.putAll(mine);
    }
  }

  private double started(String[] command, int at) throws Exception {
    Files.createDirectories(temporary.resolve("other/ddb/stack-" + at + ".tmp"));
    long start = System.nanoTime();
    Process process = process(List.of(command).subList(0, command.length - 1));
    try {
      while (!answers(at)) {
        Thread.sleep(1);
      }
      return (System.nanoTime() - start) / 1e6;
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static boolean answers(int at) {
    try (Socket socket = new Socket("127.0.0.1", at)) {
      socket
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: localhost:"
                      + at
                      + "\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                      + "Content-Type: application/x-amz-json-1.0\r\n"
                      + "X-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256"
                      + " Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                      + " SignedHeaders=host, Signature=0\r\nConnection: close\r\n"
                      + "Content-Length: 2\r\n\r\n{}")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.UTF_8).contains("TableNames");
    } catch (IOException notYet) {
      return false;
    }
  }

  private double shell() throws Exception {
    Path script = temporary.resolve("sends");
    List<String> sends = new ArrayList<>();
    for (int i = 0; i < SENDS; i++) {
      sends.add("send-message " + GROUP + " 'Hello " + i + "' --from andrewbrown");
    }
    Files.write(script, sends);
    return ddb("shell", script.toString());
  }

  /** A twentieth of the items, its time times twenty. */
  private double awsPuts() throws Exception {
    double millis = 0;
    for (int i = 0; i < SENDS / 20; i++) {
      millis +=
          time(
              "aws",
              "dynamodb",
              "put-item",
              "--endpoint-url",
              url(),
              "--table-name",
              "cruddur-messages",
              "--item",
              "{\"pk\":{\"S\":\"MSG#bench\"},\"sk\":{\"S\":\"2026-01-01T00:00:00.%06d+00:00\"}}"
                  .formatted(i));
    }
    return millis * 20;
  }

  private Path generated() throws Exception {
    Path file = temporary.resolve("in-" + messages + ".ndjson");
    if (!Files.exists(file)) {
      ddb(
          "seed",
          "--generate",
          "--users",
          "1000",
          "--conversations",
          "1000",
          "--messages",
          "" + messages,
          "--out",
          file.toString());
    }
    return file;
  }

  private void emptyTable() throws Exception {
    ddb("drop", "--yes");
    ddb("schema-load");
  }

  private double seed() throws Exception {
    Path file = generated();
    emptyTable();
    return ddb("seed", file.toString());
  }

  private double python(String how, int count) throws Exception {
    String program = checkout.resolve("src/bench/put-items.py").toString();
    Path file = generated();
    emptyTable();
    return time("python3", program, how, url(), "cruddur-messages", file.toString(), "" + count);
  }

  private void load() throws Exception {
    if (!loaded) {
      seed();
      loaded = true;
    }
  }

  private double export() throws Exception {
    load();
    Path folder = temporary.resolve("export");
    delete(folder);
    return ddb("export", "--out", folder.toString());
  }

  private double scan() throws Exception {
    load();
    return ddb("scan");
  }

  private double bareScan() throws Exception {
    load();
    return time(
        "java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dhttp.maxConnections=64",
        "-cp",
        checkout.resolve("target/ddb/ddb/lib/ddb.jar").toString(),
        BENCH + "BareScan.java",
        url(),
        "cruddur-messages");
  }

  private double page(String group) throws Exception {
    if (!pages) {
      Path file = temporary.resolve("pages.ndjson");
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        conversation(out, SMALL, 20);
        conversation(out, LARGE, messages);
      }
      ddb("seed", file.toString(), "--users", "seed-data/users.json");
      pages = true;
    }
    return ddb("get-conversation", group);
  }

  private static void conversation(BufferedWriter out, String group, int count) throws IOException {
    out.write(
        "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"bayko\",\"londo\"]}%n"
            .formatted(group));
    Instant start = Instant.parse("2015-01-01T00:00:00Z");
    for (int i = 0; i < count; i++) {
      out.write(
          "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"The message %d.\",\"created_at\":\"%s\"}%n"
              .formatted(group, i, start.plusSeconds(30L * i)));
    }
  }

  private String url() {
    return "http://localhost:" + port;
  }

  private double time(String... command) throws Exception {
    long start = System.nanoTime();
    Process process = process(List.of(command));
    int exit = process.waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    if (exit != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + exit + ": " + Files.readString(errors()));
    }
    return millis;
  }

  private String output(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(errors().toFile());
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    }
  }

  private Process process(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(errors().toFile());
    return builder.start();
  }

  private Path errors() {
    return temporary.resolve("errors");
  }

  private void end() {
    try {
      ddb("local", "stop");
    } catch (Exception wasNotThere) {
      System.err.println(wasNotThere.getMessage());
    }
    delete(temporary);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
