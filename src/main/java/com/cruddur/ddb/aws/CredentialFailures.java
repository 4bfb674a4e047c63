package com.cruddur.ddb.aws;

import com.cruddur.ddb.aws.AwsSetupException.Kind;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** The one mapping of what keeps a source from giving credentials to its cause and cure. */
final class CredentialFailures {
  private static final String NAME_ONE =
      "Name a profile with --profile, or run 'aws configure' or 'aws sso login'.";

  /** Error codes of STS, and the cure of each. */
  private static final Map<String, String> CURES =
      Map.of(
          "AccessDenied",
          "Whoever assumes the role needs sts:AssumeRole on it, and the role must trust them.",
          "ExpiredToken",
          "The credentials that assume the role have expired: get new ones.",
          "ExpiredTokenException",
          "The token has expired: have it renewed by what writes its file.",
          "InvalidIdentityToken",
          "Check the token's file, and the identity provider that the role trusts.",
          "IDPRejectedClaim",
          "Check the token's file, and the identity provider that the role trusts.",
          "InvalidClientTokenId",
          "The key that assumes the role is not known: check it, or make a new one.",
          "SignatureDoesNotMatch",
          "The secret key does not belong to the key id: check both.",
          "RegionDisabledException",
          "Have STS turned on in that region, or name another with --region.");

  private CredentialFailures() {}

  /**
   * What a failure means.
   *
   * @param words what the source is called
   */
  static AwsSetupException of(String words, Throwable failure) {
    NetworkFailure network = NetworkFailure.of(failure);
    if (failure instanceof HostNames.UnansweredException u) {
      String what = network == null ? String.valueOf(u.getCause().getMessage()) : network.what();
      return failed(words + ": " + u.host() + ": " + what, hint(network), failure);
    } else if (failure instanceof AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
      String cure = CURES.get(code == null ? "" : code);
      return failed(
          words + ": " + service(e) + " refuses: " + said(e),
          cure == null ? "Check the profile." : cure,
          failure);
    } else if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return failed(words + ": no answer in time", "Check the network.", failure);
    }
    String what = network == null ? firstLine(failure) : network.what();
    return failed("no credentials: " + words + ": " + what, NAME_ONE, failure);
  }

  /** The SDK says Sts. */
  private static String service(AwsServiceException e) {
    return e.awsErrorDetails().serviceName().toUpperCase(Locale.ROOT);
  }

  private static String hint(NetworkFailure network) {
    return network == null || network.hint() == null
        ? "Check the network and the region."
        : network.hint();
  }

  /** No place has credentials. */
  static AwsSetupException nobody(String why) {
    return failed(
        "no credentials: no keys in the environment, no profile, and " + why, NAME_ONE, null);
  }

  private static AwsSetupException failed(String message, String hint, Throwable cause) {
    return new AwsSetupException(Kind.CREDENTIALS, message, hint, cause);
  }

  /** The service's own words: one line, with the name of the error. */
  static String said(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    String text = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    String line = text == null ? "" : text.lines().findFirst().orElse("");
    return code == null
        ? (line.isEmpty() ? "HTTP status " + e.statusCode() : line)
        : line.isEmpty() ? code : line + " (" + code + ")";
  }

  private static String firstLine(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("");
  }
}
