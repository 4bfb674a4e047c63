package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders that stand in for buckets: {@code s3://BUCKET/KEY} is the file KEY of the folder BUCKET.
 * As on S3 a bucket has to be there before anything is put into it.
 */
final class Buckets {
  private static final String NAME = "^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$";

  private final Path root;

  Buckets(Path root) {
    this.root = root;
  }

  /** What AWS's model says of a bucket's name. */
  static Shape name() {
    return Shape.string().size(0, 255).pattern(NAME).required();
  }

  /** The file of a key; its folder need not be there. */
  Path file(String bucket, String key) {
    Path folder = folder(bucket);
    try {
      Path file = folder.resolve(key).normalize();
      if (file.startsWith(folder) && !file.equals(folder)) {
        return file;
      }
    } catch (InvalidPathException notOfAnyFile) {
      // Refused below, as what leads out of the folder.
    }
    throw EngineException.validation("The key %s does not name a file of a bucket", key);
  }

  private Path folder(String bucket) {
    if (!bucket.matches(NAME)) {
      throw EngineException.validation("The specified bucket is not valid: %s", bucket);
    }
    return root.resolve(bucket);
  }

  /** Refuses a bucket that is not there, as a job meets it. */
  void require(String bucket) {
    Path folder = folder(bucket);
    if (!Files.isDirectory(folder)) {
      throw new EngineException(
          "S3NoSuchBucket",
          "The specified bucket does not exist; on this machine it is the folder %s",
          folder);
    }
  }

  /** Why a file of a bucket could not be read or written. */
  static EngineException refused(IOException failure) {
    Throwable cause = failure instanceof FileSystemException ? failure : failure.getCause();
    String why =
        cause instanceof AccessDeniedException
            ? "Access Denied: " + cause.getMessage()
            : String.valueOf(failure.getMessage());
    return new EngineException(
        cause instanceof AccessDeniedException ? "S3AccessDenied" : "S3Error", why);
  }

  /** The files whose keys begin so, in order. */
  List<Path> files(String bucket, String prefix) throws IOException {
    Path folder = folder(bucket);
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> folder.relativize(file).toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }
}
