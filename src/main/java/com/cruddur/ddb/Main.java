package com.cruddur.ddb;

import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CliEnvironment.Terminal;
import com.cruddur.ddb.cli.context.Interruptible;
import com.cruddur.ddb.cli.startup.PrecomputedHelp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The process entry point: the only place that touches the process and ends it. */
public final class Main {
  private static final String NO_FILE = "/dev/null";

  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = Terminal.parse(System.getProperty("ddb.terminal", ""));
    byte[] ready = PrecomputedHelp.to(terminal.columns(), args);
    if (ready != null && isWritten(ready)) {
      return;
    }
    // The SDK reads the user's files of AWS for every client, also where they are none of its
    // business; ddb reads them itself where they are (AwsAccess).
    System.setProperty("aws.configFile", NO_FILE);
    System.setProperty("aws.sharedCredentialsFile", NO_FILE);
    // What signs asks for nothing else; else the JDK first loads three providers without HMAC.
    Security.setProperty("jdk.security.provider.preferred", "HmacSHA256:SunJCE");
    Ending ending = new Ending().handling("INT", "TERM", "HUP");
    String home = System.getProperty("ddb.home");
    CliEnvironment cliEnvironment =
        new CliEnvironment(
            System.in,
            // Not System.out: a print stream hides that the reader went away.
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            System.getenv(),
            home == null ? null : Path.of(home),
            terminal,
            Clock.systemUTC(),
            ending.command);
    int code = Cli.run(cliEnvironment, args);
    ending.command.finished();
    System.exit(ending.code == 0 ? code : ending.code);
  }

  /** False where the reader went away or the disk is full: Cli does the same again, and tells. */
  private static boolean isWritten(byte[] text) {
    try {
      new FileOutputStream(FileDescriptor.out).write(text);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What ends the process from outside. The JVM's own way would run the exit hooks beside a command
   * that still works, and whose failures would then be told.
   */
  @SuppressWarnings("SunApi")
  private static final class Ending implements SignalHandler {
    private static final int OF_SIGNALS = 128;

    private final Interruptible command = new Interruptible();
    private volatile int code;

    /** Signals that are ignored, as under nohup, stay so. */
    Ending handling(String... names) {
      for (String name : names) {
        try {
          Signal.handle(new Signal(name), this);
        } catch (IllegalArgumentException e) {
          // Not on this system, or the JVM was told to leave signals alone.
        }
      }
      return this;
    }

    @Override
    public void handle(Signal signal) {
      code = OF_SIGNALS + signal.getNumber();
      command.end();
      // Libraries' threads may trip over what the exit closes.
      System.setErr(new PrintStream(OutputStream.nullOutputStream()));
      System.exit(code);
    }
  }
}
