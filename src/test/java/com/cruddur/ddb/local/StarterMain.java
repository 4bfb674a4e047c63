package com.cruddur.ddb.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that starts an in-memory stack, prints its pid, and ends. */
public final class StarterMain {
  private StarterMain() {}

  public static void main(String[] arguments) {
    StackSettings settings =
        new StackSettings(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            true,
            Path.of(arguments[2]),
            Path.of(arguments[3]));
    System.out.print(new LocalStack(settings, StackFixture.CLASS_PATH).start().status().pid());
  }

  /** What such a process printed. Reads to the end, so a stack that kept the pipe would hang it. */
  static String run(StackSettings settings) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                StackFixture.CLASS_PATH,
                StarterMain.class.getName(),
                Integer.toString(settings.port()),
                Integer.toString(settings.cachePort()),
                settings.dataDirectory().toString(),
                settings.stateDirectory().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(10, TimeUnit.SECONDS);
    return output;
  }
}
