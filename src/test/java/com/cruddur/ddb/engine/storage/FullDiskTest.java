package com.cruddur.ddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.ChildJvm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    Path said = folder.resolve("said");
    Process process = limited(BLOCKS_OF_512, Filler.class).redirectOutput(said.toFile()).start();
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

  /** Two logs, as a crash leaves them, ask for a checkpoint, which asks for a third. */
  @Test
  void aStoreOpensOnAFullDiskToBeRead() throws Exception {
    try (Store store = DiskStore.open(store())) {
      put(store, 0);
    }
    byte[] log = Files.readAllBytes(store().resolve("1.log"));
    Files.write(store().resolve("9.log"), Arrays.copyOf(log, Long.BYTES));
    Process process = limited(0, Reader.class).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said.strip()).isEqualTo("read, not written");
    assertThat(Files.readAllBytes(store().resolve("1.log"))).isEqualTo(log);
  }

  private ProcessBuilder limited(int blocks, Class<?> main) {
    return new ProcessBuilder(
            List.of(
                "/bin/sh",
                "-c",
                "ulimit -f " + blocks + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                ChildJvm.classPath(),
                main.getName(),
                store().toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT);
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

  /** Reads what is there, and tries to write. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      try (Store store = DiskStore.open(Path.of(arguments[0]))) {
        String read = store.map(MAP).get(key(0)) == null ? "lost" : "read";
        try {
          put(store, 1);
          System.out.println(read + ", written");
        } catch (StorageException full) {
          System.out.println(read + ", not written");
        }
      }
    }
  }
}
