package com.cruddur.ddb.local;

import com.cruddur.ddb.file.OwnFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The process that listens on a port, as far as Linux' /proc shows it to this user. Elsewhere, and
 * for another user's process, nothing is known.
 */
final class PortOwner {
  private static final String LISTEN = "0A";
  private static final int UID = 7;
  private static final int INODE = 9;

  private PortOwner() {}

  /** {@code " (pid 4711, java)"}, or nothing. */
  static String of(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> listening(Path.of(table), port).stream())
        .findFirst()
        .flatMap(column -> holder("socket:[" + column[INODE] + "]"))
        .map(process -> " (pid " + process.pid() + name(process) + ")")
        .orElse("");
  }

  /** The number of the user whose process it is, where that is neither this user nor root. */
  static OptionalInt otherUser(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> listening(Path.of(table), port).stream())
        .mapToInt(column -> Integer.parseInt(column[UID]))
        .filter(uid -> !OwnFile.trusts(uid))
        .findFirst();
  }

  private static String name(ProcessHandle process) {
    return process.info().command().map(path -> ", " + Path.of(path).getFileName()).orElse("");
  }

  /**
   * Columns of /proc/net/tcp: sl, local address:port in hex, remote, state, …, uid, timeout, inode.
   */
  private static Optional<String[]> listening(Path table, int port) {
    String suffix = String.format(":%04X", port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(column -> column.length > INODE)
          .filter(column -> column[1].endsWith(suffix) && column[3].equals(LISTEN))
          .findFirst();
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<ProcessHandle> holder(String socket) {
    return ProcessHandle.allProcesses().filter(process -> holds(process, socket)).findFirst();
  }

  private static boolean holds(ProcessHandle process, String socket) {
    Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        if (Files.readSymbolicLink(link).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException | RuntimeException gone) {
      return false;
    }
    return false;
  }
}
