package com.cruddur.ddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed hard, again and again: what it said is written must be there. */
class CrashTest {
  private static final int MAP = 30;
  private static final int OTHER = 31;
  private static final int JOURNAL = 32;
  private static final int KILLS = 6;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereAndEveryWriteIsThereWholeOrNotAtAll() throws Exception {
    long acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged = writeAndKill(acknowledged);
      long written = check(acknowledged);
      acknowledged = written;
    }
  }

  /** The number of the last write that the process acknowledged. */
  private long writeAndKill(long from) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ChildJvm.classPath(),
                Writer.class.getName(),
                folder.toString(),
                Long.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = from;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      // Far enough for checkpoints and merges to be under way.
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Long.parseLong(line);
        if (last == from + 4_000) {
          process.destroyForcibly();
        }
      }
    } catch (IOException cut) {
      // The pipe ends with the process.
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(last).isGreaterThanOrEqualTo(from + 4_000);
    return last;
  }

  /** The number of writes that are there, at least those that were acknowledged. */
  private long check(long acknowledged) {
    try (Store store = DiskStore.open(folder)) {
      long written = store.journal(JOURNAL).next();
      assertThat(written).isGreaterThanOrEqualTo(acknowledged);
      for (long number = 0; number < written; number++) {
        assertThat(store.map(MAP).get(Writer.key(number))).isEqualTo(Writer.value(number));
        boolean dropped = number / 1_000 != (written - 1) / 1_000;
        assertThat(store.map(OTHER + 10 + (int) (number / 1_000)).get(Writer.key(number)) == null)
            .isEqualTo(dropped);
      }
      assertThat(store.map(MAP).get(Writer.key(written))).isNull();
      return written;
    }
  }

  /** Writes to two maps and a journal at once, and drops one map every thousand writes. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      try (Store store = DiskStore.open(Path.of(arguments[0]))) {
        for (long number = Long.parseLong(arguments[1]); ; number++) {
          Changes changes = new Changes();
          changes.put(MAP, key(number), value(number));
          changes.put(OTHER + 10 + (int) (number / 1_000), key(number), value(number));
          changes.append(JOURNAL, key(number));
          if (number % 1_000 == 0 && number > 0) {
            changes.dropMap(OTHER + 9 + (int) (number / 1_000));
          }
          store.write(changes, new ReentrantLock());
          System.out.println(number + 1);
        }
      }
    }

    static byte[] key(long number) {
      return ByteBuffer.allocate(16).putLong(number * 0x9E3779B97F4A7C15L).putLong(number).array();
    }

    static byte[] value(long number) {
      byte[] value = new byte[2_000];
      ByteBuffer.wrap(value).putLong(number);
      return value;
    }
  }
}
