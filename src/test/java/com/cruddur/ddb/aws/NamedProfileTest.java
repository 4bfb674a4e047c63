package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signs: the profile that was named, or nobody. */
class NamedProfileTest {
  private static final String PROFILES =
      """
      [profile ops]
      aws_access_key_id = AKIAOPS
      aws_secret_access_key = secret
      region = eu-north-1
      [profile lonely]
      role_arn = arn:aws:iam::123456789012:role/ops
      source_profile = nobody
      [profile half]
      aws_access_key_id = AKIAHALF
      [profile empty]
      region = eu-west-1
      [profile never]
      sso_start_url = https://example.awsapps.com/start
      sso_region = eu-west-1
      sso_account_id = 123456789012
      sso_role_name = ops
      region = eu-west-1
      [profile failing]
      credential_process = sh -c 'echo vault is sealed >&2; exit 3'
      region = eu-west-1
      [profile junk]
      credential_process = echo hello
      region = eu-west-1
      """;

  @TempDir private Path folder;
  private StubDynamoDb aws;
  private DdbRunner ddb;

  @BeforeEach
  void start() throws IOException {
    Path config = Files.writeString(folder.resolve("config"), PROFILES);
    aws = new StubDynamoDb(call -> StubDynamoDb.ok("{\"TableNames\":[\"one\"]}"));
    ddb =
        DdbRunner.fresh()
            .env("AWS_CONFIG_FILE", config.toString())
            .env("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString())
            .env("AWS_ENDPOINT_URL_DYNAMODB", aws.endpoint());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private DdbRunner withKeys() {
    return ddb.env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", "secret");
  }

  private void assertSignedBy(String key, String region) {
    assertThat(aws.calls())
        .isNotEmpty()
        .allSatisfy(
            call ->
                assertThat(call.headers().getFirst("Authorization"))
                    .contains("Credential=" + key + "/")
                    .contains("/" + region + "/"));
  }

  @Test
  void aProfileOfTheCommandLineSignsAlthoughKeysStandInTheEnvironment() {
    Result result = withKeys().execute("list-tables", "--prod", "--profile", "ops");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertSignedBy("AKIAOPS", "eu-north-1");
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1, latin1", "UTF-16, UTF-16", "UTF-16LE, UTF-16LE"})
  void aConfigurationFileThatIsNoUtf8IsRefusedWithItsCure(String encoding, String named)
      throws IOException {
    String text = PROFILES + "# Gr\u00fc\u00dfe\n";
    Files.write(folder.resolve("config"), text.getBytes(Charset.forName(encoding)));

    Result result = withKeys().execute("list-tables", "--prod", "--profile", "ops");

    assertThat(result.exitCode()).as(result.toString()).isNotZero();
    assertThat(result.err())
        .contains(folder.resolve("config") + ": is ", "not UTF-8", "'iconv -f " + named + " -t ");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void aNameThatTheSdkDoesNotReadIsToldWithItsCure() throws IOException {
    Files.writeString(
        folder.resolve("config"), PROFILES + "[profile b\u00fcro]\nregion=eu-north-1\n");

    Result result = withKeys().execute("list-tables", "--prod", "--profile", "b\u00fcro");

    assertThat(result.exitCode()).as(result.toString()).isNotZero();
    assertThat(result.err())
        .contains(
            "profile b\u00fcro: ddb reads names of", "export-credentials --profile 'b\u00fcro'")
        .doesNotContain("does not exist");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void aWebIdentityInTheEnvironmentDoesNotComeBeforeTheProfile() {
    Result result =
        ddb.env("AWS_WEB_IDENTITY_TOKEN_FILE", folder.resolve("token").toString())
            .env("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/other")
            .execute("list-tables", "--prod", "--profile", "ops");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertSignedBy("AKIAOPS", "eu-north-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"})
  void aProfileOfTheEnvironmentSigns(String variable) {
    Result result = ddb.env(variable, "ops").execute("list-tables", "--prod");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertSignedBy("AKIAOPS", "eu-north-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"typo", "lonely", "half", "empty", "never", "failing", "junk"})
  void aProfileThatCannotSignIsAnErrorThatNamesItAndNobodyElseSigns(String profile) {
    Result named = withKeys().execute("list-tables", "--prod", "--profile", profile);
    Result variable = ddb.env("AWS_PROFILE", profile).execute("list-tables", "--prod");

    assertThat(named.exitCode()).as(named.toString()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(variable.exitCode()).as(variable.toString()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(named.err()).contains("profile " + profile);
    assertThat(variable.err()).contains("profile " + profile);
    assertThat(aws.calls()).isEmpty();
  }
}
