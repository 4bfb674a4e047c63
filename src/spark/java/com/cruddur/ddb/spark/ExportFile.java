package com.cruddur.ddb.spark;

import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.bulk.imports.ItemReader;
import com.cruddur.ddb.dynamo.check.Summary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A data file of an export, as a task is given it.
 *
 * @param number its place in the order of reading
 * @param items how many the manifest says it has; -1 when nothing says
 * @param md5 as {@link ImportSource.Part#md5}
 */
record ExportFile(int number, String name, long items, String md5) implements Serializable {
  /** As one machine shows of a whole export. */
  static final int SHOWN = 20;

  private static final Path NO_ION_LIBRARY = Path.of("");

  /**
   * What became of a file.
   *
   * @param unreadable how many lines were not read
   * @param told the first of them and what else must be known, a line each
   * @param failure why it could not be read at all; null when it could
   * @param denied whether that is for want of permission
   * @param counted what it holds; null where nobody asks
   */
  record Account(
      int number,
      long unreadable,
      List<String> told,
      String failure,
      boolean denied,
      Summary counted)
      implements Serializable {

    Account counted(Summary summary) {
      return new Account(number, unreadable, told, failure, denied, summary);
    }
  }

  /** The data files of an export, in the order of reading. */
  static List<ExportFile> of(ImportSource source) {
    List<ExportFile> files = new ArrayList<>();
    for (ImportSource.Part part : source.parts()) {
      files.add(new ExportFile(files.size(), part.input().name(), part.items(), part.md5()));
    }
    return files;
  }

  /**
   * Reads it. What another try would not change is part of the account.
   *
   * @throws UncheckedIOException for what another try may change
   */
  Account read(Configuration configuration, Consumer<Map<String, AttributeValue>> each) {
    List<String> told = new ArrayList<>();
    long[] unreadable = {0};
    ItemReader reader =
        new ItemReader(
            NO_ION_LIBRARY,
            each,
            reject -> {
              if (++unreadable[0] <= SHOWN) {
                told.add(
                    "not read " + reject.file() + ":" + reject.line() + ": " + reject.reason());
              }
            },
            told::add);
    try {
      ImportSource.Part part =
          new ImportSource.Part(HadoopPlace.input(name, configuration), items, md5);
      reader.read(ImportSource.of(part));
      return new Account(number, unreadable[0], told, null, false, null);
    } catch (IOException e) {
      return failed(e);
    } catch (UncheckedIOException e) {
      return failed(e.getCause());
    } catch (IllegalStateException e) {
      // Lines of Ion under another name.
      return failed(name + ": " + e.getMessage(), false);
    }
  }

  private Account failed(IOException e) {
    if (e instanceof AccessDeniedException || e instanceof AccessControlException) {
      return failed(name + " may not be read: " + e.getMessage(), true);
    } else if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
      return failed(name + " cannot be opened: " + e.getMessage(), false);
    }
    throw new UncheckedIOException(e);
  }

  private Account failed(String failure, boolean denied) {
    return new Account(number, 0, List.of(), failure, denied, null);
  }
}
