package com.cruddur.ddb.local;

import com.cruddur.ddb.file.ForeignFileException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The embedded stack cannot do what was asked. The message is one line that names the cause, the
 * hint one line that names the cure; both are meant for the user as they are.
 */
public final class LocalStackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String hint;

  LocalStackException(String message, String hint) {
    this(message, hint, null);
  }

  LocalStackException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }

  /** A directory that the stack needs and cannot use. */
  static LocalStackException unusable(Path directory, String cure, Exception cause) {
    return new LocalStackException(
        "Cannot write to " + directory + ": " + reason(cause) + ".", cure, cause);
  }

  /** Somebody was shown what is not there any more. */
  static LocalStackException otherData() {
    return new LocalStackException(
        "The local stack was started or stopped meanwhile, with other data.", "Run it again.");
  }

  /** A port that somebody else listens on. */
  static LocalStackException portTaken(int port, String option, String variable) {
    return new LocalStackException(
        "Port " + port + " is taken by another program" + PortOwner.of(port) + ".",
        "Stop that program, or choose another port with " + option + " or " + variable + ".");
  }

  private static String reason(Exception cause) {
    if (cause instanceof FileSystemException failure) {
      if (failure instanceof AccessDeniedException) {
        return "permission denied";
      }
      if (failure instanceof FileAlreadyExistsException) {
        return failure.getFile() + " is not a directory";
      }
      if (failure instanceof NoSuchFileException) {
        return failure.getFile() + " cannot be created";
      }
      if (failure instanceof ForeignFileException) {
        return failure.getMessage();
      }
      return failure.getReason() == null ? failure.getMessage() : failure.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
