package com.cruddur.ddb.spark;

import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.spark.ExportFile.Account;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What both commands do: start the application, find the files, tell what became of them. */
final class SparkRun {
  private static final Pattern ION = Pattern.compile(".*\\.ion(\\.gz)?");

  @Parameters(
      paramLabel = "EXPORT",
      description = "The export: a folder, or a file, on this machine, HDFS or S3 (s3a://…).")
  private String export;

  @Option(names = "--verbose", description = "Leave Spark's log as it is set up.")
  private boolean verbose;

  /** Does the work of a command, and prints what it found. */
  interface Work {
    /** Whether all is well. */
    boolean run(SparkExport export, Configuration configuration) throws IOException;
  }

  String export() {
    return export;
  }

  /** Returns the exit code. */
  int run(String name, PrintWriter err, Work work) throws IOException {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName(name))) {
      if (!verbose) {
        spark.setLogLevel("ERROR");
      }
      Configuration configuration = spark.hadoopConfiguration();
      SparkExport files = new SparkExport(spark, files(configuration));
      boolean well = work.run(files, configuration);
      return well ? 0 : SparkFailure.FINDINGS;
    } catch (UnreadableException e) {
      SparkFailure.line(err, e.getMessage(), "Run it again once the file can be read.");
      return e.denied ? SparkFailure.UNREACHABLE : SparkFailure.FAILED;
    }
  }

  private List<ExportFile> files(Configuration configuration) throws IOException {
    ImportSource source;
    try {
      source = HadoopPlace.source(export, configuration);
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          export + " does not exist", "Name a folder or a file of an export.");
    }
    source.requireFull();
    for (String name : source.names()) {
      if (ION.matcher(name).matches()) {
        throw new InvalidInputException(
            name + " is Ion, which is not read on Spark",
            "Export in DynamoDB JSON; 'ddb check --from-export', on one machine, reads Ion.");
      }
    }
    return ExportFile.of(source);
  }

  /** A file could not be read at all. */
  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean denied;

    UnreadableException(Account account) {
      super(account.failure());
      this.denied = account.denied();
    }
  }

  /**
   * Tells what could not be read.
   *
   * @return how many lines that are
   */
  static long tell(SparkExport export, PrintWriter err) {
    long unreadable = 0;
    int told = 0;
    for (Account account : export.accounts()) {
      if (account.failure() != null) {
        throw new UnreadableException(account);
      }
      unreadable += account.unreadable();
      for (String line : account.told()) {
        if (told++ < ExportFile.SHOWN) {
          Printers.line(err, "warning: " + line);
        }
      }
    }
    if (unreadable > ExportFile.SHOWN) {
      Printers.line(err, "warning: " + (unreadable - ExportFile.SHOWN) + " more could not be read");
    }
    return unreadable;
  }
}
