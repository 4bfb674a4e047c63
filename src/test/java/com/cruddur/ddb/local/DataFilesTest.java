package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
  private static final List<String> OWN = List.of("manifest", "lock", "7.log", "12.run");

  @TempDir Path parent;
  private Path data;

  @BeforeEach
  void fill() throws Exception {
    data = Files.createDirectory(parent.resolve("data"));
    Files.createDirectory(DataFiles.tables(data));
    for (String name : OWN) {
      Files.writeString(DataFiles.tables(data).resolve(name), "");
    }
  }

  @Test
  void anEmptiedDirectoryIsRemoved() {
    DataFiles.delete(data);
    assertThat(data).doesNotExist();
    DataFiles.delete(data);
  }

  @Test
  void othersFilesStay() throws Exception {
    Files.writeString(data.resolve("mine.db"), "");
    DataFiles.delete(data);
    assertThat(StackFixture.filesIn(data)).containsExactly("mine.db");
  }

  @Test
  void whatDynamoDbLocalLeftStaysAndIsNamedWithTheWayToTakeItOver() throws Exception {
    Path foreign = Files.writeString(data.resolve("shared-local-instance.db"), "");
    assertThat(DataFiles.leftByDynamoDbLocal(data)).isEmpty();
    DataFiles.delete(data);
    assertThat(DataFiles.leftByDynamoDbLocal(data))
        .get()
        .asString()
        .contains(foreign.toString(), "ddb export --endpoint-url URL | ddb import -");
  }

  @Test
  void aLinkedDirectoryIsEmptiedAndStays() throws Exception {
    Path link = Files.createSymbolicLink(parent.resolve("link"), data);
    DataFiles.delete(link);
    assertThat(StackFixture.filesIn(data)).isEmpty();
    assertThat(link).isSymbolicLink();
  }
}
