package com.cruddur.ddb.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/** The credentials of one profile, or an error that names it; never those of anybody else. */
final class NamedProfile implements AwsCredentialsProvider {
  private final String name;
  private final Supplier<ProfileFile> files;
  private ProfileCredentialsProvider provider;

  NamedProfile(String name, Supplier<ProfileFile> files) {
    this.name = name;
    this.files = files;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider().resolveCredentials();
    } catch (CredentialsException e) {
      throw e;
    } catch (RuntimeException e) {
      String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new CredentialsException(
          "profile " + name + ": " + said.lines().findFirst().orElse(""),
          "See 'aws sts get-caller-identity --profile " + name + "'.",
          e);
    }
  }

  private synchronized ProfileCredentialsProvider provider() {
    if (provider == null) {
      ProfileFile all = files.get();
      if (all.profile(name).isEmpty()) {
        throw new CredentialsException(
            "profile " + name + " does not exist",
            "'aws configure list-profiles' lists them.",
            null);
      }
      provider = ProfileCredentialsProvider.builder().profileName(name).profileFile(all).build();
    }
    return provider;
  }
}
