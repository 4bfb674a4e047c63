package com.cruddur.ddb.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the file system says of a file itself, not of what a link leads to (lstat(2)).
 *
 * @param mode type, sticky bit and permissions
 * @param uid the owner's number
 * @param gid the group's number
 * @param names how many hard links there are
 * @param key tells it from every other file
 */
record FileFacts(int mode, int uid, int gid, int names, Object key) {
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final int WRITABLE_BY_ALL = 002;

  static FileFacts of(Path file) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(file, "unix:mode,uid,gid,nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
    return new FileFacts(
        (int) found.get("mode"),
        (int) found.get("uid"),
        (int) found.get("gid"),
        (int) found.get("nlink"),
        found.get("fileKey"));
  }

  boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  boolean isFolder() {
    return (mode & TYPE) == FOLDER;
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** Whether it is this user's or root's, who may do everything anyway. */
  boolean isTrusted() {
    return isTrusted(uid);
  }

  static boolean isTrusted(int uid) {
    return uid == 0 || uid == Self.UID;
  }

  boolean isWritableByOthers() {
    return (mode & WRITABLE_BY_OTHERS) != 0;
  }

  /** As {@link #isWritableByOthers}, but a user's private group, of the same number, may write. */
  boolean isWritableBesidesOwnGroup() {
    return (mode & (uid == gid ? WRITABLE_BY_ALL : WRITABLE_BY_OTHERS)) != 0;
  }

  /** Whether others may put something else in the place of what this user has in the folder. */
  boolean letsOthersExchange() {
    return !isTrusted() || (isWritableByOthers() && (mode & STICKY) == 0);
  }

  /** The user whose rights this process has. */
  private static final class Self {
    static final int UID = uid();

    private static int uid() {
      try {
        Path probe = Path.of("/proc/self");
        if (Files.exists(probe)) {
          // Behind the link: the folder of the process.
          return (int) Files.getAttribute(probe, "unix:uid");
        }
        Path file = Files.createTempFile("ddb", ".uid");
        try {
          return FileFacts.of(file).uid;
        } finally {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("whose process this is cannot be found out", e);
      }
    }
  }
}
