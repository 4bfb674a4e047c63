package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsSetupException;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.cache.CacheException;
import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.chat.ChatException;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.MessageExistsException;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.NotParticipantException;
import com.cruddur.ddb.chat.RowRefusedException;
import com.cruddur.ddb.chat.RowsBehindException;
import com.cruddur.ddb.dynamo.ProductionException;
import com.cruddur.ddb.dynamo.RepeatedPageException;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.file.ForeignFileException;
import com.cruddur.ddb.local.LocalStackException;
import com.cruddur.ddb.output.BrokenPipeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one mapping of exceptions to an error line, a hint and an exit code. */
public final class Failures {
  /** So many causes are looked at; some lead back to themselves. */
  private static final int DEEPEST = 20;

  private Failures() {}

  /** What an exception means; target is null while it is not known. */
  public static Failure of(Throwable e, Target target) {
    OutOfMemoryError memory = outOfMemory(e);
    if (memory != null) {
      return of(memory);
    } else if (e instanceof CommandException c) {
      return new Failure(c.exitCode(), c.code(), c.getMessage(), c.hint());
    } else if (e instanceof RowsBehindException r) {
      String message = r.getMessage() + ": " + of(r.getCause(), target).message();
      // What the network or the service failed at may work in a minute; a row that is refused not.
      boolean finding = r.getCause() instanceof ChatException;
      int exitCode = finding ? ExitCode.FINDINGS : ExitCode.FAILED;
      return new Failure(exitCode, "rows_behind", message, r.hint());
    } else if (e instanceof ChatException c) {
      return of(c);
    } else if (e instanceof LocalStackException l) {
      return new Failure(ExitCode.FAILED, "local_stack", l.getMessage(), l.hint());
    } else if (e instanceof CacheException c) {
      return of(c);
    } else if (e instanceof BrokenPipeException) {
      return new Failure(ExitCode.DONE, "broken_pipe", null, null);
    } else if (e instanceof AwsSetupException a) {
      return of(a, target);
    } else if (e instanceof RepeatedPageException) {
      return new Failure(
          ExitCode.FAILED,
          "service",
          (target == null ? "DynamoDB" : target.describe()) + ": " + e.getMessage(),
          "DynamoDB never does that. Is it DynamoDB that answers there?");
    } else if (e instanceof ProductionException p) {
      return of(p, target);
    } else if (e instanceof SdkException s) {
      return SdkFailures.of(s, target);
    } else if (e instanceof InvalidPathException p) {
      return new Failure(
          ExitCode.USAGE,
          "usage",
          "'" + p.getInput() + "' cannot be the name of a file: " + p.getReason(),
          "Name a file or a folder.");
    } else if (causeOf(e) instanceof ForeignFileException f) {
      return new Failure(
          ExitCode.FAILED,
          "foreign_file",
          f.getMessage(),
          "If it may go, remove it; else work in a folder that only you may write.");
    } else if (e instanceof UncheckedIOException || e instanceof IOException) {
      boolean folder = String.valueOf(e.getMessage()).endsWith("Is a directory");
      return new Failure(
          ExitCode.FAILED,
          "io",
          folder ? "what is to be read is a folder" : ioMessage(e),
          folder ? "Give a file or a pipe." : null);
    }
    return new Failure(
        ExitCode.FAILED,
        "internal",
        "unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage(),
        "This is a fault of ddb; run it again with -v and report what it prints.");
  }

  /** What an exception means after Ctrl-C: nothing new, unless the domain has something to say. */
  public static Failure interrupted(Throwable e) {
    return e instanceof StoppedException
        ? stopped()
        : interrupted(e instanceof ChatException ? e.getMessage() : "interrupted");
  }

  /** A command was stopped that has changed nothing. */
  public static Failure interrupted() {
    return interrupted("interrupted");
  }

  /** A command was stopped that can go on from where it was, clean or not. */
  public static Failure stopped() {
    return interrupted("interrupted; run the same command again to go on");
  }

  private static Failure interrupted(String message) {
    return new Failure(ExitCode.INTERRUPTED, "interrupted", message, null);
  }

