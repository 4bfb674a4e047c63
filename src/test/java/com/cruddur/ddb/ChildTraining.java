package com.cruddur.ddb;

import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.NotedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the build runs to make the archive of {@link ChildJvm}: a stack in this process, and
 * commands on it. What they load is what the archive holds.
 */
final class ChildTraining {
  private static final String[][] COMMANDS = {
    {"setup"},
    {"list-conversations", "andrewbrown", "-o", "json"},
    {"get-conversation", "3f346c75-ad75-43df-aa35-5b4de50470e0", "--cached"},
    {"send-message", "3f346c75-ad75-43df-aa35-5b4de50470e0", "Hello", "--from", "bayko"},
    {"scan", "-o", "ndjson"},
    {"shell"},
  };

  private ChildTraining() {}

  /** Argument: a folder for what a stack leaves, which need not exist. */
  public static void main(String[] args) throws Exception {
    int port = FreePorts.next();
    int cachePort = FreePorts.next();
    Path folder = Files.createDirectories(Path.of(args[0]));
    Thread stack = new Thread(() -> NotedStack.run(port, cachePort, folder));
    stack.start();
    while (!LocalStack.answers(cachePort)) {
      if (!stack.isAlive()) {
        throw new IllegalStateException("the stack has ended");
      }
      Thread.sleep(20);
    }
    Map<String, String> environment =
        Map.of(
            "HOME",
            args[0],
            "XDG_STATE_HOME",
            Path.of(args[0]).resolve("state").toString(),
            "DDB_LOCAL_PORT",
            "" + port,
            "DDB_LOCAL_CACHE_PORT",
            "" + cachePort);
    for (String[] command : COMMANDS) {
      Cli.run(CliEnvironment.nowhere(environment, null), command);
    }
    System.exit(0);
  }
}
