package com.cruddur.ddb.local;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The embedded stack of one state directory and port: a background process with a DynamoDB engine
 * and the cache server. Any number of these objects, in any number of processes, speak of the same
 * stack; starting and stopping wait for each other. Every failure is a {@link LocalStackException}.
 */
public final class LocalStack {
  static final String STATE_CURE = "Choose another place for it with XDG_STATE_HOME.";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long STOP_SECONDS = 10;
  private static final long ARCHIVE_SECONDS = 120;
  private static final int CONNECT_MILLIS = 200;
  private static final long POLL_MILLIS = 20;

  private final StackSettings settings;
  private final List<String> classPath;
  private final StackArchive archive;
  private final StackFiles files;
  private final StackLock lock;

  /**
   * @param classPath of the background process: the app's jar and the stack's own jars
   */
  public LocalStack(StackSettings settings, String classPath) {
    this(settings, entries(classPath), StackArchive.NONE);
  }

  /** The same, entry by entry, with a start-up archive. */
  public LocalStack(StackSettings settings, List<String> classPath, StackArchive archive) {
    this.settings = settings;
    this.classPath = List.copyOf(classPath);
    this.archive = archive;
    this.files = new StackFiles(settings);
    this.lock = new StackLock(files);
  }

  /**
   * The background process' class path where ddb.zip was unpacked.
   *
   * @param home null for class folders, which have all jars anyway
   */
  public static List<String> classPath(Path home) {
    List<String> own = entries(System.getProperty("java.class.path"));
    if (home == null) {
      return own;
    }
    Path lib = home.resolve("lib");
    // In a checkout, what was compiled since the build stands before its jar.
    Stream<String> edited = own.stream().filter(entry -> Files.isDirectory(Path.of(entry)));
    return Stream.concat(
            edited, Stream.of("ddb.jar", "local/*", "ion/*").map(lib::resolve).map(Path::toString))
        .toList();
  }

