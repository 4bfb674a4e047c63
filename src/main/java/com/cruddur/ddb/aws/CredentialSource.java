package com.cruddur.ddb.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * One way to credentials, and what it is called.
 *
 * @param words such as {@code profile ops: role arn:aws:iam::123456789012:role/ops}
 */
public record CredentialSource(String words, AwsCredentialsProvider provider)
    implements AwsCredentialsProvider {

  /**
   * Credentials of this source alone.
   *
   * @throws AwsSetupException when there are none, naming the source and what it said
   */
  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider.resolveCredentials();
    } catch (AwsSetupException e) {
      throw e;
    } catch (RuntimeException e) {
      throw CredentialFailures.of(words, e);
    }
  }
}
