package com.cruddur.ddb.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The start-up archive of the background process: the classes that it loads, as the JVM stores them
 * for the next start. It fits one Java, one class path and the options of {@link StackProcess}; a
 * JVM that finds another one starts without it.
 *
 * @param file null for none
 * @param isMade whether the process makes it, when it ends, rather than use it
 */
public record StackArchive(Path file, boolean isMade) {
  /** No archive. */
  public static final StackArchive NONE = new StackArchive(null, false);

  private static final int FIRST_JAVA_WITH_AOT_CACHE = 25;

  /** The file's archive, if there is one. */
  public static StackArchive of(Path file) {
    return Files.isReadable(file) ? new StackArchive(file, false) : NONE;
  }

  /** One to be made. */
  public static StackArchive making(Path file) {
    return new StackArchive(file, true);
  }

  List<String> javaOptions() {
    if (file == null) {
      return List.of();
    }
    boolean aot = Runtime.version().feature() >= FIRST_JAVA_WITH_AOT_CACHE;
    if (isMade) {
      return List.of((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
    }
    return List.of((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file, "-Xlog:disable");
  }
}
