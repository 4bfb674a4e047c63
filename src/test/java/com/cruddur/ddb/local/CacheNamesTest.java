package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheNamesTest {
  @TempDir Path folder;

  /** The stack did not start, with a stack trace for a reason. */
  @Test
  void aDamagedFileCostsTheNamesAndNotTheStart() throws Exception {
    Path file = folder.resolve("caches");
    CacheNames names = new CacheNames(file);
    names.write(List.of("first", "second"));
    assertThat(names.read()).containsExactly("first", "second");
    Files.write(file, new byte[] {'f', (byte) 0xFF, 0});
    assertThat(names.read()).isEmpty();
    names.write(List.of("third"));
    assertThat(names.read()).containsExactly("third");
  }
}
