package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CompletionCache;
import com.cruddur.ddb.cli.context.DetachableOutput;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.output.Notices;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/**
 * Runs each command in a thread of its own, so that Ctrl-C ends the command and not the shell. One
 * that does not end, since it waits for a network, is left alone: it gets no more of the terminal,
 * and the next command gets new clients.
 */
final class ShellRuns implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2000;
  private static final int POLL_MILLIS = 50;
  private static final int SIGNAL_MILLIS = 500;

  private final LineRunner.Source lines;
  private final CliEnvironment place;
  private final Terminal terminal;
  private final Map<String, String> defaults;
  private final CompletionCache seen;
  private Run run;
  private Thread thread;
  private boolean interrupted;

  ShellRuns(
      LineRunner.Source lines,
      CliEnvironment place,
      Terminal terminal,
      Map<String, String> defaults,
      CompletionCache seen) {
    this.lines = lines;
    this.place = place;
    this.terminal = terminal;
    this.defaults = defaults;
    this.seen = seen;
  }

  /** A shell and the streams that it is given until it is left alone. */
  private final class Run {
    private volatile boolean shut;
    private final DetachableOutput out = new DetachableOutput(place.out(), () -> shut);
    private final DetachableOutput err = new DetachableOutput(place.err(), () -> shut);
    private final CliEnvironment.Terminal size =
        new CliEnvironment.Terminal(
            true, place.terminal().out(), true, terminal.getWidth(), terminal.getHeight());
    private final Shell shell =
        new Shell(
            lines,
            new CliEnvironment(
                new PollingTerminalInput(place.in()),
                out,
                err,
                place.environment(),
                place.home(),
                size,
                place.clock()),
            defaults,
            seen);
    private int code = ExitCode.INTERRUPTED;

    boolean fits() {
      return size.columns() == terminal.getWidth() && size.rows() == terminal.getHeight();
    }
  }

  /** Runs a command to its end, or to Ctrl-C; returns its exit code. */
  int run(List<String> words, Notices notices) {
    Run current = current();
    Thread worker =
        new Thread(
            () -> {
              current.code = current.shell.run(words);
              if (current.shut) {
                current.shell.close();
              }
            },
            "command");
    worker.setDaemon(true);
    synchronized (this) {
      thread = worker;
      interrupted = false;
    }
    Attributes before = PollingTerminalInput.open(terminal);
    worker.start();
    boolean ended = place.interruptible().call(this::interrupt, () -> await(worker));
    terminal.setAttributes(before);
    synchronized (this) {
      thread = null;
    }
    if (ended) {
      return interrupted ? ExitCode.INTERRUPTED : current.code;
    }
    current.shut = true;
    run = null;
    notices.warn("the command was abandoned; its last request may still take effect");
    return ExitCode.INTERRUPTED;
  }

  /** Another size of the terminal takes another shell. */
  private Run current() {
    if (run != null && !run.fits()) {
      run.shell.close();
      run = null;
    }
    if (run == null) {
      run = new Run();
    }
    return run;
  }

  /** Waits for the end of the command, after Ctrl-C not for long; returns whether it ended. */
  private synchronized boolean await(Thread worker) {
    long waited = 0;
    try {
      while (worker.isAlive() && waited < PATIENCE_MILLIS) {
        wait(POLL_MILLIS);
        waited += interrupted ? POLL_MILLIS : 0;
      }
      if (!worker.isAlive() && run.code == ExitCode.INTERRUPTED && !interrupted) {
        // The pager has had its Ctrl-C already: the one for this process belongs to this command.
        awaitSignal();
      }
      return !worker.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for that Ctrl-C, if there is one: it comes a moment later. */
  private synchronized void awaitSignal() throws InterruptedException {
    long begin = System.nanoTime();
    for (long left = SIGNAL_MILLIS; left > 0 && !interrupted; ) {
      wait(left);
      left = SIGNAL_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
  }

  /** Ctrl-C. */
  synchronized void interrupt() {
    if (thread != null) {
      run.shell.interruptible().stop(thread);
      interrupted = true;
      notifyAll();
    }
  }

  @Override
  public void close() {
    if (run != null) {
      run.shell.close();
    }
  }
}
