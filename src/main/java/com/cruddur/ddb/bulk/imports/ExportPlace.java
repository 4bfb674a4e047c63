package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.SeedInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A file or folder of an export, on this machine's disk or on another file system. */
public interface ExportPlace {
  /** The last part of its path. */
  String name();

  /** What stands, or may stand, under a name in this folder. */
  ExportPlace child(String name);

  /** The folder that holds it. */
  ExportPlace parent();

  /** Whether it is a folder; of a link, what it leads to. */
  boolean isFolder() throws IOException;

  /** Whether it is a link, which may lead out of the export. */
  boolean isLink() throws IOException;

  /** Whether it is a file, and neither a link nor a pipe. */
  boolean isPlainFile() throws IOException;

  /** What stands in this folder, by name; nothing when it is none. */
  List<? extends ExportPlace> children() throws IOException;

  /** Opens a plain file, and no link that has taken its place. */
  InputStream openPlain() throws IOException;

  /** What a file holds; a link or a pipe is followed. */
  SeedInput input();

  /** The whole path, for messages. */
  @Override
  String toString();
}
