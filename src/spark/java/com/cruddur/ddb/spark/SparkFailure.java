package com.cruddur.ddb.spark;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.output.Printers;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Why the application failed, in a line, and its exit code. */
final class SparkFailure {
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int FINDINGS = 5;
  static final int UNREACHABLE = 6;

  private SparkFailure() {}

  /** Tells it and returns the exit code. */
  static int tell(Throwable thrown, PrintWriter err) {
    for (Throwable cause : causes(thrown)) {
      if (cause instanceof InvalidInputException invalid) {
        line(err, invalid.getMessage(), invalid.hint());
        return USAGE;
      } else if (cause instanceof FileNotFoundException) {
        line(err, "not found: " + text(cause), "Name a folder or a file that exists.");
        return USAGE;
      } else if (isOfNoFileSystem(cause)) {
        line(
            err,
            text(cause),
            "Bring the file system; for s3a:// start with --packages"
                + " org.apache.hadoop:hadoop-aws:VERSION, of the version of Spark's Hadoop.");
        return USAGE;
      } else if (cause instanceof AccessDeniedException
          || cause instanceof AccessControlException) {
        line(err, text(cause), "Grant reading of the export to whoever runs the application.");
        return UNREACHABLE;
      } else if (cause instanceof UnknownHostException
          || cause instanceof ConnectException
          || cause instanceof NoRouteToHostException) {
        line(err, text(cause), "Check the export's url, its region and the network.");
        return UNREACHABLE;
      }
    }
    List<Throwable> causes = causes(thrown);
    line(err, text(causes.get(causes.size() - 1)), "Spark's log says where; run it again.");
    return FAILED;
  }

  private static boolean isOfNoFileSystem(Throwable cause) {
    return cause instanceof UnsupportedFileSystemException
        || (cause instanceof ClassNotFoundException
            && String.valueOf(cause.getMessage()).contains("FileSystem"));
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = thrown; t != null && !causes.contains(t); t = t.getCause()) {
      causes.add(t);
    }
    return causes;
  }

  /** What Spark makes of a failure has the trace behind its first line. */
  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }

  /** As ddb tells an error. */
  static void line(PrintWriter err, String cause, String hint) {
    Printers.line(err, "ddb: " + cause);
    if (hint != null) {
      Printers.line(err, "  hint: " + hint);
    }
  }
}