  /** Also where a thread of a pool met it; null where it is none of it. */
  private static OutOfMemoryError outOfMemory(Throwable e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof OutOfMemoryError memory) {
        return memory;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static Failure of(OutOfMemoryError e) {
    if (String.valueOf(e.getMessage()).contains("native thread")) {
      return new Failure(
          ExitCode.FAILED,
          "out_of_memory",
          "the system lets ddb start no further thread",
          "Raise the limit of processes, of the user (ulimit -u) or of the container.");
    }
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return new Failure(
        ExitCode.FAILED,
        "out_of_memory",
        "the heap of " + megabytes + " MB is too small for this: " + e.getMessage(),
        "Give it more: DDB_JAVA_OPTS=-Xmx" + 2 * megabytes + "m, and the same command again.");
  }

  private static Failure of(ChatException e) {
    if (e instanceof InvalidInputException) {
      return new Failure(ExitCode.USAGE, "invalid_input", e.getMessage(), e.hint());
    } else if (e instanceof NotFoundException) {
      return new Failure(ExitCode.NOT_FOUND, "not_found", e.getMessage(), e.hint());
    } else if (e instanceof NotParticipantException) {
      return new Failure(ExitCode.FAILED, "not_participant", e.getMessage(), e.hint());
    } else if (e instanceof RowRefusedException) {
      return new Failure(ExitCode.FAILED, "row_refused", e.getMessage(), e.hint());
    } else if (e instanceof MessageExistsException) {
      return new Failure(ExitCode.FAILED, "message_exists", e.getMessage(), e.hint());
    } else if (e instanceof BusyException) {
      return new Failure(ExitCode.FAILED, "busy", e.getMessage(), e.hint());
    }
    throw new IllegalStateException(e);
  }

  private static Failure of(CacheException e) {
    return switch (e.kind()) {
      case NO_KEY -> failure(ExitCode.UNREACHABLE, "no_credentials", e);
      case NOT_ALLOWED -> failure(ExitCode.UNREACHABLE, "not_allowed", e);
      case UNREACHABLE -> failure(ExitCode.UNREACHABLE, "unreachable", e);
      case NO_CACHE -> failure(ExitCode.NOT_FOUND, "cache_not_found", e);
      case LIMIT -> failure(ExitCode.FAILED, "limit", e);
      case INVALID -> failure(ExitCode.USAGE, "invalid_input", e);
      case REFUSED -> failure(ExitCode.REFUSED, "refused", e);
      case FAILED -> failure(ExitCode.FAILED, "service", e);
    };
  }

  private static Failure failure(int exitCode, String code, CacheException e) {
    return new Failure(exitCode, code, e.getMessage(), e.hint());
  }

  private static Failure of(AwsSetupException e, Target target) {
    String code =
        switch (e.kind()) {
          case CREDENTIALS -> "no_credentials";
          case REGION -> "no_region";
          case SETTING -> "setup";
        };
    String place = target == null ? "" : target.describe() + ": ";
    return new Failure(ExitCode.UNREACHABLE, code, place + e.getMessage(), e.hint());
  }

  private static Failure of(ProductionException e, Target target) {
    String why =
        e.account().isEmpty()
            ? "whose table " + e.table() + " is cannot be told, so it counts as production"
            : "table " + e.table() + " is in account " + e.account() + ", which is production";
    return new Failure(
        ExitCode.REFUSED,
        "refused",
        (target == null ? "DynamoDB" : target.describe()) + ": " + why,
        "Nothing was written. Add --prod to write there, or, if the account is for tests, name it"
            + " in DDB_LOCAL_ACCOUNTS.");
  }

  private static Throwable causeOf(Throwable e) {
    return e instanceof UncheckedIOException ? e.getCause() : e;
  }

  private static String ioMessage(Throwable e) {
    Throwable cause = causeOf(e);
    if (cause instanceof AccessDeniedException a) {
      return a.getFile() + ": permission denied";
    } else if (cause instanceof NoSuchFileException n) {
      return n.getFile() + " does not exist";
    } else if (cause instanceof FileSystemException) {
      return cause.getMessage();
    }
    String type = cause.getClass().getSimpleName().replaceAll("Exception$", "");
    return (type.equals("IO") ? "" : type + ": ") + cause.getMessage();
  }
}
