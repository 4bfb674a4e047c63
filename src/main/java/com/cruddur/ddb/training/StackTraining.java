package com.cruddur.ddb.training;

import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackArchive;
import com.cruddur.ddb.local.StackSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes the start-up archive of the embedded stack's process: starts one on free ports, has
 * commands work on it, and ends it, upon which it writes down what it loaded. Its tables are left
 * in a folder {@code training} beside the archive.
 */
final class StackTraining {
  private static final String[][] COMMANDS = {
    {"schema-load"},
    {"seed"},
    {"list-conversations", "andrewbrown"},
    {"cache", "create"},
    {"cache", "set", "key", "value"},
    {"cache", "get", "key"},
  };

  private StackTraining() {}

  static void run(Path home, Path archive) throws IOException {
    String folder = archive.resolveSibling("training").toAbsolutePath().toString();
    Map<String, String> environment;
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment =
          Map.of(
              "DDB_LOCAL_PORT",
              String.valueOf(one.getLocalPort()),
              "DDB_LOCAL_CACHE_PORT",
              String.valueOf(two.getLocalPort()),
              "XDG_DATA_HOME",
              folder,
              "XDG_STATE_HOME",
              folder);
    }
    LocalStack stack =
        new LocalStack(
            StackSettings.of(environment),
            LocalStack.classPath(home),
            StackArchive.making(archive.toAbsolutePath()));
    stack.start();
    try {
      for (String[] command : COMMANDS) {
        Cli.run(cliEnvironment(environment, home), command);
      }
    } finally {
      stack.stop();
    }
  }

  private static CliEnvironment cliEnvironment(Map<String, String> environment, Path home) {
    return CliEnvironment.nowhere(environment, home);
  }
}