  private static List<String> entries(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator)).filter(e -> !e.isEmpty()).toList();
  }

  /**
   * The outcome of {@link #start}.
   *
   * @param alreadyRunning {@code status} is what was found, maybe with other settings than asked
   *     for
   */
  public record Started(StackStatus status, boolean alreadyRunning) {}

  /** Returns when both servers answer requests, after at most a minute. Safe to call again. */
  public Started start() {
    return lock.holding(
        () -> {
          Optional<StackStatus> running =
              livingState().flatMap(StackState::process).flatMap(this::awaitReady);
          if (running.isPresent()) {
            return new Started(running.get(), true);
          }
          refuseTakenPorts();
          ProcessHandle process = launch().toHandle();
          return new Started(
              awaitReady(process).orElseThrow(() -> StackProcess.causeOfEnd(files.log())), false);
        });
  }

  /** The running stack. Forgets one that died. */
  public Optional<StackStatus> status() {
    Optional<StackState> noted = StackState.read(files.state());
    if (noted.isEmpty() || noted.get().process().isPresent()) {
      return noted.map(StackState::status);
    }
    return lock.holding(this::livingState).map(StackState::status);
  }

  /**
   * Whether there is none, not even one that died: the last one was ended by {@link #stop}. Waits
   * while one is being stopped or started.
   */
  public boolean isStopped() {
    return lock.holding(() -> !Files.exists(files.state()));
  }

  /**
   * Ends the stack: asks it to (SIGTERM), after 10 s without asking (SIGKILL).
   *
   * @return false if none ran
   */
  public boolean stop() {
    if (!Files.exists(files.state()) && !Files.exists(files.lock())) {
      return false;
    }
    return lock.holding(() -> end().isPresent());
  }

  /**
   * Stops the stack and deletes its tables; nothing but the engine's files is deleted there.
   *
   * @param shown what {@link #data} told the user; where it is another by now, nothing is done
   */
  public void reset(Optional<Path> shown) {
    lock.holding(
        () -> {
          if (!data().equals(shown)) {
            throw LocalStackException.otherData();
          }
          end();
          shown.ifPresent(DataFiles::delete);
          return null;
        });
  }

  /** What to say of tables that DynamoDB Local left where this stack is about to keep its own. */
  public Optional<String> leftByDynamoDbLocal() {
    return settings.data().flatMap(DataFiles::leftByDynamoDbLocal);
  }

  /** The process that listens on a port, as {@code " (pid 4711, java)"}; nothing if unknown. */
  public static String listener(int port) {
    return PortOwner.of(port);
  }

  /** The number of another user, if it is that user's process that listens on a port. */
  public static OptionalInt otherUser(int port) {
    return PortOwner.otherUser(port);
  }

  /** Whose tables {@link #reset} would delete; none of a stack in memory. */
  public Optional<Path> data() {
    return StackState.ofLiving(files.state()).map(StackState::data).orElseGet(settings::data);
  }

  /** The files of the tables in such a directory. */
  public static List<Path> tableFiles(Optional<Path> data) {
    return data.map(DataFiles::of).orElse(List.of());
  }

  /**
   * Whether something on this machine listens on a port, asked within 200 ms. Where nothing does,
   * the system refuses at once; a connection that takes longer is to somebody who is busy.
   */
  public static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
      return true;
    } catch (SocketTimeoutException busy) {
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** What the state file describes, if it lives; else removes what it left. */
  private Optional<StackState> livingState() {
    Optional<StackState> living = StackState.ofLiving(files.state());
    if (living.isEmpty()) {
      files.remove();
    }
    return living;
  }

  private void refuseTakenPorts() {
    if (answers(settings.port())) {
      throw LocalStackException.portTaken(settings.port(), "--port", "DDB_LOCAL_PORT");
    }
    if (answers(settings.cachePort())) {
      throw LocalStackException.portTaken(
          settings.cachePort(), "--cache-port", "DDB_LOCAL_CACHE_PORT");
    }
  }

  private Process launch() {
    if (!settings.inMemory()) {
      try {
        DataFiles.requireOwn(settings.dataDirectory());
      } catch (IOException | UnsupportedOperationException failure) {
        throw DataFiles.unusable(settings.dataDirectory(), failure);
      }
    }
    try {
      files.prepare();
      return StackProcess.start(settings, classPath, archive);
    } catch (IOException | UnsupportedOperationException failure) {
      files.remove();
      throw LocalStackException.unusable(files.directory(), STATE_CURE, failure);
    }
  }

  /** Returns nothing if the process ends first. */
  private Optional<StackStatus> awaitReady(ProcessHandle process) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (!lives(process)) {
        files.removeAllButLogOf(process);
        return Optional.empty();
      }
      Optional<StackState> ready =
          StackState.read(files.state())
              .filter(state -> state.ready() && state.pid() == process.pid())
              .filter(state -> answers(state.cachePort()));
      if (ready.isPresent() && answersRequests(process, ready.get())) {
        return ready.map(StackState::status);
      }
      pause();
    }
    end(process);
    throw new LocalStackException(
        "The local stack did not answer within " + START_LIMIT.toSeconds() + " seconds.",
        "Try again when the machine is less busy, or see " + files.log() + ".");
  }

  private boolean answersRequests(ProcessHandle process, StackState state) {
    int answer = ListTablesRequest.status(state.port());
    if (answer == HttpURLConnection.HTTP_INTERNAL_ERROR) {
      end(process);
      throw new LocalStackException(
          "The DynamoDB engine does not serve the tables in " + state.dataDirectory() + ".",
          "Delete them with 'ddb local reset', or use --data-dir or --in-memory; see "
              + files.log()
              + ".");
    }
    return answer == HttpURLConnection.HTTP_OK;
  }

  /** Ends the stack and removes its files; returns what ran. */
  private Optional<StackState> end() {
    Optional<StackState> running = livingState();
    running.flatMap(StackState::process).ifPresent(this::end);
    running.ifPresent(ended -> files.remove());
    return running;
  }

  private void end(ProcessHandle process) {
    process.destroy();
    if (!endsInTime(process)) {
      process.destroyForcibly();
      endsInTime(process);
    }
    files.removeAllButLogOf(process);
  }

  private boolean endsInTime(ProcessHandle process) {
    long seconds = archive.isMade() ? ARCHIVE_SECONDS : STOP_SECONDS;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (lives(process) && System.nanoTime() < deadline) {
      pause();
    }
    return !lives(process);
  }

  private static boolean lives(ProcessHandle process) {
    return process.isAlive() && !StackState.isZombie(process.pid());
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted.", "Run it again.", interrupted);
    }
  }
}
