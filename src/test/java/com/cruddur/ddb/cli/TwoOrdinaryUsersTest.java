package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link TwoUsersTest}, but ddb runs as a user who is not root either: in a process with that
 * number, which may read the class path wherever it lies, and nothing else more than others may.
 */
class TwoOrdinaryUsersTest {
  private static final String SETPRIV = "/usr/bin/setpriv";
  private static final int OPERATOR = 23_456;
  private static final int MALLORY = 65_534;
  private static final List<String> AS_OPERATOR =
      List.of(
          SETPRIV,
          "--reuid=" + OPERATOR,
          "--regid=" + OPERATOR,
          "--clear-groups",
          "--inh-caps=+dac_read_search",
          "--ambient-caps=+dac_read_search");

  /** As rejects of an earlier run look. */
  private static final String CONTENT = "{\"file\":\"a\"}\n";

  @TempDir private Path temp;
  private final MessageTable table = MessageTable.create();
  private Path shared;
  private Path victim;

  @BeforeEach
  void twoUsers() throws Exception {
    assumeTrue(Files.getAttribute(temp, "unix:uid").equals(0), "needs root, to be another user");
    assumeTrue(Files.isExecutable(Path.of(SETPRIV)), "needs setpriv, to be another user");
    List<String> probe = new ArrayList<>(AS_OPERATOR);
    probe.add("/bin/true");
    assumeTrue(
        new ProcessBuilder(probe).start().waitFor() == 0,
        "needs the right to give dac_read_search away, which this container lacks");
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
    victim = Files.writeString(temp.resolve("victim"), "precious");
    Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-rw-rw-"));
    shared = Files.createDirectory(temp.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    table.conversation("2026-03-19T10:00:00.000000+00:00", "hello");
  }

  private Result operator(String... line) {
    List<String> command = new ArrayList<>(AS_OPERATOR);
    command.addAll(DdbProcess.command(line));
    Map<String, String> environment =
        Map.of(
            "HOME", shared.toString(),
            "AWS_ENDPOINT_URL", TestStack.endpoint(),
            "DDB_MESSAGE_TABLE", table.name());
    try (DdbProcess process = DdbProcess.startCommand(environment, command)) {
      return process.await();
    }
  }

  private Path planted(String name, boolean link) throws IOException {
    Path place = shared.resolve(name);
    if (link) {
      Files.createSymbolicLink(place, victim);
    } else {
      Files.writeString(place, CONTENT);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    Files.setAttribute(place, "unix:uid", MALLORY, LinkOption.NOFOLLOW_LINKS);
    return place;
  }

  @Test
  void anExportGoesByNobodysLinkAndIsItsOwnersAlone() throws IOException {
    Path link = planted("out.json.part", true);
    Path out = shared.resolve("out.json");

    Outcome.done(operator("export", "--out", out.toString()));

    assertThat(Files.readAllLines(out)).hasSize(3);
    assertThat(Files.getAttribute(out, "unix:uid")).isEqualTo(OPERATOR);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-------");
    assertThat(link).isSymbolicLink();
    assertThat(victim).hasContent("precious");
  }

  @Test
  void rejectsAreWrittenToNobodysFile() throws IOException {
    Path broken = Files.writeString(shared.resolve("broken.ndjson"), "{\"type\":\"nothing\"}\n");
    Path rejects = planted("rejects", false);

    Result refused = operator("seed", broken.toString(), "--rejects", rejects.toString());

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
    assertThat(refused.err()).contains(rejects + " is not used: it belongs to user " + MALLORY);
    assertThat(rejects).hasContent(CONTENT);
  }
}
