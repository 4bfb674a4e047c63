package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.TestStack;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is sorted on disk needs no memory for all of it; src/bench/heap.sh does it with millions.
 */
final class SmallHeapTest {
  private static final int ITEMS = 40_000;

  @TempDir private Path folder;

  /** Some 20 MB, of which as objects many times a heap of 32 MB. */
  private Path export(String name, int changed) throws IOException {
    Path file = folder.resolve(name);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < ITEMS; i++) {
        String text = (i == changed ? "changed " : "") + "word ".repeat(80) + i;
        out.write(
            "{\"Item\":{\"pk\":{\"S\":\"MSG#" + i % 500 + "\"},\"sk\":{\"S\":\"t" + i + "\"},");
        out.write("\"message\":{\"S\":\"" + text + "\"}}}\n");
      }
    }
    return file;
  }

  @Test
  void exportsAreComparedInAHeapThatIsSmallerThanEitherOfThem() throws IOException {
    Path left = export("left.json", -1);
    Path right = export("right.json", 7_777);
    List<String> command =
        DdbProcess.command("diff", left.toString(), right.toString(), "-o", "ndjson");
    command.add(1, "-Xmx32m");
    try (DdbProcess process = DdbProcess.startCommand(TestStack.environment(), command)) {
      Result result = process.await();
      assertThat(result.exitCode()).as("%s", result).isEqualTo(5);
      assertThat(result.out().lines()).hasSize(1).first().asString().contains("t7777");
      assertThat(result.err()).contains("0 added, 0 removed, 1 changed");
    }
  }
}
