package com.cruddur.ddb.aws;

import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * One way to credentials, and what it is called.
 *
 * @param words such as {@code profile ops: role arn:aws:iam::123456789012:role/ops}
 */
public record CredentialSource(String words, AwsCredentialsProvider provider)
    implements AwsCredentialsProvider {
  private static final Pattern SENDABLE = Pattern.compile("[!-~]*");

  /**
   * Credentials of this source alone.
   *
   * @throws AwsSetupException when there are none, naming the source and what it said
   */
  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return requireSendable(provider.resolveCredentials());
    } catch (AwsSetupException e) {
      throw e;
    } catch (RuntimeException e) {
      throw CredentialFailures.of(words, e);
    }
  }

  /** Refuses what no header can hold, without telling it. */
  private AwsCredentials requireSendable(AwsCredentials found) {
    String token = found instanceof AwsSessionCredentials session ? session.sessionToken() : "";
    String part =
        !SENDABLE.matcher(found.accessKeyId()).matches()
            ? "key id"
            : !SENDABLE.matcher(found.secretAccessKey()).matches()
                ? "secret key"
                : !SENDABLE.matcher(token).matches() ? "session token" : null;
    if (part != null) {
      throw AwsSetupException.credentials(
          words
              + ": the "
              + part
              + " holds a blank, a line end or another character that no key has",
          "Copy it again, in one line.");
    }
    return found;
  }
}
