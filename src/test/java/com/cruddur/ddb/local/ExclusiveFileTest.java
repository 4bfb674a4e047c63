package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveFileTest {
  @TempDir Path directory;

  @Test
  void isRemovedByItsHolderAndLetsOthersIn() throws Exception {
    Path path = directory.resolve("lock");
    for (int i = 0; i < 2; i++) {
      try (ExclusiveFile held = ExclusiveFile.tryAcquire(path, "me").orElseThrow()) {
        assertThat(path).hasContent("me");
      }
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void aFileThatWasPutInItsPlaceStays() throws Exception {
    Path path = directory.resolve("lock");
    try (ExclusiveFile held = ExclusiveFile.tryAcquire(path, "me").orElseThrow()) {
      Files.delete(path);
      Files.writeString(path, "another");
    }
    assertThat(path).hasContent("another");
  }
}
