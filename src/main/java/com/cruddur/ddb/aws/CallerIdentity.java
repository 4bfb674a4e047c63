package com.cruddur.ddb.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Who signs, as STS knows them.
 *
 * @param account twelve digits; null when STS does not say
 * @param arn such as {@code arn:aws:iam::123456789012:user/ops}; null when STS does not say
 * @param why why STS does not say; null when it does
 */
public record CallerIdentity(String account, String arn, String why) {

  /**
   * Asks STS; a refusal or an STS that cannot be reached is told, not thrown.
   *
   * @param region the one whose STS is asked; null for the profile's
   * @throws AwsSetupException when there are no credentials to ask with
   */
  public static CallerIdentity of(AwsAccess access, String region, Duration limit) {
    CredentialSource signs = access.credentials(region, limit);
    signs.resolveCredentials();
    String where = region == null ? access.profileRegion() : region;
    try (StsClient sts = access.client(StsClient.builder(), "sts", where, limit, signs)) {
      GetCallerIdentityResponse caller = sts.getCallerIdentity();
      return new CallerIdentity(caller.account(), caller.arn(), null);
    } catch (AwsServiceException e) {
      return new CallerIdentity(null, null, CredentialFailures.said(e));
    } catch (SdkException e) {
      NetworkFailure network = NetworkFailure.of(e);
      return new CallerIdentity(
          null,
          null,
          network == null ? CredentialFailures.of("STS", e).getMessage() : network.what());
    }
  }
}
