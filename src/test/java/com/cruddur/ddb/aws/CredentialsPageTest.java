package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/production.md: what aws and ddb say in the set-ups that {@link BrokenSetupsTest} runs. */
class CredentialsPageTest {
  /** As we know aws; it was not run here, and nothing holds this side. */
  private static final Map<String, String> AWS =
      Map.ofEntries(
          Map.entry("the profile does not exist", "The config profile (ops) could not be found"),
          Map.entry("the profile has no credentials", "Unable to locate credentials"),
          Map.entry(
              "half a key",
              "Partial credentials found in config-file, missing: aws_secret_access_key"),
          Map.entry(
              "half a key in the source profile",
              "Partial credentials found in shared-credentials-file, missing: …"),
          Map.entry(
              "never logged in to SSO", "Error loading SSO Token: Token for URL does not exist"),
          Map.entry(
              "the SSO login has ended",
              "The SSO session associated with this profile has expired or is otherwise invalid"),
          Map.entry(
              "the SSO login has ended and is not renewed",
              "Error when retrieving token from sso: Token has expired and refresh failed"),
          Map.entry(
              "the SSO session does not exist", "The specified sso-session does not exist: corp"),
          Map.entry(
              "the SSO login is refused",
              "The SSO session associated with this profile has expired or is otherwise invalid"),
          Map.entry(
              "the SSO role is not assigned",
              "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation"),
          Map.entry(
              "the role may not be assumed",
              "An error occurred (AccessDenied) when calling the AssumeRole operation: …"),
          Map.entry(
              "the key that assumes the role is unknown",
              "An error occurred (InvalidClientTokenId) when calling the AssumeRole operation: …"),
          Map.entry("the role wants an MFA code", "asks for it"),
          Map.entry(
              "the source profile does not exist",
              "The source profile \"gone\" referenced in the profile \"ops\" does not exist."),
          Map.entry(
              "source profiles in a circle",
              "Infinite loop in credential configuration detected. …"),
          Map.entry(
              "a role without a source", "Partial credentials found in assume-role, missing: …"),
          Map.entry(
              "the process fails",
              "Error when retrieving credentials from custom-process: vault is sealed"),
          Map.entry(
              "the process prints something else", "Expecting value: line 1 column 1 (char 0)"),
          Map.entry("the process hangs", "waits for ever"),
          Map.entry(
              "the web identity has expired",
              "An error occurred (ExpiredTokenException) when calling the AssumeRoleWithWebIdentity …"),
          Map.entry("the web identity has no token", "[Errno 2] No such file or directory: …"),
          Map.entry("STS is down", "Could not connect to the endpoint URL: …"),
          Map.entry(
              "the certificate of STS is not trusted",
              "SSL validation failed for URL … CERTIFICATE_VERIFY_FAILED …"),
          Map.entry("a login session of aws login", "uses it"),
          Map.entry(
              "the configuration file is broken", "Unable to parse config file: ~/.aws/config"),
          Map.entry(
              "the configuration file begins with a byte order mark",
              "Unable to parse config file: ~/.aws/config"),
          Map.entry(
              "the SSO login is damaged", "Error loading SSO Token: Token for URL does not exist"));

  /** In words that fit a page: ROLE for its ARN, … for what a service says. */
  private static String said(BrokenSetup setup) {
    return setup
        .said()
        .replace(BrokenSetup.ROLE, "ROLE")
        .replace("FOLDER", "~")
        .replace("123456789012", "ACCOUNT")
        .replaceAll("ended at \\S+", "ended at …")
        .replaceAll("cache/[0-9a-f]{40}", "cache/…")
        .replaceAll("(refuses|renewed|has ended|logged in): .*(?= \\()", "$1: …");
  }

  @Test
  void thePageTellsWhatIsSaid() throws IOException {
    StringBuilder expected = new StringBuilder("```text\n");
    for (BrokenSetup setup : BrokenSetups.all()) {
      assertThat(AWS).containsKey(setup.name());
      expected.append(setup.name()).append('\n');
      expected.append("    aws  ").append(AWS.get(setup.name())).append('\n');
      expected.append("    ddb  ").append(said(setup)).append('\n');
    }
    expected.append("```\n");

    assertThat(expected.toString().lines()).allMatch(line -> line.length() <= 120);
    assertThat(Files.readString(Path.of("docs/production.md"))).contains(expected);
  }
}
