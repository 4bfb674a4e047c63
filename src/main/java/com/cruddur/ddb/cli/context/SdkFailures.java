package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.HostNames;
import com.cruddur.ddb.aws.NetworkFailure;
import com.cruddur.ddb.dynamo.SdkMessages;
import com.cruddur.ddb.dynamo.Target;
import java.io.IOException;
import java.util.Set;
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

/** What exceptions of the AWS SDK mean: of the service, of the way there, of the setup here. */
final class SdkFailures {
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

  private SdkFailures() {}

  private static Failure noTable(Target target) {
    boolean local = target != null && target.kind() == Target.Kind.LOCAL;
    String region = target == null || local || target.region() == null ? "" : target.region();
    return new Failure(
        ExitCode.NOT_FOUND,
        Failure.NO_TABLE,
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

  static Failure of(SdkException e, Target target) {
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
          Failure.NOT_ALLOWED,
          place
              + ": the credentials have expired"
              + (said.isBlank() ? "" : ": " + SdkMessages.of(said)),
          "Get new ones: 'aws sso login', or renew AWS_SESSION_TOKEN.");
    } else if (code.equals("AccessDeniedException")) {
      return new Failure(ExitCode.UNREACHABLE, Failure.NOT_ALLOWED, message, missingAction(said));
    } else if (NOT_ALLOWED.contains(code)) {
      return new Failure(
          ExitCode.UNREACHABLE,
          Failure.NOT_ALLOWED,
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
}
