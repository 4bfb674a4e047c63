package com.cruddur.ddb.aws;

import static com.cruddur.ddb.aws.BrokenSetup.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import com.cruddur.ddb.aws.BrokenSetup.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each source of credentials, and which of two signs. */
class CredentialSourcesTest {
  private static final String BASE =
      "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret\n";

  @TempDir private Path home;
  private AwsStandIn aws;
  private Place place;
  private DdbRunner ddb;

  @BeforeEach
  void start() {
    aws = new AwsStandIn();
    place = new Place(aws, home);
    ddb =
        DdbRunner.fresh()
            .env("HOME", home.toString())
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("AWS_REGION", "eu-west-1");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private void assertSigns(String key, DdbRunner runner, String... options) {
    String[] line = new String[options.length + 2];
    line[0] = "list-tables";
    line[1] = "--prod";
    System.arraycopy(options, 0, line, 2, options.length);
    Result result = runner.execute(line);

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(aws.calls("dynamodb")).isNotEmpty().extracting(Call::keyId).containsOnly(key);
  }

  @Test
  void aRoleThatAProfileAssumes() {
    place.write(
        ".aws/config",
        "[profile ops]\nrole_arn = " + ROLE + "\nsource_profile = base\nexternal_id = x\n" + BASE);

    assertSigns("ASIAOPS", ddb, "--profile", "ops");
    assertThat(aws.calls("sts"))
        .extracting(Call::operation, Call::keyId, Call::region)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("AssumeRole", "AKIABASE", "eu-west-1"));
  }

  @Test
  void aChainOfRoles() {
    place.write(
        ".aws/config",
        """
        [profile ops]
        role_arn = arn:aws:iam::123456789012:role/ops
        source_profile = middle
        [profile middle]
        role_arn = arn:aws:iam::123456789012:role/middle
        source_profile = base
        """
            + BASE);

    assertSigns("ASIAOPS", ddb, "--profile", "ops");
    assertThat(aws.calls("sts")).extracting(Call::keyId).containsExactly("AKIABASE", "ASIAMIDDLE");
  }

  @Test
  void aRoleThatTheKeysOfItsOwnProfileAssume() {
    place.write(
        ".aws/config",
        "[profile base]\nrole_arn = " + ROLE + "\nsource_profile = base\n" + BASE.substring(15));

    assertSigns("ASIAOPS", ddb, "--profile", "base");
  }

  @Test
  void aRoleThatTheKeysOfTheEnvironmentAssume() {
    place.write(
        ".aws/config", "[profile ops]\nrole_arn = " + ROLE + "\ncredential_source = Environment\n");

    assertSigns(
        "ASIAOPS",
        ddb.env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", "secret"),
        "--profile",
        "ops");
    assertThat(aws.calls("sts")).extracting(Call::keyId).containsExactly("AKIAENV");
  }

