package com.cruddur.ddb.dynamo;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs nothing, in the form of a signature: for a server that shares no secret with us, and reads
 * of a signature the key's name and the region. To hash what is sent was a third of the work of
 * sending it.
 */
final class FixedSignature
    implements AuthScheme<AwsCredentialsIdentity>, HttpSigner<AwsCredentialsIdentity> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE = 8;

  @Override
  public String schemeId() {
    return AwsV4AuthScheme.SCHEME_ID;
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return providers.identityProvider(AwsCredentialsIdentity.class);
  }

  @Override
  public HttpSigner<AwsCredentialsIdentity> signer() {
    return this;
  }

  // AWS4-HMAC-SHA256 Credential=local/20260320/us-east-1/dynamodb/aws4_request,
  // SignedHeaders=host;x-amz-date, Signature=0000...
  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
    String time = TIME.format(request.requireProperty(SIGNING_CLOCK, Clock.systemUTC()).instant());
    String authorization =
        "AWS4-HMAC-SHA256 Credential="
            + String.join(
                "/",
                request.identity().accessKeyId(),
                time.substring(0, DATE),
                request.requireProperty(AwsV4HttpSigner.REGION_NAME),
                request.requireProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME),
                "aws4_request")
            + ", SignedHeaders=host;x-amz-date, Signature="
            + "0".repeat(64);
    SdkHttpRequest signed =
        request.request().toBuilder()
            .putHeader("X-Amz-Date", time)
            .putHeader("Authorization", authorization)
            .build();
    return SignedRequest.builder().request(signed).payload(request.payload().orElse(null)).build();
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
    throw new UnsupportedOperationException("clients here are synchronous");
  }
}
