package com.cruddur.ddb;

import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackArchive;
import com.cruddur.ddb.local.StackSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How tests start Java. The build makes one jar of all classes and an archive of those that such
 * processes load (see {@link ChildTraining}), and names them by the property {@code ddb.children};
 * without it they run with the class path of this process.
 */
public final class ChildJvm {
  private static final String NAME = System.getProperty("ddb.children", "");

  /** From Java 25 on the stack's archive is of another kind. */
  private static final boolean STACK = !NAME.isEmpty() && Runtime.version().feature() < 25;

  private ChildJvm() {}

  /** Java as ddb starts it, with options; the name of a class is to follow. */
  public static List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 24) {
      // As bin/ddb does: these versions warn of what netty and protobuf do.
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (!NAME.isEmpty()) {
      // Java 25 says that one of the options does not fit the JDK's own archive.
      command.addAll(List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + NAME + ".stack"));
    }
    if (STACK) {
      command.add("-Dddb.archive=" + NAME);
    }
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath()));
    return command;
  }

  /** A stack whose process does without loading too. */
  public static LocalStack stack(StackSettings settings) {
    return new LocalStack(
        settings,
        List.of(classPath().split(File.pathSeparator)),
        STACK ? StackArchive.of(Path.of(NAME + ".stack")) : StackArchive.NONE);
  }

  /** From now on the stacks that commands of this process start do without loading too. */
  static void forStacksOfThisProcess() {
    if (STACK) {
      System.setProperty("java.class.path", classPath());
      System.setProperty("ddb.archive", NAME);
    }
  }

  /** With absolute paths: for a process that runs in another folder. */
  public static String classPath() {
    if (!NAME.isEmpty()) {
      try {
        return Files.readString(Path.of(NAME + ".classpath"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
