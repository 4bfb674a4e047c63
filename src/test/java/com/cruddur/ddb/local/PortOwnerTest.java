package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose process listens on a port. */
@Timeout(120)
final class PortOwnerTest {
  private static final int MALLORY = 65_534;
  private static final String LISTEN =
      """
      public class Listen {
        public static void main(String[] args) throws Exception {
          var socket = new java.net.ServerSocket(0, 5, java.net.InetAddress.getByName("127.0.0.1"));
          System.out.println(socket.getLocalPort());
          System.in.read();
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void anOwnListenerIsNobodyElses() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(PortOwner.otherUser(socket.getLocalPort())).isEmpty();
      assertThat(PortOwner.of(socket.getLocalPort())).contains("pid", "java");
    }
  }

  @Test
  void anotherUsersListenerIsTold() throws Exception {
    assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "needs root, to be another user");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    Path source = Files.writeString(folder.resolve("Listen.java"), LISTEN);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-r--r--"));
    Process process =
        new ProcessBuilder(
                "/usr/bin/setpriv",
                "--reuid=" + MALLORY,
                "--regid=" + MALLORY,
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                source.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      assumeTrue(line != null, "this Java cannot be run by another user");
      int port = Integer.parseInt(line);
      assertThat(PortOwner.otherUser(port)).hasValue(MALLORY);
      DdbRunner ddb = DdbRunner.fresh().env("XDG_STATE_HOME", folder.resolve("state").toString());
      Result status = ddb.execute("local", "status", "--port", line);
      assertThat(status.exitCode()).isEqualTo(3);
      assertThat(status.err())
          .contains("a process of another user (number " + MALLORY + ") listens on port " + port)
          .contains("something that ddb did not start listens on port " + port);
      Result tables = ddb.env("DDB_LOCAL_PORT", line).execute("list-tables", "--timeout", "1");
      assertThat(tables.exitCode()).isNotZero();
      assertThat(tables.err())
          .contains("a process of another user (number " + MALLORY + ") listens on port " + port);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
