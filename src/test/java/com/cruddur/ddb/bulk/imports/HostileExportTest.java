package com.cruddur.ddb.bulk.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.chat.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Export folders as a stranger might make them, to have other files read or memory filled. */
final class HostileExportTest {
  @TempDir private Path temp;
  private Path export;
  private Path secret;

  @BeforeEach
  void make() throws IOException {
    secret = Files.writeString(temp.resolve("secret.json"), "{\"Item\":{}}\n");
    export = Files.createDirectory(temp.resolve("export"));
    Files.createDirectory(export.resolve("data"));
    Files.writeString(
        export.resolve("manifest-summary.json"), "{\"outputFormat\":\"DYNAMODB_JSON\"}");
  }

  private void name(String key) throws IOException {
    Files.writeString(
        export.resolve("manifest-files.json"), "{\"dataFileS3Key\":\"" + key + "\"}\n");
  }

  @Test
  void aKeyWithDotsLeadsToNoFileOutsideTheFolder() throws IOException {
    for (String key : new String[] {"../../secret.json", "/etc/passwd", "..", "data/..", ""}) {
      name(key);
      assertThatThrownBy(() -> ImportSource.at(export))
          .as(key)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(export.resolve("data").toString())
          .hasMessageContaining("is missing, or no plain file");
    }
  }

  @Test
  void aSymbolicLinkAmongTheDataFilesIsNotFollowed() throws IOException {
    Files.createSymbolicLink(export.resolve("data/a.json"), secret);
    name("AWSDynamoDB/01/data/a.json");
    assertThatThrownBy(() -> ImportSource.at(export))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is missing, or no plain file");

    Files.delete(export.resolve("manifest-summary.json"));
    assertThatThrownBy(() -> ImportSource.at(export.resolve("data")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds no complete export");
  }

  @Test
  void aFolderThatIsALinkIsNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(secret.resolveSibling("elsewhere"));
    Files.writeString(elsewhere.resolve("a.json"), "{}");
    Files.delete(export.resolve("data"));
    Files.createSymbolicLink(export.resolve("data"), elsewhere);
    name("AWSDynamoDB/01/data/a.json");
    assertThatThrownBy(() -> ImportSource.at(export))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is missing, or no plain file");
    Path around = Files.createDirectory(secret.resolveSibling("around"));
    for (Path target : List.of(temp, export)) {
      String name = target.equals(temp) ? "AWSDynamoDB" : "01";
      Path link = Files.createSymbolicLink(around.resolve(name), target);
      assertThatThrownBy(() -> ImportSource.at(around))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("holds no complete export");
      Files.delete(link);
    }
  }

  @Test
  @Timeout(60)
  void aManifestOrDataFileThatIsAPipeOrALinkIsRefusedAndHoldsNothingUp() throws Exception {
    name("AWSDynamoDB/01/data/a.json");
    for (String name : List.of("manifest-summary.json", "manifest-files.json")) {
      Path file = export.resolve(name);
      byte[] before = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      assertThatThrownBy(() -> ImportSource.at(export))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(file + " is missing, or no plain file");
      Files.delete(file);
      Files.createSymbolicLink(file, secret);
      assertThatThrownBy(() -> ImportSource.at(export))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(file + " is missing, or no plain file");
      Files.delete(file);
      Files.write(file, before);
    }
    Path pipe = export.resolve("data/a.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> ImportSource.at(export)).isInstanceOf(InvalidInputException.class);
    Files.delete(export.resolve("manifest-summary.json"));
    assertThatThrownBy(() -> ImportSource.at(pipe.getParent()))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aManifestThatIsNoneIsOneLineAndNotReadToItsEnd() throws IOException {
    for (String summary :
        new String[] {
          "", "[]", "{\"a\":", "[".repeat(100_000), "{\"a\":\"" + "x".repeat(2_000_000)
        }) {
      Files.writeString(export.resolve("manifest-summary.json"), summary);
      assertThatThrownBy(() -> ImportSource.at(export))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("a manifest of " + export + " is damaged");
    }
  }

  @Test
  void aFileListThatLacksItemsIsNotComplete() throws IOException {
    Files.writeString(export.resolve("manifest-summary.json"), "{\"itemCount\":3}");
    Files.writeString(export.resolve("data/a.json"), "{}\n");
    String line = "{\"itemCount\":2,\"dataFileS3Key\":\"a.json\"}\n";
    Files.writeString(export.resolve("manifest-files.json"), line);
    assertThatThrownBy(() -> ImportSource.at(export))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not complete: its data files have 2 items by");
    Files.writeString(export.resolve("manifest-files.json"), line.replace("2", "3"));
    assertThat(ImportSource.at(export).items()).isEqualTo(3);
  }

  @Test
  void aLineOfTheFileListThatIsNoneIsDamage() throws IOException {
    Files.writeString(export.resolve("manifest-files.json"), "x".repeat(6_000_000) + "\n");
    assertThatThrownBy(() -> ImportSource.at(export))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a manifest of " + export + " is damaged");
    assertThat(secret).exists();
  }

  @Test
  void aFolderOfFilesWithOneOfAnotherKindIsRefusedByItsName(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("a.ndjson"), "{}");
    assertThat(ImportSource.at(folder)).isNotNull();
    Files.writeString(folder.resolve(".hidden"), "");
    assertThat(ImportSource.at(folder)).isNotNull();
    Files.writeString(folder.resolve("b.csv"), "pk,sk");

    assertThatThrownBy(() -> ImportSource.at(folder)).hasMessageContaining("b.csv");
  }
}
