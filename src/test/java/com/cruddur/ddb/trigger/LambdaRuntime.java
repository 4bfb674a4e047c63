package com.cruddur.ddb.trigger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Runs an unzipped function the way AWS does: Lambda's own runtime client for Java, in a process of
 * its own, talks to the runtime API, which is played here.
 */
final class LambdaRuntime implements AutoCloseable {
  private static final String API = "/2018-06-01/runtime/";

  /** Those of AWS's own runtimes of Java 17 and later. */
  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final Process process;
  private final Path log;

  /**
   * Starts it.
   *
   * @param function the folder of the unzipped jar, see {@link #unzip}
   * @param directory where its log is kept
   */
  LambdaRuntime(Path function, String handler, Map<String, String> environment, Path directory)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "runtime-api");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(API, this::serve);
    server.start();
    log = directory.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", runtimeClassPath()));
    command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
    command.add(handler);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(function.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort(),
                "AWS_LAMBDA_FUNCTION_NAME", "trigger",
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                "AWS_LAMBDA_LOG_STREAM_NAME", "stream"));
    process = builder.start();
  }

  /** The answer to an event, or the error as the function reported it. */
  String invoke(String event) throws InterruptedException, IOException {
    events.add(event);
    String answer = answers.poll(60, TimeUnit.SECONDS);
    if (answer == null) {
      throw new IllegalStateException("no answer; the function said: " + log());
    }
    return answer;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(API.length());
    if (path.equals("invocation/next")) {
      next(exchange);
      return;
    }
    answers.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] accepted = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(202, accepted.length);
    exchange.getResponseBody().write(accepted);
    exchange.close();
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
      Map.of(
              "Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
              "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000),
              "Lambda-Runtime-Invoked-Function-Arn",
                  "arn:aws:lambda:us-east-1:000000000000:function:trigger",
              "Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700")
          .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Unzips a function's jar as AWS does; returns the folder. */
  static Path unzip(Path jar, Path to) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = to.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.write(file, zip.readAllBytes());
        }
      }
    }
    return to;
  }

  /** Lambda's own jars alone: everything else has to be in the function. */
  private static String runtimeClassPath() {
    List<String> wanted =
        List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite-");
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(entry -> wanted.stream().anyMatch(entry::contains))
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    server.stop(0);
  }
}
