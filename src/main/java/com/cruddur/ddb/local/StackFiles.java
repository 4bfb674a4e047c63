package com.cruddur.ddb.local;

import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The names of one stack's files in the state directory. Everything in it is the owner's alone. */
record StackFiles(Path directory, int port) {
  /** Two native libraries of up to a megabyte are unpacked. */
  private static final int ROOM = 2 * 1024 * 1024;

  StackFiles(StackSettings settings) {
    this(settings.stateDirectory(), settings.port());
  }

  /** What {@link StackState} describes. */
  Path state() {
    return directory.resolve("stack-" + port + ".properties");
  }

  /** The state that is being written. */
  Path nextState() {
    return directory.resolve("stack-" + port + ".properties.new");
  }

  /** Held by who starts, stops or resets the stack. */
  Path lock() {
    return directory.resolve("stack-" + port + ".lock");
  }

  /** What the background process prints. */
  Path log() {
    return directory.resolve("stack-" + port + ".log");
  }

  /** java.io.tmpdir of the background process: native libraries are unpacked there. */
  Path temporary() {
    return directory.resolve("stack-" + port + ".tmp");
  }

  /** Creates the state directory, and takes others' rights to it. */
  void createDirectory() throws IOException {
    OwnFolder.claim(directory);
  }

  /** Creates the log and the temporary directory, both empty; fails if the disk is full. */
  void prepare() throws IOException {
    Files.deleteIfExists(log());
    Files.createFile(log(), OwnFile.OWNER_ONLY);
    deleteTree(temporary());
    Files.createDirectory(temporary(), OwnFolder.OWNER_ONLY);
    Path probe = temporary().resolve("probe");
    Files.write(probe, new byte[ROOM]);
    Files.delete(probe);
  }

  /** Removes all but the lock, which its holder removes. */
  void remove() {
    removeAllButLog();
    remove(log());
  }

  /**
   * Leaves the log of a stack that failed, for the user to read. The state goes last: as long as it
   * is there, whoever starts a stack waits for the process that it names.
   */
  void removeAllButLog() {
    remove(temporary());
    remove(nextState());
    remove(state());
  }

  /** The same, unless another stack lives: as two may start if somebody has deleted the lock. */
  void removeAllButLogOf(ProcessHandle ended) {
    if (StackState.ofLiving(state()).filter(noted -> noted.pid() != ended.pid()).isEmpty()) {
      removeAllButLog();
    }
  }

  private void remove(Path file) {
    try {
      deleteTree(file);
    } catch (IOException notPermitted) {
      throw LocalStackException.unusable(directory, "Remove " + file + " by hand.", notPermitted);
    }
  }

  /** Follows no symbolic link. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(root)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
