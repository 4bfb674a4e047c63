package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsSetupException;
import com.cruddur.ddb.aws.HostNames;
import com.cruddur.ddb.aws.NetworkFailure;
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
import com.cruddur.ddb.dynamo.SdkMessages;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.file.ForeignFileException;
import com.cruddur.ddb.local.LocalStackException;
import com.cruddur.ddb.output.BrokenPipeException;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The one mapping of exceptions to an error line, a hint and an exit code. */
public final class Failures {
  private static final String NO_TABLE = "table_not_found";
  private static final String NOT_ALLOWED_CODE = "not_allowed";

  /** AWS's words, such as: is not authorized to perform: dynamodb:Query on resource: …. */
  private static final Pattern ACTION = Pattern.compile("perform: ([a-z]+:[A-Za-z]+)");

  private static final Set<String> NOT_ALLOWED =
      Set.of(
          "AccessDeniedException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "UnrecognizedClientException");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredTokenException", "ExpiredToken", "RequestExpired");

  private static final Set<String> FROM_OUTSIDE = Set.of("service", "throttled", "not_ready", "io");

  private Failures() {}

  /** An error as it is told: the exit code, a stable name, the cause, and the cure or null. */
  public record Failure(int exitCode, String code, String message, String hint) {
    public void tell(Notices notices, OutputFormat format) {
      notices.error(format, code, message, hint);
    }

    /** With the account that was looked in, if it is about a table that is not there. */
    public Failure inAccount(Supplier<String> account) {
      return code.equals(NO_TABLE)
          ? new Failure(exitCode, code, message + " in " + account.get(), hint)
          : this;
    }

    /** For the command that failed, such as {@code cache get}. */
    public Failure of(String command) {
      return hint == null || !code.equals(NOT_ALLOWED_CODE)
          ? this
          : new Failure(exitCode, code, message, hint.replace("COMMAND", command));
    }

    /** With a sentence on what a failure of the service or the network has left; null for none. */
    public Failure withRest(String sentence) {
      boolean outside = exitCode == ExitCode.UNREACHABLE || FROM_OUTSIDE.contains(code);
      return sentence == null || !outside
          ? this
          : new Failure(exitCode, code, message, hint == null ? sentence : hint + " " + sentence);
    }
  }

