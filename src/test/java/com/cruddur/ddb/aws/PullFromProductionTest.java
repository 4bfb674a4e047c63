package com.cruddur.ddb.aws;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ddb pull --prod}: both sides are recorded, that of AWS and that of the local stack, which
 * are two fronts of one server.
 */
final class PullFromProductionTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T11:00:00.000000+00:00";
  private static final String WORDS = "Begeisterung für Zahnräder";

  @TempDir private Path home;
  private final MessageTable production = MessageTable.create();
  private final MessageTable local = MessageTable.absent();
  private final AwsStandIn aws = new AwsStandIn().account("AKIAOPS", "999999999999");
  private final AwsStandIn stack = new AwsStandIn().account("local", "000000000000");
  private String group;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = secret\n");
    group = production.conversation(ANDREW, BAYKO, T0, WORDS);
    production.conversation(ANDREW, LONDO, T1, "another one");
  }

  @AfterEach
  void close() {
    aws.close();
    stack.close();
  }

  private Result pull(AwsStandIn front, String... args) {
    List<String> line = new ArrayList<>(List.of("pull", "--prod", "--profile", "ops"));
    line.addAll(List.of("--region", "eu-central-1", "--to-table", local.name(), "-o", "json"));
    line.addAll(List.of(args));
    DdbRunner ddb =
        production
            .runner()
            .env("HOME", home.toString())
            .env("XDG_STATE_HOME", home.toString())
            .env("AWS_ENDPOINT_URL_DYNAMODB", aws.url())
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIAENV")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("DDB_LOCAL_PORT", "" + URI.create(front.url()).getPort());
    return ddb.execute(line.toArray(String[]::new));
  }

  private void productionWasOnlyRead() {
    assertThat(aws.calls("dynamodb"))
        .isNotEmpty()
        .extracting(Call::operation)
        .containsAnyOf("Query", "Scan")
        .isSubsetOf("DescribeTable", "Query", "Scan", "GetItem", "BatchGetItem");
    assertThat(aws.calls()).extracting(Call::keyId).containsOnly("AKIAOPS");
    assertThat(aws.calls()).extracting(Call::region).containsOnly("eu-central-1");
  }

  private void localIsWrittenWithItsOwnKeys() {
    assertThat(stack.calls("dynamodb"))
        .extracting(Call::operation)
        .contains("CreateTable", "BatchWriteItem");
    assertThat(stack.calls()).extracting(Call::keyId).containsOnly("local");
  }

  @Test
  void aMaskedConversationComesHomeAndProductionIsOnlyRead() {
    var before = production.items();
    Result pulled = Outcome.done(pull(stack, group, "--mask"));
    assertThat(pulled.err()).contains("eu-central-1").contains("nothing is written there");
    productionWasOnlyRead();
    localIsWrittenWithItsOwnKeys();
    assertThat(production.items()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(local.items()).hasSize(3);
    assertThat(local.items().toString())
        .doesNotContain(group, ANDREW.uuid(), BAYKO.uuid())
        .doesNotContainIgnoringCase("andrew")
        .doesNotContainIgnoringCase("bayko")
        .doesNotContainIgnoringCase("begeisterung")
        .doesNotContainIgnoringCase("zahnräder")
        .contains(T0);
    Outcome.done(local.ddb("check"));
    String owner =
        local.items().stream()
            .map(i -> i.get("pk").s())
            .filter(pk -> pk.startsWith("GRP#"))
            .findFirst()
            .orElseThrow();
    Result list = Outcome.done(local.ddb("list-conversations", owner.substring(4), "-o", "json"));
    assertThat(list.items()).hasSize(1);
  }

  @Test
  void aUserAndTheWholeTableComeHomeAsWell() {
    Outcome.done(pull(stack, "--user", LONDO.uuid(), "--max-rcu", "500"));
    assertThat(local.items()).hasSize(3);
    Outcome.done(pull(stack, "--all"));
    assertThat(local.items()).containsExactlyInAnyOrderElementsOf(production.items());
    productionWasOnlyRead();
    localIsWrittenWithItsOwnKeys();
  }

  @Test
  void whatCannotBeReadIsToldOfProductionAndLeavesNothingAtHome() {
    aws.refuse("dynamodb:Query");
    Result refused = pull(stack, group);
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refused.err()).contains("eu-central-1").contains("dynamodb:Query");
    assertThat(local.exists()).isFalse();
  }

  @Test
  void aLocalPortThatLeadsToProductionIsNotWrittenTo() {
    AwsStandIn tunnel = new AwsStandIn().account("local", "123123123123");
    try (tunnel) {
      Result refused = pull(tunnel, group);
      assertThat(refused.exitCode()).as("%s", refused).isEqualTo(ExitCode.REFUSED);
      assertThat(refused.err()).contains("123123123123").contains("local stack");
      assertThat(tunnel.calls("dynamodb"))
          .extracting(Call::operation)
          .isSubsetOf("DescribeTable", "ListTables");
    }
    assertThat(local.exists()).isFalse();
  }

  @Test
  void aCureForATableAtHomeActsAtHome() {
    Outcome.done(local.ddb("schema-load", "--no-stream"));
    Result refused = pull(stack, group);
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("'ddb ").doesNotContain("--prod");
  }

  @Test
  void whatFailsAtHomeIsToldOfHome() {
    stack.refuse("dynamodb:BatchWriteItem");
    Result refused = pull(stack, group);
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refused.err()).contains("the local stack at").contains("BatchWriteItem");
    productionWasOnlyRead();
  }

  @Test
  void aProfileThatIsMistypedAsksNobody() {
    Result refused = pull(stack, group, "--profile", "opps");
    assertThat(refused.exitCode()).isIn(ExitCode.USAGE, ExitCode.UNREACHABLE);
    assertThat(aws.calls()).isEmpty();
    assertThat(stack.calls("dynamodb")).isEmpty();
  }
}