  @Test
  void theWebIdentityOfAProfileAndOfTheEnvironment() {
    Path token = place.write("token", "token\n");
    place.write(
        ".aws/config",
        "[profile ops]\nrole_arn = " + ROLE + "\nweb_identity_token_file = " + token + "\n");

    assertSigns("ASIAOPS", ddb, "--profile", "ops");
    assertSigns(
        "ASIAOPS",
        ddb.env("AWS_ROLE_ARN", ROLE).env("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString()));
    assertThat(aws.calls("sts")).extracting(Call::keyId).containsOnly("");
  }

  @Test
  void aLoginOfSsoInTheOlderForm() {
    aws.sso().assign("123456789012/ops");
    place.write(".aws/config", BrokenSetup.sso(null));
    place.login("{\"accessToken\":\"sso-token\",\"expiresAt\":\"2099-01-01T00:00:00UTC\"}");

    assertSigns("ASIASSOOPS", ddb, "--profile", "ops");
  }

  @Test
  void aLoginOfASsoSessionIsRenewedAndWrittenBackForItsOwnerAlone() throws IOException {
    aws.sso().assign("123456789012/ops");
    place.write(
        ".aws/config",
        BrokenSetup.sso("corp")
            + "[sso-session corp]\nsso_start_url = "
            + BrokenSetup.START
            + "\nsso_region = eu-west-1\n");
    place.login(
        "{\"accessToken\":\"old\",\"expiresAt\":\"2026-01-01T00:00:00Z\",\"refreshToken\":"
            + "\"sso-refresh\",\"clientId\":\"c\",\"clientSecret\":\"s\",\"region\":\"eu-west-1\"}");

    assertSigns("ASIASSOOPS", ddb, "--profile", "ops");
    assertSigns("ASIASSOOPS", ddb, "--profile", "ops");
    assertThat(aws.calls("oidc")).hasSize(1);
    Path file = home.resolve(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json");
    assertThat(Files.readString(file)).contains("\"sso-token\"", "\"region\":\"eu-west-1\"");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void aProcessIsAskedOnceForARun() throws IOException {
    Path count = home.resolve("count");
    place.write(
        ".aws/config",
        "[profile ops]\ncredential_process = echo x >> '"
            + count
            + "'; echo '"
            + "{\"Version\":1,\"AccessKeyId\":\"ASIAPROCESS\",\"SecretAccessKey\":\"s\","
            + "\"SessionToken\":\"t\",\"Expiration\":\"2099-01-01T00:00:00Z\"}'\n");

    assertSigns("ASIAPROCESS", ddb, "--profile", "ops");
    assertThat(Files.readAllLines(count)).hasSize(1);
  }

  @Test
  void theRoleOfAnInstance() {
    assertSigns(
        MetadataStandIn.INSTANCE_KEY, ddb.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url()));
  }

  /** The SDK reads the variables of its own process; its properties stand for them. */
  private DdbRunner inContainer(String tokenProperty, String token) {
    String uri = aws.url() + "/v1/credentials";
    System.setProperty("aws.containerCredentialsFullUri", uri);
    System.setProperty(tokenProperty, token);
    aws.metadata().wants("pod token");
    return ddb.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri);
  }

  @AfterEach
  void leaveTheContainer() {
    System.clearProperty("aws.containerCredentialsFullUri");
    System.clearProperty("aws.containerAuthorizationToken");
    System.clearProperty("aws.containerAuthorizationTokenFile");
  }

  @Test
  void theRoleOfAContainerByItsToken() {
    assertSigns(
        MetadataStandIn.CONTAINER_KEY, inContainer("aws.containerAuthorizationToken", "pod token"));
  }

  @Test
  void theRoleOfAContainerByTheFileOfItsTokenComesBeforeThatOfTheInstance() {
    Path token = place.write("token", "pod token");

    assertSigns(
        MetadataStandIn.CONTAINER_KEY,
        inContainer("aws.containerAuthorizationTokenFile", token.toString())
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url()));
    assertThat(aws.calls("instance")).isEmpty();
  }

  @Test
  void aRoleThatTheKeysOfTheContainerAssume() {
    place.write(
        ".aws/config",
        "[profile ops]\nrole_arn = " + ROLE + "\ncredential_source = EcsContainer\n");

    assertSigns(
        "ASIAOPS", inContainer("aws.containerAuthorizationToken", "pod token"), "--profile", "ops");
    assertThat(aws.calls("sts"))
        .extracting(Call::keyId)
        .containsExactly(MetadataStandIn.CONTAINER_KEY);
  }

  @Test
  void aContainerThatGivesNoKeysIsNotPassedOver() {
    Result refused =
        inContainer("aws.containerAuthorizationToken", "old")
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url())
            .execute("list-tables", "--prod", "--timeout", "60");

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(6);
    assertThat(refused.err()).contains(": the container's role: ").hasLineCount(2);
    assertThat(aws.calls("instance")).isEmpty();
    assertThat(aws.calls("dynamodb")).isEmpty();
  }

