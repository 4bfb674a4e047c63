package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.SeedInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A place on this machine's disk. */
record DiskPlace(Path path) implements ExportPlace {
  @Override
  public String name() {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public ExportPlace child(String name) {
    return new DiskPlace(path.resolve(name));
  }

  @Override
  public ExportPlace parent() {
    return new DiskPlace(path.resolveSibling(""));
  }

  @Override
  public boolean isFolder() {
    return Files.isDirectory(path);
  }

  @Override
  public boolean isLink() {
    return Files.isSymbolicLink(path);
  }

  @Override
  public boolean isPlainFile() {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public List<DiskPlace> children() throws IOException {
    if (!isFolder()) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.sorted().map(DiskPlace::new).toList();
    }
  }

  @Override
  public InputStream openPlain() throws IOException {
    return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public SeedInput input() {
    return SeedInput.file(path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
