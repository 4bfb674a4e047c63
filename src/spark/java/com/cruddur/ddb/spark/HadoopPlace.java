package com.cruddur.ddb.spark;

import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.imports.ExportPlace;
import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.chat.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A place on a file system that the cluster brings, such as S3.
 *
 * @param status as it was listed; null when it was not
 */
record HadoopPlace(FileSystem files, Path path, FileStatus status) implements ExportPlace {

  /**
   * The export at a path or url. What is on this machine's disk is read as ddb reads it, with its
   * guard against links.
   */
  static ImportSource source(String url, Configuration configuration) throws IOException {
    Path path = qualified(url, configuration);
    if (isLocal(path)) {
      java.nio.file.Path local = local(path);
      if (!Files.exists(local)) {
        throw new FileNotFoundException(url);
      }
      return ImportSource.at(local);
    }
    FileSystem files = path.getFileSystem(configuration);
    return ImportSource.at(new HadoopPlace(files, path, files.getFileStatus(path)));
  }

  /**
   * A data file of an export, by the name that its source gave it: one without a scheme is on this
   * machine's disk, whatever the cluster's own file system is.
   */
  static SeedInput input(String name, Configuration configuration) throws IOException {
    Path path = new Path(name);
    return path.toUri().getScheme() == null || isLocal(path)
        ? SeedInput.file(local(path))
        : new HadoopPlace(path.getFileSystem(configuration), path, null).input();
  }

  /**
   * A path without a scheme is one of the cluster's own file system.
   *
   * @throws InvalidInputException when it is not a path
   */
  static Path qualified(String url, Configuration configuration) throws IOException {
    Path path;
    try {
      path = new Path(url);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "'" + url + "' is not a path or a url", "Give one such as s3a://bucket/folder.");
    }
    return path.toUri().getScheme() == null
        ? FileSystem.get(configuration).makeQualified(path)
        : path;
  }

  static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  @Override
  public String name() {
    return path.getName();
  }

  @Override
  public ExportPlace child(String name) {
    // A manifest may name no file.
    return name.isEmpty()
        ? this
        : new HadoopPlace(files, new Path(path, new Path(null, null, name)), null);
  }

  @Override
  public ExportPlace parent() {
    Path parent = path.getParent();
    return new HadoopPlace(files, parent == null ? path : parent, null);
  }

  private FileStatus known() throws IOException {
    try {
      return status == null ? files.getFileStatus(path) : status;
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  @Override
  public boolean isFolder() throws IOException {
    FileStatus known = known();
    return known != null && known.isDirectory();
  }

  @Override
  public boolean isLink() throws IOException {
    FileStatus known = known();
    return known != null && known.isSymlink();
  }

  @Override
  public boolean isPlainFile() throws IOException {
    FileStatus known = known();
    return known != null && known.isFile();
  }

  @Override
  public List<HadoopPlace> children() throws IOException {
    if (!isFolder()) {
      return List.of();
    }
    return Arrays.stream(files.listStatus(path))
        .map(child -> new HadoopPlace(files, child.getPath(), child))
        .sorted(Comparator.comparing(HadoopPlace::name))
        .toList();
  }

  @Override
  public InputStream openPlain() throws IOException {
    return files.open(path);
  }

  @Override
  public SeedInput input() {
    return new SeedInput(path.toString(), () -> files.open(path), true);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
