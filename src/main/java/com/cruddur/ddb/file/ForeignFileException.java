package com.cruddur.ddb.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file or folder under a name of ddb's that another user has made, or may have made. */
public final class ForeignFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  ForeignFileException(Path file, String reason) {
    super(file.toString(), null, reason);
  }

  /** A sample: {@code /srv/.a.ddb-seed-1f2e3d4c is not used: it belongs to user 1001}. */
  @Override
  public String getMessage() {
    return getFile() + " is not used: " + getReason();
  }
}
