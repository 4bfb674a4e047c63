package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CliEnvironment.Terminal;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The other side of ddb-shim.sh: a process that runs in the folder of {@link ExampleShell}, so that
 * relative paths mean what they mean in the script.
 */
final class ShellServer {
  private final Map<Path, Thread> running = new ConcurrentHashMap<>();

  /**
   * Serves the calls written to the named pipe {@code calls} in a folder, until its parent ends.
   */
  public static void main(String[] args) throws IOException {
    ShellServer server = new ShellServer();
    Thread parent = new Thread(ShellServer::endWithTheParent);
    parent.setDaemon(true);
    parent.start();
    // Open for writing too: the end of one script is not the end of the pipe.
    try (RandomAccessFile pipe = new RandomAccessFile(args[0] + "/calls", "rw");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(new FileInputStream(pipe.getFD()), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        server.serve(
            line.substring(0, line.indexOf(' ')), Path.of(line.substring(line.indexOf(' ') + 1)));
      }
    }
  }

  /**
   * Its standard input is a pipe that nobody writes to, and that closes with the test's process.
   */
  private static void endWithTheParent() {
    try {
      System.in.read();
    } catch (IOException e) {
      // Closed all the same.
    }
    Runtime.getRuntime().halt(1);
  }

  private void serve(String verb, Path call) {
    if (verb.equals("run")) {
      Thread thread = new Thread(() -> run(call));
      running.put(call, thread);
      thread.start();
    } else if (running.containsKey(call)) {
      running.get(call).interrupt();
    }
  }

  private void run(Path call) {
    try (OutputStream out = Files.newOutputStream(call.resolve("out"));
        OutputStream err = Files.newOutputStream(call.resolve("err"));
        InputStream in = new Late(call.resolve("in"))) {
      Map<String, String> environment = new HashMap<>();
      for (String variable : strings(call.resolve("environment"))) {
        int equals = variable.indexOf('=');
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
      int code = run(call, in, out, err, environment);
      Files.writeString(call.resolve("code"), code + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      running.remove(call);
    }
  }

  /**
   * What goes to a terminal is written there, not through pipes: its two streams keep their order.
   */
  private static int run(
      Path call,
      InputStream in,
      OutputStream out,
      OutputStream err,
      Map<String, String> environment)
      throws IOException {
    Path noted = call.resolve("terminal");
    List<String> told = Files.exists(noted) ? Files.readAllLines(noted) : List.of("", "/dev/null");
    Terminal terminal = Terminal.parse(told.get(0));
    try (OutputStream screen = Files.newOutputStream(Path.of(told.get(1)))) {
      CliEnvironment place =
          new CliEnvironment(
              in,
              terminal.out() ? screen : out,
              terminal.err() ? screen : err,
              environment,
              null,
              terminal,
              Clock.systemUTC());
      return Cli.run(place, strings(call.resolve("arguments")).toArray(String[]::new));
    }
  }

  private static List<String> strings(Path file) throws IOException {
    String text = Files.readString(file);
    return text.isEmpty()
        ? List.of()
        : Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1));
  }

  /** Opened when it is first read: the shim passes nothing on before. */
  private static final class Late extends FilterInputStream {
    private final Path file;

    Late(Path file) {
      super(null);
      this.file = file;
    }

    private void open() throws IOException {
      if (in == null) {
        in = Files.newInputStream(file);
      }
    }

    @Override
    public int read() throws IOException {
      open();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      open();
      return super.read(bytes, offset, length);
    }

    @Override
    public int available() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
