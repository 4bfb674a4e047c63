package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackFailureTest {
  @TempDir Path directory;

  @Test
  void aTakenPortIsNamedWithItsHolderAndTheOption() throws Exception {
    try (StackFixture fixture = new StackFixture(directory);
        ServerSocket other = listen(fixture.settings.port())) {
      assertThat(failureOf(fixture.stack))
          .hasMessageStartingWith("Port " + other.getLocalPort() + " is taken by another program")
          .hasMessageEndingWith(
              Files.exists(Path.of("/proc/net/tcp"))
                  ? " (pid " + ProcessHandle.current().pid() + ", java)."
                  : ".")
          .extracting(LocalStackException::hint)
          .asString()
          .contains("--port", "DDB_LOCAL_PORT");
    }
  }

  @Test
  void aTakenCachePortIsNamed() throws Exception {
    try (StackFixture fixture = new StackFixture(directory);
        ServerSocket other = listen(fixture.settings.cachePort())) {
      assertThat(failureOf(fixture.stack))
          .hasMessageStartingWith("Port " + other.getLocalPort() + " is taken")
          .extracting(LocalStackException::hint)
          .asString()
          .contains("--cache-port", "DDB_LOCAL_CACHE_PORT");
    }
  }

  /** Linux lets connections wait that the listener has no place for, as a busy machine does. */
  @Test
  void aListenerThatIsTooBusyToAcceptIsThere() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = busy.getLocalPort();
      while (waiting.size() < 100 && connects(port, waiting)) {}

      assertThat(LocalStack.answers(port)).isTrue();
      busy.close();
      assertThat(LocalStack.answers(port)).isFalse();
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static boolean connects(int port, List<Socket> waiting) throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  @Test
  void aPortTakenBetweenLookAndBindIsReportedByTheBackgroundProcess() throws Exception {
    try (StackFixture fixture = new StackFixture(directory);
        ServerSocket other = listen(fixture.settings.cachePort())) {
      StackFiles files = new StackFiles(fixture.settings);
      files.createDirectory();
      files.prepare();
      Process process =
          StackProcess.start(fixture.settings, LocalStack.classPath(null), StackArchive.NONE);
      process.waitFor();
      assertThat(StackProcess.causeOfEnd(files.log()))
          .hasMessageStartingWith("Port " + other.getLocalPort() + " is taken");
      assertThat(files.state()).doesNotExist();
    }
  }

  @Test
  void aDataDirectoryThatCannotBeIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (Path impossible : new Path[] {file, file.resolve("below"), Path.of("/proc/ddb-data")}) {
      try (StackFixture fixture = new StackFixture(directory)) {
        StackSettings settings = fixture.settings.withInMemory(false).withDataDirectory(impossible);
        assertThat(failureOf(new LocalStack(settings, StackFixture.CLASS_PATH)))
            .hasMessageStartingWith("Cannot write to " + impossible + ": ")
            .hasMessageNotContaining("null")
            .hasMessageNotContaining("Exception")
            .extracting(LocalStackException::hint)
            .asString()
            .contains("--data-dir", "XDG_DATA_HOME", "--in-memory");
      }
    }
  }

  @Test
  void aStateDirectoryThatCannotBeIsNamed() throws Exception {
    StackFixture fixture = new StackFixture(directory);
    StackSettings given = fixture.settings;
    Path impossible = Files.writeString(directory.resolve("file"), "").resolve("below");
    StackSettings settings =
        new StackSettings(given.port(), given.cachePort(), true, given.dataDirectory(), impossible);
    assertThat(failureOf(new LocalStack(settings, StackFixture.CLASS_PATH)))
        .hasMessageStartingWith("Cannot write to " + impossible)
        .extracting(LocalStackException::hint)
        .asString()
        .contains("XDG_STATE_HOME");
  }

  @Test
  void aDataDirectoryInUseByAnotherStackIsRefused() throws Exception {
    try (StackFixture first = new StackFixture(directory);
        StackFixture second = new StackFixture(directory)) {
      first.persistent().start();
      assertThat(failureOf(second.persistent()))
          .hasMessageContaining("is in use by another stack (port " + first.settings.port() + ")")
          .extracting(LocalStackException::hint)
          .asString()
          .contains("--data-dir", "--in-memory");
      Path lock = DataFiles.lock(directory.resolve("data"));
      for (int i = 0; i < 2; i++) {
        LocalStackException refusal =
            catchThrowableOfType(
                LocalStackException.class,
                () -> second.persistent().reset(second.persistent().data()));
        assertThat(refusal).hasMessageContaining("is in use by another stack");
        // Somebody tidies up.
        Files.deleteIfExists(lock);
      }
      assertThat(DataFiles.of(directory.resolve("data"))).isNotEmpty();
      assertThat(second.stack.start().alreadyRunning()).isFalse();
      assertThat(first.stack.status()).isPresent();
    }
  }

  @Test
  void aDamagedDataFileIsNamed() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      Path database =
          Files.createDirectories(DataFiles.tables(directory.resolve("data"))).resolve("manifest");
      Files.writeString(database, "this is no database ".repeat(500));
      assertThat(failureOf(fixture.persistent()))
          .hasMessageContaining(database.toString())
          .extracting(LocalStackException::hint)
          .asString()
          .contains("local reset");
    }
  }

  @Test
  void missingJarsAreSaidToBeMissing() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      String classes = StackFixture.CLASS_PATH.split(":")[1];
      for (String classPath : new String[] {directory.toString(), classes}) {
        assertThat(failureOf(new LocalStack(fixture.settings, classPath)))
            .hasMessageContaining("jars are incomplete");
      }
    }
  }

  private static LocalStackException failureOf(LocalStack stack) {
    LocalStackException failure = catchThrowableOfType(LocalStackException.class, stack::start);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("\n");
    assertThat(failure.hint()).doesNotContain("\n");
    return failure;
  }

  private static ServerSocket listen(int port) throws Exception {
    return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
  }
}
