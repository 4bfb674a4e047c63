package com.cruddur.ddb.local;

import com.cruddur.ddb.engine.Faults;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the embedded stack.
 *
 * @param port DynamoDB's port on 127.0.0.1 and ::1, 1 to 65535
 * @param cachePort the cache server's port on 127.0.0.1, 1 to 65535, another one than {@code port}
 * @param inMemory tables vanish with the stack and {@code dataDirectory} is not touched
 * @param dataDirectory where tables are kept; one running stack at a time may use it
 * @param stateDirectory where running stacks are noted, one file for each port, and logs are kept
 * @param faults how DynamoDB behaves as AWS's does
 */
public record StackSettings(
    int port,
    int cachePort,
    boolean inMemory,
    Path dataDirectory,
    Path stateDirectory,
    Faults faults) {

  private static final int DEFAULT_PORT = 8000;
  private static final int DEFAULT_CACHE_PORT = 8080;

  /**
   * Refuses ports that cannot be listened on with an {@link IllegalArgumentException} of a line.
   */
  public StackSettings {
    checkPort("The port", port);
    checkPort("The cache port", cachePort);
    if (port == cachePort) {
      throw new IllegalArgumentException(
          "The port and the cache port must differ, both are " + port + ".");
    }
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    stateDirectory = stateDirectory.toAbsolutePath().normalize();
  }

  /**
   * The settings that an environment asks for: {@code DDB_LOCAL_PORT} (8000), {@code
   * DDB_LOCAL_CACHE_PORT} (8080), and the directory {@code ddb} below {@code XDG_DATA_HOME} (else
   * {@code $HOME/.local/share}) and {@code XDG_STATE_HOME} (else {@code $HOME/.local/state}).
   *
   * @throws IllegalArgumentException for a port that is not a number from 1 to 65535; its message
   *     is one line for the user
   */
  public static StackSettings of(Map<String, String> environment) {
    return new StackSettings(
        port(environment, "DDB_LOCAL_PORT", DEFAULT_PORT),
        port(environment, "DDB_LOCAL_CACHE_PORT", DEFAULT_CACHE_PORT),
        false,
        directory(environment, "XDG_DATA_HOME", "share"),
        directory(environment, "XDG_STATE_HOME", "state"));
  }

  /** Without faults. */
  public StackSettings(
      int port, int cachePort, boolean inMemory, Path dataDirectory, Path stateDirectory) {
    this(port, cachePort, inMemory, dataDirectory, stateDirectory, Faults.NONE);
  }

  /** With a DynamoDB that behaves so; 0 for what it does not do. Milliseconds, units a second. */
  public StackSettings withFaults(int indexLag, int readUnits, int writeUnits, int latency) {
    return new StackSettings(
        port,
        cachePort,
        inMemory,
        dataDirectory,
        stateDirectory,
        new Faults(indexLag, readUnits, writeUnits, latency));
  }

  /** Where tables are kept; nowhere if in memory. */
  Optional<Path> data() {
    return inMemory ? Optional.empty() : Optional.of(dataDirectory);
  }

  public StackSettings withPort(int other) {
    return new StackSettings(other, cachePort, inMemory, dataDirectory, stateDirectory, faults);
  }

  public StackSettings withCachePort(int other) {
    return new StackSettings(port, other, inMemory, dataDirectory, stateDirectory, faults);
  }

  public StackSettings withInMemory(boolean other) {
    return new StackSettings(port, cachePort, other, dataDirectory, stateDirectory, faults);
  }

  public StackSettings withDataDirectory(Path other) {
    return new StackSettings(port, cachePort, inMemory, other, stateDirectory, faults);
  }

  private static int port(Map<String, String> environment, String name, int absent) {
    String value = environment.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      return absent;
    }
    try {
      int port = Integer.parseInt(value);
      checkPort(name, port);
      return port;
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          name + " must be a number from 1 to 65535, not '" + value + "'.", notANumber);
    }
  }

  private static void checkPort(String name, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          name + " must be a number from 1 to 65535, not " + port + ".");
    }
  }

  /** Relative paths in XDG variables are ignored, as the XDG base directory specification asks. */
  private static Path directory(Map<String, String> environment, String name, String fallback) {
    String value = environment.getOrDefault(name, "");
    if (value.startsWith("/")) {
      return Path.of(value, "ddb");
    }
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home)
        .resolve(Path.of(".local", fallback, "ddb"));
  }
}
