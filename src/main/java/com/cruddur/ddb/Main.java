package com.cruddur.ddb;

import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.Invocation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** The process entry point: the only place that touches the process and ends it. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // Before anything else: nothing takes longer.
    CompletableFuture<Void> warmUp = Cli.warmUp(args);
    String home = System.getProperty("ddb.home");
    Invocation invocation =
        new Invocation(
            System.in,
            // Not System.out: a print stream hides that the reader went away.
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            System.getenv(),
            home == null ? null : Path.of(home),
            Invocation.Terminal.parse(System.getProperty("ddb.terminal", "")),
            Clock.systemUTC());
    System.exit(Cli.run(invocation, warmUp, args));
  }
}
