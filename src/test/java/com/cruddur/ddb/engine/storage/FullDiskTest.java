package com.cruddur.ddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more: played by the system's limit on the size of a file (ulimit). */
class FullDiskTest {
  private static final int MAP = 40;
  private static final int BLOCKS_OF_512 = 8_000;

  @TempDir Path folder;

  @Test
  void aWriteThatFindsNoRoomIsRefusedAndHarmsNothing() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                List.of(
                    "/bin/sh",
                    "-c",
                    "ulimit -f " + BLOCKS_OF_512 + "; exec \"$@\"",
                    "sh",
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Filler.class.getName(),
                    store().toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    long written = Long.parseLong(Files.readString(said).strip());
    assertThat(written).isGreaterThan(500);
    try (Store reopened = DiskStore.open(store())) {
      for (long number = 0; number < written; number++) {
        assertThat(reopened.map(MAP).get(key(number))).isEqualTo(value());
      }
      assertThat(reopened.map(MAP).get(key(written))).isNull();
      put(reopened, written);
      assertThat(reopened.map(MAP).get(key(written))).isEqualTo(value());
    }
  }

  @Test
  void aFolderThatCannotBeIsRefusedByName() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> DiskStore.open(file.resolve("below")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString());
  }

  private Path store() {
    return folder.resolve("store");
  }

  private static byte[] key(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  private static byte[] value() {
    return new byte[4_000];
  }

  private static void put(Store store, long number) {
    Changes changes = new Changes();
    changes.put(MAP, key(number), value());
    store.write(changes, new ReentrantLock());
  }

  /** Writes until there is no room, reads all of it again, and says how much it was. */
  static final class Filler {
    private Filler() {}

    public static void main(String[] arguments) {
      try (Store store = DiskStore.open(Path.of(arguments[0]))) {
        long number = 0;
        int refusals = 0;
        while (refusals < 3) {
          try {
            put(store, number);
            number++;
          } catch (StorageException full) {
            refusals++;
          }
        }
        for (long each = 0; each < number; each++) {
          if (store.map(MAP).get(key(each)) == null) {
            throw new IllegalStateException("lost " + each);
          }
        }
        System.out.println(number);
      }
    }
  }
}
