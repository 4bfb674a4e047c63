package com.cruddur.ddb.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others can put under a name of ours. */
@Timeout(60)
final class OwnFileTest {
  private static final int SOMEBODY = 65_534;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("own");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Only root can give files away. */
  private void give(Path path) throws IOException {
    assumeTrue(FileFacts.of(folder).uid() == 0, "needs root, to make another user's files");
    Files.setAttribute(path, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
  }

  private void refused(String reason) throws IOException {
    byte[] before = Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    assertThatThrownBy(() -> OwnFile.read(file))
        .isInstanceOf(ForeignFileException.class)
        .hasMessageContaining(file + " is not used: ")
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> OwnFile.update(file)).isInstanceOf(ForeignFileException.class);
    assertThatThrownBy(() -> OwnFile.replace(file)).isInstanceOf(ForeignFileException.class);
    assertThat(OwnFile.isOwn(file)).isFalse();
    if (before != null) {
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  @Test
  void whatDdbMakesIsItsOwnersAloneAndReadAgain() throws IOException {
    assertThatThrownBy(() -> OwnFile.read(file)).isInstanceOf(NoSuchFileException.class);
    assertThat(OwnFile.isOwn(file)).isFalse();
    for (String folders : new String[] {"rwx------", "rwxrwxrwx"}) {
      mode(folder, folders);
      try (FileChannel channel = OwnFile.replace(file)) {
        channel.write(ByteBuffer.wrap("abc".getBytes(UTF_8)));
      }
      assertThat(mode(file)).isEqualTo("rw-------");
      try (FileChannel channel = OwnFile.read(file)) {
        assertThat(channel.size()).isEqualTo(3);
      }
      try (FileChannel channel = OwnFile.update(file)) {
        assertThat(channel.size()).isEqualTo(3);
      }
    }
  }

  @Test
  void aLinkIsRefusedAndWhatItLeadsToIsLeftAlone() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(file, victim);
    refused("it is a symbolic link");
    Files.delete(file);
    Files.createLink(file, victim);
    refused("hard link");
    Files.delete(file);
    Path missing = folder.resolve("missing");
    Files.createSymbolicLink(file, missing);
    refused("it is a symbolic link");
    assertThat(missing).doesNotExist();
    assertThat(victim).hasContent("precious");
  }

  @Test
  void aPipeOrFolderIsRefusedAndHoldsNothingUp() throws Exception {
    Process made = new ProcessBuilder("mkfifo", "-m", "600", file.toString()).start();
    assertThat(made.waitFor()).isZero();
    refused("a pipe or a device");
    Files.delete(file);
    Files.createDirectory(file);
    refused("it is a folder");
  }

  @Test
  void whatOthersMayWriteOrHaveMadeIsRefused() throws IOException {
    Files.writeString(file, "planted");
    mode(file, "rw-rw----");
    refused("others may write it");
    mode(file, "rw-r--rw-");
    refused("others may write it");
    mode(file, "rw-r--r--");
    assertThat(OwnFile.isOwn(file)).isTrue();
    give(file);
    refused("it belongs to user " + SOMEBODY);
  }

  @Test
  void aLinkOnTheWayIsFollowedOnlyIfItIsOurs() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path way = folder.resolve("way");
    Files.createSymbolicLink(way, Path.of("real"));
    Files.writeString(real.resolve("own"), "ours");
    file = way.resolve("own");
    OwnFile.read(file).close();
    give(way);
    refused("the link " + way + " on the way to it belongs to user " + SOMEBODY);
    assertThatThrownBy(() -> OwnFolder.require(way.resolve("x").resolve("..")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aWayThatTurnsInCirclesEnds() throws IOException {
    Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
    assertThatThrownBy(() -> OwnFile.read(folder.resolve("a").resolve("own")))
        .isInstanceOf(ForeignFileException.class)
        .hasMessageContaining("too many links");
  }

  @Test
  void aFolderIsMadeForItsOwnerAloneAndAnothersIsRefused() throws IOException {
    Path made = folder.resolve("a").resolve("b");
    OwnFolder.create(made);
    assertThat(mode(made.getParent())).isEqualTo("rwx------");
    OwnFolder.require(made);
    mode(made, "rwxrwxrwx");
    assertThatThrownBy(() -> OwnFolder.require(made))
        .isInstanceOf(ForeignFileException.class)
        .hasMessageContaining("others may write to it");
    OwnFolder.claim(made);
    assertThat(mode(made)).isEqualTo("rwx------");
    Path link = Files.createSymbolicLink(folder.resolve("link"), made);
    assertThatThrownBy(() -> OwnFolder.claim(link)).isInstanceOf(ForeignFileException.class);
    give(made);
    assertThatThrownBy(() -> OwnFolder.claim(made)).isInstanceOf(ForeignFileException.class);
    assertThatThrownBy(() -> OwnFolder.require(made)).isInstanceOf(ForeignFileException.class);
  }

  @Test
  void aFullDiskIsToldWithTheFilesName() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE);
        OutputStream out = OwnFile.output(file, channel)) {
      assertThatThrownBy(() -> out.write(new byte[10]))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(file + ": No space left on device");
    }
  }
}
