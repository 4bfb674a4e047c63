package com.cruddur.ddb.local;

import com.cruddur.ddb.engine.Engine;
import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.engine.storage.StorageException;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Main class of the background process: the DynamoDB engine and the cache server, both on loopback
 * only. {@link LocalStack} starts it; standard output and error are its log. When it cannot start,
 * the log ends with a line {@code error: …} and a line {@code hint: …} and the process ends.
 */
public final class StackMain {
  static final String ERROR = "error: ";
  static final String HINT = "hint: ";

  /** Who starts a stack notes it at once: longer than any machine takes for that. */
  private static final Duration NOTED_LIMIT = Duration.ofSeconds(10);

  private final StackSettings settings;
  private final StackFiles files;
  // Read by the shutdown hook's thread.
  private volatile ExclusiveFile dataLock;
  private volatile CacheServer cache;
  private volatile Engine dynamoDb;
  private volatile boolean isOpen;
  private volatile boolean stops;

  private StackMain(StackSettings settings) {
    this.settings = settings;
    this.files = new StackFiles(settings);
  }

  /** Arguments: port, cache port, in-memory flag, data directory, state directory, faults. */
  public static void main(String[] arguments) {
    StackMain stack =
        new StackMain(
            new StackSettings(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Boolean.parseBoolean(arguments[2]),
                Path.of(arguments[3]),
                Path.of(arguments[4]),
                Faults.of(arguments[5])));
    try {
      stack.open();
      // Until SIGTERM: the servers' own threads keep no process alive.
      Thread.currentThread().join();
    } catch (InterruptedException ended) {
      stack.close();
      stack.removeNotes();
    } catch (LocalStackException failure) {
      stack.close();
      stack.removeNotes();
      failure.printStackTrace();
      System.err.println(ERROR + failure.getMessage());
      System.err.println(HINT + failure.hint());
    }
  }

  private void open() {
    awaitNoted();
    openData();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    CompletableFuture<CacheServer> starting = CompletableFuture.supplyAsync(this::startCache);
    try {
      dynamoDb =
          Engine.start(
              settings.port(),
              settings.inMemory()
                  ? Optional.empty()
                  : Optional.of(DataFiles.tables(settings.dataDirectory())),
              settings.dataDirectory().resolve("s3"),
              InstantSource.system(),
              settings.faults());
      // The first request of a process takes longest: it is over before anybody asks.
      ListTablesRequest.status(settings.port());
    } catch (StorageException failure) {
      closeWhenStarted(starting);
      throw new LocalStackException(failure.getMessage(), DataFiles.cure(failure.cure()), failure);
    } catch (Exception | LinkageError failure) {
      closeWhenStarted(starting);
      throw failed("The DynamoDB engine", settings.port(), "--port", "DDB_LOCAL_PORT", failure);
    }
    try {
      cache = starting.join();
    } catch (CompletionException failure) {
      throw failed(
          "The cache server",
          settings.cachePort(),
          "--cache-port",
          "DDB_LOCAL_CACHE_PORT",
          failure.getCause());
    }
    if (!stops) {
      noteReady();
      isOpen = true;
    }
  }

  private CacheServer startCache() {
    try {
      return CacheServer.start(
          settings.cachePort(),
          settings.inMemory()
              ? CacheNames.FORGOTTEN
              : new CacheNames(DataFiles.caches(settings.dataDirectory())));
    } catch (IOException failure) {
      throw new CompletionException(failure);
    }
  }

  private void openData() {
    if (settings.inMemory()) {
      return;
    }
    Path file = DataFiles.lock(settings.dataDirectory());
    try {
      DataFiles.requireOwn(settings.dataDirectory());
      dataLock =
          ExclusiveFile.tryAcquire(file, "port " + settings.port())
              .orElseThrow(() -> DataFiles.inUse(settings.dataDirectory()));
    } catch (IOException failure) {
      throw DataFiles.unusable(settings.dataDirectory(), failure);
    }
  }

  /**
   * Waits until the one who started this process has noted it. If that one was killed first, nobody
   * knows of this process: it ends, and whoever starts the next one has the port and the files.
   */
  private void awaitNoted() {
    long deadline = System.nanoTime() + NOTED_LIMIT.toNanos();
    while (StackState.read(files.state()).isEmpty() && System.nanoTime() < deadline) {
      LocalStack.pause();
    }
    if (!isNoted()) {
      throw new LocalStackException("The command that started it was ended.", "Run it again.");
    }
  }

  private boolean isNoted() {
    return StackState.read(files.state()).filter(StackState::isThisProcess).isPresent();
  }

  private void noteReady() {
    try {
      StackState.of(ProcessHandle.current(), settings, true).write(files);
    } catch (IOException failure) {
      throw LocalStackException.unusable(settings.stateDirectory(), LocalStack.STATE_CURE, failure);
    }
  }

  private static LocalStackException failed(
      String what, int port, String option, String variable, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || cause instanceof SocketException) {
        return LocalStackException.portTaken(port, option, variable);
      }
    }
    if (failure instanceof LinkageError) {
      return StackProcess.jarsIncomplete(failure.toString(), failure);
    }
    return new LocalStackException(
        what + " did not start: " + failure + ".", "See the stack trace above.", failure);
  }

  /**
   * SIGTERM. While the stack opens, the main thread goes on until the process is gone, and may take
   * a port yet: then the state stays, and whoever starts the next stack waits for that and removes
   * it.
   */
  private void stop() {
    stops = true;
    boolean wasOpen = isOpen;
    close();
    if (wasOpen) {
      removeNotes();
    }
  }

  /** Ends what was opened, however far that came. */
  private void close() {
    quietly(dynamoDb);
    quietly(cache);
    quietly(dataLock);
  }

  private void removeNotes() {
    if (isNoted()) {
      quietly(files::removeAllButLog);
    }
  }

  private static void closeWhenStarted(CompletableFuture<CacheServer> starting) {
    starting
        .handle(
            (server, failure) -> {
              quietly(server);
              return null;
            })
        .join();
  }

  // Standard error is the log of the stack.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void quietly(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception failure) {
      failure.printStackTrace();
    }
  }
}
