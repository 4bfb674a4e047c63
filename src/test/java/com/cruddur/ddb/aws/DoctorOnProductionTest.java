package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.context.ExitCode;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of who signs. */
class DoctorOnProductionTest {
  @TempDir private Path home;
  private AwsStandIn aws;
  private DdbRunner ddb;

  @BeforeEach
  void start() throws java.io.IOException {
    String table = TestStack.newTableName();
    DdbRunner.on(table).execute("schema-load");
    aws = new AwsStandIn();
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        """
        [profile ops]
        role_arn = arn:aws:iam::999999999999:role/ops
        source_profile = base
        [profile base]
        aws_access_key_id = AKIABASE
        aws_secret_access_key = secret
        """);
    ddb =
        DdbRunner.on(table)
            .env("HOME", home.toString())
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("AWS_REGION", "eu-west-1");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private static JsonNode finding(Result result, String check) {
    return result.items().stream()
        .filter(item -> item.get("check").asText().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.toString()));
  }

  @Test
  void itNamesTheSourceTheAccountAndTheCaller() {
    Result result = ddb.execute("doctor", "--prod", "--profile", "ops", "-o", "json");

    assertThat(finding(result, "credentials source").get("found").asText())
        .isEqualTo("profile ops: role arn:aws:iam::999999999999:role/ops, key id ASIAOPS");
    assertThat(finding(result, "caller").get("found").asText())
        .contains("ASIAOPS", "account 999999999999");
  }

  @Test
  void aCallerThatStsDoesNotTellIsANote() {
    aws.refuse("sts:GetCallerIdentity");
    Result result = ddb.execute("doctor", "--prod", "--profile", "ops", "-o", "json");

    assertThat(finding(result, "caller").get("status").asText()).isEqualTo("note");
    assertThat(finding(result, "caller").get("found").asText()).contains("AccessDenied");
    assertThat(finding(result, "table").get("status").asText()).isEqualTo("ok");
  }

  @Test
  void itSaysWhyNobodySigns() {
    aws.refuse("sts:AssumeRole");
    Result result = ddb.execute("doctor", "--prod", "--profile", "ops", "-o", "json");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS);
    JsonNode source = finding(result, "credentials source");
    assertThat(source.get("status").asText()).isEqualTo("problem");
    assertThat(source.get("found").asText())
        .startsWith("profile ops: role arn:aws:iam::999999999999:role/ops: STS refuses: ");
    assertThat(source.get("cure").asText()).contains("sts:AssumeRole");
    assertThat(aws.calls("dynamodb")).isEmpty();
  }
}