  /** What an exception means; target is null while it is not known. */
  public static Failure of(Throwable e, Target target) {
    if (e instanceof CommandException c) {
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
      return of(s, target);
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
      return new Failure(ExitCode.FAILED, "io", ioMessage(e), null);
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

  /** A command was stopped that can go on from where it was, clean or not. */
  public static Failure stopped() {
    return interrupted("interrupted; run the same command again to go on");
  }

  private static Failure interrupted(String message) {
    return new Failure(ExitCode.INTERRUPTED, "interrupted", message, null);
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

  private static Failure noTable(Target target) {
    boolean local = target != null && target.kind() == Target.Kind.LOCAL;
    String region = target == null || local || target.region() == null ? "" : target.region();
    return new Failure(
        ExitCode.NOT_FOUND,
        NO_TABLE,
        (target == null ? "DynamoDB: table" : target.describe() + ": table " + target.table())
            + " does not exist"
            + (region.isEmpty() || target.describe().contains(" in " + region)
                ? ""
                : " in region " + region),
        target != null && target.isProd()
            ? "Check --table, --region and --profile: 'ddb list-tables' shows what is there, 'ddb"
                + " doctor' looks in other regions; 'ddb schema-load' makes a new one."
            : "Make it with 'ddb schema-load', which waits if it is being made; 'ddb list-tables'"
                + " shows what is there"
                + (local ? "." : "; 'ddb doctor' looks in other regions."));
  }

  private static Failure of(SdkException e, Target target) {
    String place = target == null ? "DynamoDB" : target.describe();
    if (e instanceof ResourceNotFoundException) {
      return noTable(target);
    } else if (e instanceof DynamoDbException d) {
      return ofService(d, place, target);
    } else if (e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException) {
      return unreachable(place + ": no answer in time", null, target);
    } else if (e instanceof SdkClientException) {
      return ofClient(e, place, target);
    }
    return new Failure(ExitCode.FAILED, "service", place + ": " + SdkMessages.of(e), null);
  }

  private static Failure ofService(DynamoDbException e, String place, Target target) {
    AwsErrorDetails details = e.awsErrorDetails();
    // What is no DynamoDB gives neither.
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String said = details == null || details.errorMessage() == null ? "" : details.errorMessage();
    String cause = said.isBlank() ? code : SdkMessages.of(said);
    String message = place + ": " + (cause.isEmpty() ? "HTTP status " + e.statusCode() : cause);
    if (EXPIRED.contains(code)) {
      return new Failure(
          ExitCode.UNREACHABLE,
          "not_allowed",
          place
              + ": the credentials have expired"
              + (said.isBlank() ? "" : ": " + SdkMessages.of(said)),
          "Get new ones: 'aws sso login', or renew AWS_SESSION_TOKEN.");
    } else if (code.equals("AccessDeniedException")) {
      return new Failure(ExitCode.UNREACHABLE, NOT_ALLOWED_CODE, message, missingAction(said));
    } else if (NOT_ALLOWED.contains(code)) {
      return new Failure(
          ExitCode.UNREACHABLE,
          "not_allowed",
          message,
          "Check the credentials: 'aws sts get-caller-identity', --profile, AWS_ACCESS_KEY_ID.");
    }
    if (code.isEmpty()) {
      return new Failure(
          ExitCode.FAILED,
          "service",
          message,
          target != null && target.kind() == Target.Kind.LOCAL
              ? "Another program answers there: stop it, or set DDB_LOCAL_PORT to another port."
              : "Is it DynamoDB that answers there?");
    } else if (e.isThrottlingException()) {
      return new Failure(
          ExitCode.FAILED, "throttled", message, "The table is throttled: try again later.");
    } else if (e instanceof ResourceInUseException || said.contains("backfilling")) {
      return new Failure(
          ExitCode.FAILED, "not_ready", message, "'ddb schema-load' waits until it is ACTIVE.");
    }
    return new Failure(ExitCode.FAILED, "service", message + requestId(e), null);
  }

  private static String missingAction(String said) {
    Matcher action = ACTION.matcher(said);
    return (action.find() ? action.group(1) + " is missing: " : "")
        + "'ddb policy COMMAND' prints all that the command needs.";
  }

  /** What AWS's support asks for when the service itself failed; another try has another one. */
  private static String requestId(DynamoDbException e) {
    return e.statusCode() < 500 || e.requestId() == null || e.requestId().isBlank()
        ? ""
        : " (request id " + e.requestId() + ")";
  }

  private static Failure ofClient(SdkException e, String place, Target target) {
    NetworkFailure network = NetworkFailure.of(e);
    if (network != null) {
      return unreachable(where(e, place) + ": " + network.what(), network.hint(), target);
    } else if (e.getCause() instanceof IOException io) {
      return unreachable(where(e, place) + ": " + SdkMessages.of(io), null, target);
    }
    String said = String.valueOf(e.getMessage());
    if (said.contains("credentials")) {
      return new Failure(
          ExitCode.UNREACHABLE,
          "no_credentials",
          place + ": no usable credentials",
          "Run 'aws configure' or 'aws sso login', or name a profile with --profile.");
    } else if (said.contains("region")) {
      return new Failure(
          ExitCode.UNREACHABLE,
          "no_region",
          place + ": no region",
          "Name one with --region, AWS_REGION or the profile.");
    }
    return new Failure(ExitCode.UNREACHABLE, "client", place + ": " + SdkMessages.of(e), null);
  }

  /** The place, and the host where that does not name it. */
  private static String where(SdkException e, String place) {
    String host = e instanceof HostNames.UnansweredException u ? u.host() : "";
    return host.isEmpty() || place.contains(host) ? place : place + ": " + host;
  }

  private static Failure unreachable(String message, String hint, Target target) {
    boolean aws = target != null && target.kind() == Target.Kind.PROD;
    return new Failure(
        ExitCode.UNREACHABLE,
        "unreachable",
        message,
        hint != null
            ? hint
            : aws
                ? "Check the network and the region."
                : target != null && target.kind() == Target.Kind.LOCAL
                    ? "See 'ddb local status'; 'ddb local start' starts the local stack."
                    : "Check --endpoint-url and AWS_ENDPOINT_URL, or leave them out to use the local"
                        + " stack.");
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
    return type + ": " + cause.getMessage();
  }
}
