package com.cruddur.ddb.local;

import com.cruddur.ddb.engine.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A stack in this process, which has noted itself. */
public final class NotedStack {
  private NotedStack() {}

  /** Runs until the process ends. */
  public static void run(int port, int cachePort, Path folder) {
    StackSettings settings = new StackSettings(port, cachePort, true, folder, folder);
    try {
      StackState.of(ProcessHandle.current(), settings, false).write(new StackFiles(settings));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    StackMain.main(
        new String[] {
          "" + port, "" + cachePort, "true", "" + folder, "" + folder, Faults.NONE.toString()
        });
  }
}
