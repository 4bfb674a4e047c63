package com.cruddur.ddb.spark;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.check.CheckTotals;
import com.cruddur.ddb.dynamo.check.Checked;
import com.cruddur.ddb.dynamo.check.Finding;
import com.cruddur.ddb.output.Display;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.output.RecordPrinter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/** A file of findings, a line each as {@code ddb check -o ndjson} prints them. */
final class FindingsFile {
  private static final String BEGIN = "{\"severity\":";
  private static final FsPermission OWNER_ONLY = new FsPermission("600");

  private final FileSystem files;
  private final Path path;

  /**
   * A file that is made, or one of an earlier run that is replaced.
   *
   * @throws InvalidInputException when something else stands there
   */
  FindingsFile(String url, Configuration configuration) throws IOException {
    this.path = HadoopPlace.qualified(url, configuration);
    this.files = path.getFileSystem(configuration);
    // No files of checksums beside it.
    files.setWriteChecksum(false);
    if (files.exists(path) && !isOfEarlierRun()) {
      throw new InvalidInputException(
          url + " exists and holds no findings", "Name another file, or remove it.");
    }
  }

  private boolean isOfEarlierRun() throws IOException {
    FileStatus status = files.getFileStatus(path);
    if (!status.isFile() || status.getLen() == 0) {
      return status.isFile();
    }
    try (InputStream in = files.open(path)) {
      byte[] begin = in.readNBytes(BEGIN.length());
      return new String(begin, StandardCharsets.UTF_8).equals(BEGIN);
    }
  }

  /** Writes all findings, for their owner alone, under another name until they are complete. */
  void write(Iterator<Finding> findings, CheckTotals totals) throws IOException {
    Path part = path.suffix(".part");
    // One that stands there would keep its own mode.
    files.delete(part, false);
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                files.createFile(part).recursive().permission(OWNER_ONLY).build(),
                StandardCharsets.UTF_8))) {
      print(findings, totals, out);
    } catch (IOException | RuntimeException e) {
      files.delete(part, false);
      throw e;
    }
    files.delete(path, false);
    if (!files.rename(part, path)) {
      throw new IOException(part + " cannot be renamed to " + path);
    }
  }

  /** Prints findings, a line each. */
  static void print(Iterator<Finding> findings, CheckTotals totals, Writer out) {
    try (RecordPrinter printer =
        Printers.records(OutputFormat.NDJSON, out, List.of(), Display.PIPE)) {
      while (findings.hasNext()) {
        Checked checked = new Checked(findings.next(), null);
        totals.add(checked);
        printer.print(checked.fields());
      }
    }
  }
}
