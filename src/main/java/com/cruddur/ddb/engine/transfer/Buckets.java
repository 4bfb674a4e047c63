package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders that stand in for buckets: {@code s3://BUCKET/KEY} is the file KEY of the folder BUCKET.
 */
final class Buckets {
  private static final String NAME = "[a-z0-9A-Z]+[.\\-\\w]*[a-z0-9A-Z]+";

  private final Path root;

  Buckets(Path root) {
    this.root = root;
  }

  /** The file of a key; its folder need not be there. */
  Path file(String bucket, String key) {
    Path folder = folder(bucket);
    Path file = folder.resolve(key).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw EngineException.validation("The key " + key + " does not name a file of a bucket");
    }
    return file;
  }

  private Path folder(String bucket) {
    if (!bucket.matches(NAME)) {
      throw EngineException.validation("The specified bucket is not valid: " + bucket);
    }
    return root.resolve(bucket);
  }

  boolean exists(String bucket) {
    return Files.isDirectory(folder(bucket));
  }

  /** The files whose keys begin so, in order. */
  List<Path> files(String bucket, String prefix) throws IOException {
    Path folder = folder(bucket);
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> folder.relativize(file).toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
