package com.cruddur.ddb.local;

import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.file.ForeignFileException;
import com.cruddur.ddb.file.OwnFile;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What is noted of the background process: first by who starts it, at once, so that it can be found
 * and stopped from then on, and again by itself when both servers are open ({@code ready}).
 */
record StackState(
    long pid,
    Instant startedAt,
    int port,
    int cachePort,
    boolean inMemory,
    Path dataDirectory,
    Faults faults,
    boolean ready) {

  /** More than rounding, less than it takes to reuse a process number. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  static StackState of(ProcessHandle process, StackSettings settings, boolean ready) {
    return new StackState(
        process.pid(),
        process.info().startInstant().orElse(Instant.EPOCH),
        settings.port(),
        settings.cachePort(),
        settings.inMemory(),
        settings.dataDirectory(),
        settings.faults(),
        ready);
  }

  /**
   * Reads a state file; one that is missing, damaged, or a symbolic link counts as none.
   *
   * @throws LocalStackException when somebody else has made it
   */
  static Optional<StackState> read(Path file) {
    Properties values = new Properties();
    try (Reader reader = Channels.newReader(OwnFile.read(file), StandardCharsets.UTF_8)) {
      values.load(reader);
      return Optional.of(
          new StackState(
              Long.parseLong(values.getProperty("pid")),
              Instant.parse(values.getProperty("started_at")),
              Integer.parseInt(values.getProperty("port")),
              Integer.parseInt(values.getProperty("cache_port")),
              Boolean.parseBoolean(values.getProperty("in_memory")),
              Path.of(values.getProperty("data_directory")),
              Faults.of(values.getProperty("faults", Faults.NONE.toString())),
              Boolean.parseBoolean(values.getProperty("ready"))));
    } catch (ForeignFileException e) {
      if (Files.isSymbolicLink(file)) {
        return Optional.empty();
      }
      throw new LocalStackException(e.getMessage() + ".", LocalStack.STATE_CURE, e);
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /** What a file describes, if that process lives. */
  static Optional<StackState> ofLiving(Path file) {
    return read(file).filter(state -> state.process().isPresent());
  }

  /** Writes a file beside the old one and puts it in its place, so that a reader sees either. */
  void write(StackFiles files) throws IOException {
    Properties values = new Properties();
    values.setProperty("pid", Long.toString(pid));
    values.setProperty("started_at", startedAt.toString());
    values.setProperty("port", Integer.toString(port));
    values.setProperty("cache_port", Integer.toString(cachePort));
    values.setProperty("in_memory", Boolean.toString(inMemory));
    values.setProperty("data_directory", dataDirectory.toString());
    values.setProperty("faults", faults.toString());
    values.setProperty("ready", Boolean.toString(ready));
    Path next = files.nextState();
    Files.deleteIfExists(next);
    Files.createFile(next, OwnFile.OWNER_ONLY);
    try {
      try (Writer writer = Files.newBufferedWriter(next)) {
        values.store(writer, "The embedded stack on this port.");
      }
      Files.move(next, files.state(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      Files.deleteIfExists(next);
      throw failure;
    }
  }

  /** The process described, if it still lives and no other process has been given its number. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !isZombie(pid))
        .filter(process -> isTheNoted(process.info()));
  }

  /** Where its tables are kept; nowhere if in memory. */
  Optional<Path> data() {
    return inMemory ? Optional.empty() : Optional.of(dataDirectory);
  }

  /** Whether it is this process that is described. */
  boolean isThisProcess() {
    return pid == ProcessHandle.current().pid();
  }

  StackStatus status() {
    return new StackStatus(ready, pid, port, cachePort, inMemory, dataDirectory, startedAt, faults);
  }

  /**
   * Identified by its start time; or, since that seems to move when the clock is set (Linux counts
   * from the boot time), by its command line.
   */
  private boolean isTheNoted(ProcessHandle.Info info) {
    boolean startedThen =
        info.startInstant()
            .map(start -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) < 0)
            .orElse(false);
    return startedThen
        || info.commandLine().filter(line -> line.contains(StackProcess.mark(port))).isPresent();
  }

  /** In a container whose first process reaps nobody, a dead process stays listed (Linux only). */
  static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException | RuntimeException unknown) {
      return false;
    }
  }
}
