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
    data = parent.resolve("data");
    Files.createDirectories(DataFiles.tables(data));
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
  void theNamesOfCachesGoTooAndThoseThatWereHalfWritten() throws Exception {
    Files.writeString(DataFiles.caches(data), "cruddur");
    Files.writeString(data.resolve("caches.new"), "crud");
    DataFiles.delete(data);
    assertThat(data).doesNotExist();
  }

  @Test
  void othersFilesStay() throws Exception {
    Files.writeString(data.resolve("mine.db"), "");
    DataFiles.delete(data);
    assertThat(StackFixture.filesIn(data)).containsExactly("mine.db");
  }

  @Test
  void whatDynamoDbLocalLeftStaysAndIsNamedWithTheWayToTakeItOver() throws Exception {
    for (String name : List.of("shared-local-instance.db", "AKIDEXAMPLE_us-east-1.db")) {
      fill();
      Path foreign = Files.writeString(data.resolve(name), "SQLite format 3\0 and so on");
      assertThat(DataFiles.leftByDynamoDbLocal(data)).isEmpty();
      DataFiles.delete(data);
      assertThat(DataFiles.leftByDynamoDbLocal(data))
          .get()
          .asString()
          .contains(foreign.toString(), "ddb export --endpoint-url URL | ddb import -");
      Files.delete(foreign);
    }
  }

  @Test
  void whatOnlyHasSuchANameIsNotTakenForIt() throws Exception {
    DataFiles.delete(data);
    Files.createDirectory(data);
    Files.writeString(data.resolve("AKIDEXAMPLE_us-east-1.db"), "of something else");
    Files.writeString(data.resolve("mine.db"), "SQLite format 3\0 of somebody else");
    assertThat(DataFiles.leftByDynamoDbLocal(data)).isEmpty();
  }

  @Test
  void aLinkedDirectoryIsEmptiedAndStays() throws Exception {
    Path link = Files.createSymbolicLink(parent.resolve("link"), data);
    DataFiles.delete(link);
    assertThat(StackFixture.filesIn(data)).isEmpty();
    assertThat(link).isSymbolicLink();
  }
}
