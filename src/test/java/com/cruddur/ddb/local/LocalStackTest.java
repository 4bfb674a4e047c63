package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.ChildJvm;
import com.cruddur.ddb.TestStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {
  @TempDir Path directory;

  @Test
  void theSharedTestStackAnswers() {
    assertThat(ListTablesRequest.status(TestStack.port())).isEqualTo(200);
    assertThat(LocalStack.answers(TestStack.cachePort())).isTrue();
  }

  @Test
  void startsOnceIsFoundAndStopsWithoutATrace() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      LocalStack stack = fixture.stack;
      assertThat(stack.status()).isEmpty();
      assertThat(stack.stop()).isFalse();

      LocalStack.Started first = stack.start();
      assertThat(first.alreadyRunning()).isFalse();
      assertThat(first.status().running()).isTrue();
      assertThat(first.status().startedAt()).isBefore(Instant.now().plusSeconds(1));
      assertThat(ListTablesRequest.status(fixture.settings.port())).isEqualTo(200);
      assertThat(LocalStack.answers(fixture.settings.cachePort())).isTrue();
      assertThat(stack.status()).contains(first.status());
      assertThat(modeOf(directory.resolve("state"))).isEqualTo("rwx------");
      assertThat(modeOf(new StackFiles(fixture.settings).state())).isEqualTo("rw-------");
      assertThat(modeOf(new StackFiles(fixture.settings).log())).isEqualTo("rw-------");

      LocalStack.Started second = new LocalStack(fixture.settings, "not looked at").start();
      assertThat(second).isEqualTo(new LocalStack.Started(first.status(), true));

      assertThat(stack.stop()).isTrue();
      assertThat(stack.stop()).isFalse();
      assertThat(stack.status()).isEmpty();
      long pid = first.status().pid();
      assertThat(ProcessHandle.of(pid).isEmpty() || StackState.isZombie(pid)).isTrue();
      assertThat(LocalStack.answers(fixture.settings.port())).isFalse();
      assertThat(StackFixture.filesIn(directory.resolve("state"))).isEmpty();
      assertThat(directory.resolve("data")).doesNotExist();
    }
  }

  @Test
  void startsAtTheSameTimeFromThreadsAndProcessesMakeOneStack() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      ExecutorService threads = Executors.newFixedThreadPool(3);
      Callable<Long> inThread =
          () -> new LocalStack(fixture.settings, StackFixture.CLASS_PATH).start().status().pid();
      Callable<Long> inProcess = () -> Long.parseLong(StarterMain.run(fixture.settings));
      try {
        List<Future<Long>> pids = threads.invokeAll(List.of(inThread, inProcess, inThread));
        long pid = fixture.stack.status().orElseThrow().pid();
        for (Future<Long> each : pids) {
          assertThat(each.get()).isEqualTo(pid);
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void aStackOutlivesItsStarterAndInterrupts() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      long pid = Long.parseLong(StarterMain.run(fixture.settings));
      for (String signal : List.of("-INT", "-HUP", "-QUIT")) {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor())
            .isZero();
      }
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(fixture.stack.status()).get().extracting(StackStatus::pid).isEqualTo(pid);
      assertThat(ListTablesRequest.status(fixture.settings.port())).isEqualTo(200);
    }
  }

  @Test
  void aStackIsFoundAfterTheClockWasSet() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      long pid = fixture.stack.start().status().pid();
      noteState(fixture.settings, pid, Instant.now().minus(Duration.ofHours(1)));
      assertThat(fixture.stack.status()).get().extracting(StackStatus::pid).isEqualTo(pid);
      assertThat(fixture.stack.stop()).isTrue();
      assertThat(LocalStack.answers(fixture.settings.port())).isFalse();
    }
  }

  @Test
  void aStackKilledHardStartsAgainWithItsTables() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      LocalStack stack = fixture.persistent();
      int port = fixture.settings.port();
      StackStatus first = stack.start().status();
      StackFixture.createTable(port, "kept");
      ProcessHandle process = ProcessHandle.of(first.pid()).orElseThrow();
      process.destroyForcibly();
      // JDK 25 tells of it after twenty seconds only.
      while (process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }

      LocalStack.Started second = stack.start();
      assertThat(second.alreadyRunning()).isFalse();
      assertThat(StackFixture.send(port, "ListTables", "{}").body()).contains("\"kept\"");
      assertThat(modeOf(directory.resolve("data"))).isEqualTo("rwx------");
      assertThat(modeOf(DataFiles.of(directory.resolve("data")).get(0))).isEqualTo("rw-------");

      Files.writeString(directory.resolve("data/notes.txt"), "not the stack's");
      stack.reset(stack.data());
      assertThat(stack.status()).isEmpty();
      assertThat(StackFixture.filesIn(directory.resolve("data"))).containsExactly("notes.txt");
      assertThat(stack.start().status().inMemory()).isFalse();
      assertThat(StackFixture.send(port, "ListTables", "{}").body()).doesNotContain("kept");
    }
  }

  @Test
  void aResetDeletesNothingButWhatWasShown() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      LocalStack byDefault = fixture.persistent();
      byDefault.start();
      byDefault.stop();
      Path other = directory.resolve("other");
      ChildJvm.stack(fixture.settings.withInMemory(false).withDataDirectory(other)).start();
      Optional<Path> shown = byDefault.data();
      assertThat(shown).contains(other);
      assertThat(byDefault.stop()).isTrue();

      assertThatThrownBy(() -> byDefault.reset(shown)).hasMessageContaining("meanwhile");
      assertThat(DataFiles.of(directory.resolve("data"))).isNotEmpty();
      assertThat(DataFiles.of(other)).isNotEmpty();
      byDefault.reset(byDefault.data());
      assertThat(directory.resolve("data")).doesNotExist();
    }
  }

  @Test
  void aStackThatIsAboutToEndIsReplaced() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      long first = fixture.stack.start().status().pid();
      assertThat(ProcessHandle.of(first).orElseThrow().destroy()).isTrue();
      while (LocalStack.answers(fixture.settings.port())) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      LocalStack.Started second = fixture.stack.start();
      assertThat(second.status().pid()).isNotEqualTo(first);
      assertThat(ListTablesRequest.status(fixture.settings.port())).isEqualTo(200);
    }
  }

  @Test
  void aStackThatEndsRemovesItsStateLast() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      long first = fixture.stack.start().status().pid();
      StackFiles files = new StackFiles(fixture.settings);
      for (int i = 0; i < 2_000; i++) {
        Files.createFile(files.temporary().resolve("unpacked-" + i));
      }
      assertThat(ProcessHandle.of(first).orElseThrow().destroy()).isTrue();
      while (Files.exists(files.state())) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(files.temporary()).doesNotExist();
      assertThat(fixture.stack.start().alreadyRunning()).isFalse();
    }
  }

  @Test
  void aStackWhoseStarterWasKilledIsFoundByTheNextStart() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      Process launched = launch(fixture.settings);
      LocalStack.Started found = fixture.stack.start();
      assertThat(found.alreadyRunning()).isTrue();
      assertThat(found.status().pid()).isEqualTo(launched.pid());
      assertThat(fixture.stack.stop()).isTrue();
    }
  }

  @Test
  void aStackThatIsNotTheNotedOneEndsAndLeavesWhatIsNoted() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      ProcessHandle self = ProcessHandle.current();
      StackFiles files = prepared(fixture.settings);
      noteState(fixture.settings, self.pid(), self.info().startInstant().orElseThrow());
      Process launched =
          StackProcess.unnoted(fixture.settings, LocalStack.classPath(null), StackArchive.NONE);
      launched.waitFor();
      files.removeAllButLogOf(launched.toHandle());
      assertThat(StackState.read(files.state())).get().matches(StackState::isThisProcess);
      assertThat(files.temporary()).exists();
      files.removeAllButLog();
    }
  }

  @Test
  void aStackThatIsEndedWhileItOpensStaysNotedUntilItIsGone() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      // The first request, which is a part of opening, takes ten seconds.
      Process launched = launch(fixture.settings.withFaults(0, 0, 0, 10_000));
      StackFiles files = new StackFiles(fixture.settings);
      while (!LocalStack.answers(fixture.settings.port())) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      launched.destroy();
      launched.waitFor();
      assertThat(files.state()).exists();
      assertThat(fixture.stack.start().alreadyRunning()).isFalse();
    }
  }

  @Test
  void aStateThatWasHalfWrittenGoesWithTheNextOne() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      StackFiles files = new StackFiles(fixture.settings);
      files.createDirectory();
      Files.writeString(files.nextState(), "pid=4");
      fixture.stack.start();
      Files.writeString(files.nextState(), "pid=4");
      assertThat(fixture.stack.stop()).isTrue();
      assertThat(StackFixture.filesIn(directory.resolve("state"))).isEmpty();
    }
  }

  @Test
  void aStateFileOfADeadProcessIsRemoved() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      Process dead = new ProcessBuilder("true").start();
      dead.waitFor();
      noteState(fixture.settings, dead.pid(), Instant.now());
      assertThat(fixture.stack.status()).isEmpty();
      assertThat(StackFixture.filesIn(directory.resolve("state"))).isEmpty();
    }
  }

  @Test
  void aProcessThatWasGivenTheNumberOfADeadStackIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try (StackFixture fixture = new StackFixture(directory)) {
      noteState(fixture.settings, other.pid(), Instant.now().minus(Duration.ofHours(1)));
      assertThat(fixture.stack.stop()).isFalse();
      assertThat(other.isAlive()).isTrue();
      assertThat(fixture.stack.status()).isEmpty();
    } finally {
      other.destroy();
    }
  }

  @Test
  void aStateFileBehindASymbolicLinkIsNotRead() throws Exception {
    try (StackFixture fixture = new StackFixture(directory)) {
      ProcessHandle self = ProcessHandle.current();
      noteState(fixture.settings, self.pid(), self.info().startInstant().orElseThrow());
      Path state = new StackFiles(fixture.settings).state();
      assertThat(StackState.read(state)).isPresent();
      Path elsewhere = Files.move(state, directory.resolve("elsewhere"));
      Files.createSymbolicLink(state, elsewhere);
      assertThat(fixture.stack.stop()).isFalse();
      assertThat(elsewhere).exists();
    }
  }

  /** As a command does it that is killed right after. */
  private static Process launch(StackSettings settings) throws Exception {
    prepared(settings);
    return StackProcess.start(settings, LocalStack.classPath(null), StackArchive.NONE);
  }

  private static StackFiles prepared(StackSettings settings) throws Exception {
    StackFiles files = new StackFiles(settings);
    files.createDirectory();
    files.prepare();
    return files;
  }

  private static void noteState(StackSettings settings, long pid, Instant start) throws Exception {
    StackFiles files = new StackFiles(settings);
    files.createDirectory();
    new StackState(
            pid, start, settings.port(), 1, true, settings.dataDirectory(), settings.faults(), true)
        .write(files);
  }

  private static String modeOf(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
