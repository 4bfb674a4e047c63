package com.cruddur.ddb.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes and checks folders that are this user's alone. */
public final class OwnFolder {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx------");

  /** Mode 0700. */
  public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(MODE);

  private OwnFolder() {}

  /**
   * Makes the folders of a path that are missing, for their owner alone; others stay.
   *
   * @throws ForeignFileException when another user's link leads there
   */
  public static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      // The folder itself may be a link too.
      Way.isExchangeable(folder.resolve("."));
    } else {
      Files.createDirectories(folder, OWNER_ONLY);
    }
  }

  /**
   * Refuses a folder that is not this user's or root's, or may be written by others.
   *
   * @throws ForeignFileException when it is one, a link, or lies behind another user's link
   */
  public static void require(Path folder) throws IOException {
    FileFacts facts = checked(folder);
    if (facts.isWritableByOthers()) {
      throw new ForeignFileException(folder, "others may write to it");
    }
  }

  /**
   * Makes the folder if it is missing; one that is there may be reached by a link of this user's
   * and be writable by the user's private group.
   *
   * @throws ForeignFileException when it is not this user's or root's, or others may write to it
   */
  public static void use(Path folder) throws IOException {
    create(folder);
    Way.isExchangeable(folder.resolve("."));
    FileFacts facts = FileFacts.of(folder.toRealPath());
    if (!facts.isTrusted()) {
      throw new ForeignFileException(folder, "it belongs to user " + facts.uid());
    } else if (facts.isWritableBesidesOwnGroup()) {
      throw new ForeignFileException(folder, "others may write to it");
    }
  }

  /** Makes the folder if it is missing, and takes others' rights to it if it is this user's. */
  public static void claim(Path folder) throws IOException {
    create(folder);
    checked(folder);
    if (!MODE.equals(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))) {
      Files.setPosixFilePermissions(folder, MODE);
    }
  }

  private static FileFacts checked(Path folder) throws IOException {
    Way.isExchangeable(folder);
    FileFacts facts = FileFacts.of(folder);
    if (!facts.isFolder()) {
      throw new ForeignFileException(
          folder, facts.isLink() ? "it is a symbolic link" : "it is not a folder");
    } else if (!facts.isTrusted()) {
      throw new ForeignFileException(folder, "it belongs to user " + facts.uid());
    }
    return facts;
  }
}