  @Test
  void theDefaultProfileComesBeforeTheRoleOfAnInstance() {
    place.write(
        ".aws/credentials",
        "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = secret\n");

    assertSigns("AKIADEFAULT", ddb.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url()));
  }

  @Test
  void aDefaultProfileThatFailsIsNotPassedOver() {
    place.write(".aws/config", "[default]\ncredential_process = exit 1\n");

    Result result =
        ddb.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url()).execute("list-tables", "--prod");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(6);
    assertThat(result.err()).contains("profile default: its credential_process ends with exit");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void nobodyCanSign() {
    aws.metadata().takeRole();
    Result none = ddb.env("AWS_EC2_METADATA_DISABLED", "true").execute("list-tables", "--prod");
    Result instance =
        ddb.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url()).execute("list-tables", "--prod");

    assertThat(none.exitCode()).isEqualTo(6);
    assertThat(none.err())
        .contains(
            ": no credentials: no keys in the environment, no profile, and"
                + " AWS_EC2_METADATA_DISABLED is set");
    assertThat(instance.exitCode()).isEqualTo(6);
    assertThat(instance.err())
        .contains(
            ": no credentials: no keys in the environment, no profile, and no role of this"
                + " machine (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
  void aKeyThatNoHeaderCanHoldIsNamedAndNotTold(String variable) {
    DdbRunner whole =
        ddb.env("AWS_ACCESS_KEY_ID", "AKIAENV")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_SESSION_TOKEN", "token");
    for (String odd : new String[] {"\r", "\n", " ", "\u00fc", "\u0000"}) {
      Result result = whole.env(variable, "hush" + odd + "hush").execute("list-tables", "--prod");

      assertThat(result.exitCode()).as(result.toString()).isEqualTo(6);
      assertThat(result.err())
          .contains("that no key has")
          .doesNotContain("fault of ddb")
          .hasLineCount(2);
      // An id is no secret.
      assertThat(result.err().contains("hush")).isEqualTo(variable.endsWith("_ID"));
    }
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void halfAKeyOfTheEnvironmentIsAnError() {
    place.write(".aws/config", "[default]\naws_access_key_id = A\naws_secret_access_key = s\n");

    Result result = ddb.env("AWS_ACCESS_KEY_ID", "AKIAHALF").execute("list-tables", "--prod");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains(": the environment has a key id without its secret");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void aRegionOfTheProfileThatIsNoneIsNamed() {
    place.write(".aws/config", "[profile base]\nregion = eu west 1\n" + BASE.substring(15));

    Result result = ddb.env("AWS_REGION", null).execute("scan", "--prod", "--profile", "base");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(6);
    assertThat(result.err())
        .contains("the region 'eu west 1' of profile base in " + place.home())
        .contains("/.aws/config is not a region name");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void anEndpointThatIsNoUrlIsToldWithWhatNamedIt() {
    place.write(".aws/config", "[profile base]\nendpoint_url = nowhere\n" + BASE.substring(15));
    String[] scan = {"scan", "--prod", "--profile", "base"};

    Result ofProfile = ddb.env("AWS_ENDPOINT_URL", null).execute(scan);
    Result ofVariable = ddb.env("AWS_ENDPOINT_URL_DYNAMODB", "there").execute(scan);

    assertThat(ofProfile.exitCode()).isEqualTo(2);
    assertThat(ofVariable.exitCode()).isEqualTo(2);
    assertThat(ofProfile.err())
        .contains("the endpoint 'nowhere' of profile base in " + place.home())
        .contains("/.aws/config is not a url");
    assertThat(ofVariable.err())
        .contains("the endpoint 'there' of AWS_ENDPOINT_URL_DYNAMODB is not a url");
  }

  @Test
  void halfAKeyOfAProcessIsCuredThere() {
    place.write(
        ".aws/config",
        "[profile base]\ncredential_process = echo '{\"Version\":1,\"AccessKeyId\":\"AK\"}'\n");

    Result result = ddb.execute("scan", "--prod", "--profile", "base");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err())
        .contains("what credential_process prints has a key id without its secret")
        .contains("Run the command of credential_process by hand")
        .doesNotContain("aws_secret_access_key");
  }

  @Test
  void aTokenFileThatIsEmptyIsNamed() {
    place.write("token", " \n");
    place.write(
        ".aws/config",
        "[profile ops]\nrole_arn = " + ROLE + "\nweb_identity_token_file = ~/token\n");

    Result result = ddb.execute("scan", "--prod", "--profile", "ops");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("web_identity_token_file ", "/token is empty", "hint: ");
  }

  @Test
  void theRegionAndTheEndpointsOfTheProfileAreUsed() {
    place.write(
        ".aws/config",
        """
        [profile ops]
        role_arn = arn:aws:iam::123456789012:role/ops
        source_profile = base
        region = eu-north-1
        services = stand-in
        [services stand-in]
        dynamodb =
          endpoint_url = %1$s
        sts =
          endpoint_url = %1$s
        """
                .formatted(aws.url())
            + BASE);

    assertSigns(
        "ASIAOPS", ddb.env("AWS_ENDPOINT_URL", null).env("AWS_REGION", null), "--profile", "ops");
    assertThat(aws.calls()).extracting(Call::region).containsOnly("eu-north-1");
  }
}
