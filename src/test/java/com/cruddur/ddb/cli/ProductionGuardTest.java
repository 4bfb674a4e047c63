package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.AccountGateway;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.aws.AwsStandIn;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table whose ARN names a real account is production by whatever url it is reached: every command
 * that writes is refused without {@code --prod}.
 */
class ProductionGuardTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final Set<String> DESTRUCTIVE =
      Set.of(
          "drop",
          "seed",
          "import",
          "check",
          "delete-message",
          "redact-message",
          "delete-conversation",
          "rename-user",
          "forget-user");

  private final AccountGateway gateway = new AccountGateway();
  private final MessageTable table = MessageTable.create();
  private final String conversation = table.conversation(AT, "hello");

  @TempDir static Path folder;

  @AfterEach
  void close() {
    gateway.close();
  }

  /** Of every command that changes the table, a command line that would. */
  private static Map<String, List<String>> writers(String conversation) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("setup", List.of("setup"));
    lines.put("schema-load", List.of("schema-load"));
    lines.put("drop", List.of("drop"));
    lines.put("seed", List.of("seed"));
    lines.put("import", List.of("import", folder.resolve("items.json").toString()));
    lines.put("send-message", List.of("send-message", conversation, "hi", "--from", "andrewbrown"));
    lines.put(
        "start-conversation",
        List.of("start-conversation", "hi", "--from", "andrewbrown", "--to", "londo"));
    String message = MessageTable.uuid();
    lines.put("rename-user", List.of("rename-user", "andrewbrown", "--handle", "andrew"));
    lines.put("forget-user", List.of("forget-user", "andrewbrown"));
    lines.put("delete-message", List.of("delete-message", conversation, message));
    lines.put("redact-message", List.of("redact-message", conversation, message));
    lines.put("delete-conversation", List.of("delete-conversation", conversation));
    lines.put("check", List.of("check", "--repair"));
    lines.put("trigger run", List.of("trigger", "run", "--once"));
    return lines;
  }

  static Stream<String> writers() {
    return writers("").keySet().stream();
  }

  private List<String> line(String command) throws IOException {
    Files.writeString(
        folder.resolve("items.json"),
        "{\"Item\":{\"pk\":{\"S\":\"MSG#1\"},\"sk\":{\"S\":\"x\"}}}\n");
    return writers(conversation).get(command);
  }

  private static Result run(DdbRunner runner, List<String> line, String... more) {
    return runner.execute(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private void refused(Result result) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("account 123456789012", "production", "--prod");
    assertThat(gateway.writes()).isEmpty();
    assertThat(table.exists()).isTrue();
    assertThat(table.items()).hasSize(3);
  }

  /** An export writes to S3 alone, which S3TransferTest looks at; pull has a test of its own. */
  @Test
  void everyCommandThatChangesTheTableIsKnownHere() {
    assertThat(
            Catalogue.commands().stream()
                .filter(e -> e.traits().containsAll(Set.of(Trait.TABLE, Trait.WRITES)))
                .map(CommandEntry::name)
                .filter(name -> !Set.of("export", "pull").contains(name)))
        .containsExactlyInAnyOrderElementsOf(writers().toList());
  }

  private static Stream<String> commands() {
    return Catalogue.commands().stream().map(CommandEntry::name);
  }

  @ParameterizedTest
  @MethodSource("writers")
  void noCommandWritesThroughAnEndpointUrl(String command) throws IOException {
    refused(run(table.runner(), line(command), "--endpoint-url", gateway.endpoint()));
    refused(run(table.runner(), line(command), "--endpoint-url", gateway.endpoint(), "-o", "json"));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void noCommandWritesThroughAVariablesUrl(String command) throws IOException {
    DdbRunner runner = table.runner();
    refused(run(runner.env("AWS_ENDPOINT_URL", gateway.endpoint()), line(command)));
    refused(run(runner.env("AWS_ENDPOINT_URL_DYNAMODB", gateway.endpoint()), line(command)));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void noCommandWritesThroughATunnelOnTheLocalPort(String command) throws IOException {
    DdbRunner runner = table.runner().env("DDB_LOCAL_PORT", String.valueOf(gateway.port()));
    refused(run(runner, line(command)));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void yesAndTheNameDoNotStandInForProd(String command) throws IOException {
    if (DESTRUCTIVE.contains(command)) {
      refused(
          run(
              table.runner(),
              line(command),
              "--endpoint-url",
              gateway.endpoint(),
              "--yes",
              "--confirm-table",
              table.name()));
    }
  }

  @ParameterizedTest
  @MethodSource("writers")
  void withProdADestructiveCommandWantsMoreThanYes(String command) throws IOException {
    if (DESTRUCTIVE.contains(command)) {
      List<String> line = line(command);
      Result result = prod(line, "--yes");
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
      assertThat(result.err())
          .contains("--confirm-table", "account      123456789012", gateway.endpoint());
      assertThat(gateway.writes()).isEmpty();
    }
  }

  /** As an operator whose url leads to the gateway. */
  private Result prod(List<String> line, String... more) {
    DdbRunner ddb =
        table
            .runner()
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_REGION", "us-east-1")
            .env("HOME", folder.toString());
    Stream<String> target = Stream.of("--prod", "--endpoint-url", gateway.endpoint());
    String[] args =
        Stream.of(line.stream(), target, Stream.of(more)).flatMap(s -> s).toArray(String[]::new);
    return ddb.execute(args);
  }

  private DdbRunner operator(AwsStandIn aws) {
    return table
        .runner()
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_ACCESS_KEY_ID", "AKIAONE")
        .env("AWS_SECRET_ACCESS_KEY", "s");
  }

  @Test
  void theBannerNamesAccountAndCallerAndWhereEachCameFrom() {
    try (AwsStandIn aws = new AwsStandIn()) {
      Result result = operator(aws).execute("drop", "--prod");
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
      assertThat(result.err())
          .contains("endpoint     " + aws.url() + " (AWS_ENDPOINT_URL)")
          .contains("account      123456789012 (the table's ARN)")
          .contains("caller       arn:aws:iam::123456789012:user/")
          .contains("credentials  AKIAONE (AWS_ACCESS_KEY_ID)")
          .contains("region       eu-west-1 (AWS_REGION)")
          .contains("table        " + table.name() + " (DDB_MESSAGE_TABLE)")
          .contains("items        about 3");
      aws.refuse("sts:GetCallerIdentity");
      assertThat(operator(aws).execute("drop", "--prod").err())
          .contains("caller       unknown (STS: ", "not authorized");
      DdbRunner cut = operator(aws).env("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1");
      assertThat(cut.execute("drop", "--prod").err())
          .contains("caller       unknown (STS: nothing answers (connection refused))");
    }
  }

  @Test
  void theBannerSaysThatAProfileNamedTheUrl() throws IOException {
    try (AwsStandIn aws = new AwsStandIn()) {
      Path config =
          Files.writeString(
              folder.resolve("config"),
              """
              [profile ops]
              region = eu-west-1
              endpoint_url = %s
              aws_access_key_id = AKIAOPS
              aws_secret_access_key = s
              """
                  .formatted(aws.url()));
      Result result =
          table
              .runner()
              .env("AWS_CONFIG_FILE", config.toString())
              .execute("drop", "--prod", "--profile", "ops", "--yes");
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
      assertThat(result.err())
          .contains("endpoint     " + aws.url() + " (profile ops)")
          .contains("profile      ops (--profile)")
          .contains("region       eu-west-1 (profile ops)")
          .contains("account      123456789012", "AKIAOPS");
    }
  }

  @Test
  void aUrlOfAVariableIsNamedOnceWhereItIsRead() {
    try (AwsStandIn aws = new AwsStandIn()) {
      String[] read = {"list-conversations", "andrewbrown"};
      String line = "read from " + aws.url() + " (AWS_ENDPOINT_URL)";
      assertThat(Outcome.done(operator(aws).execute(read)).err()).containsOnlyOnce(line);
      assertThat(Outcome.done(operator(aws).stdin("scan\nscan\n").execute("shell")).err())
          .containsOnlyOnce(line);
      assertThat(Outcome.done(table.ddb("scan", "--endpoint-url", aws.url())).err()).isEmpty();
    }
  }

  @Test
  void prodWritesThroughAnEndpointUrl() throws IOException {
    Outcome.done(prod(line("send-message")));
    assertThat(gateway.writes()).isNotEmpty();
    Outcome.done(prod(line("drop"), "--yes", "--confirm-table", table.name()));
    assertThat(table.exists()).isFalse();
  }

  @Test
  void anAccountForTestsIsLocal() throws IOException {
    DdbRunner runner = table.runner().env("DDB_LOCAL_ACCOUNTS", "111111111111, 123456789012");
    Outcome.done(run(runner, line("send-message"), "--endpoint-url", gateway.endpoint()));
    Outcome.failed(
        4,
        run(
            table.runner().env("DDB_LOCAL_ACCOUNTS", "111111111111"),
            line("send-message"),
            "--endpoint-url",
            gateway.endpoint()));
    Outcome.failed(2, run(runner.env("DDB_LOCAL_ACCOUNTS", "1,*"), line("drop")));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void whoMayNotDescribeTheTableIsOnProduction(String command) throws IOException {
    try (AccountGateway silent = new AccountGateway("DescribeTable")) {
      Result result = run(table.runner(), line(command), "--endpoint-url", silent.endpoint());
      Outcome.failed(4, result);
      assertThat(result.err()).contains("cannot be told", "--prod");
      assertThat(silent.writes()).isEmpty();
    }
  }

  @Test
  void noTableIsMadeInARealAccount() {
    MessageTable absent = MessageTable.absent();
    for (String command : List.of("schema-load", "setup")) {
      Result result = absent.ddb(command, "--endpoint-url", gateway.endpoint());
      Outcome.failed(4, result);
      assertThat(absent.exists()).isFalse();
    }
    Outcome.done(absent.ddb("schema-load", "--endpoint-url", TestStack.endpoint()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache create",
        "cache delete --yes --confirm-cache cruddur",
        "cache flush --yes --confirm-cache cruddur",
        "cache set k v",
        "cache evict k",
        "cache increment k",
        "cache ttl k --set 60"
      })
  void noCommandWritesToMomentosService(String line) {
    // A key in the environment reaches the service as soon as the table is not the local one.
    String key =
        Base64.getEncoder()
            .encodeToString("{\"endpoint\":\"cache.invalid\",\"api_key\":\"k\"}".getBytes(UTF_8));
    Result result =
        table
            .runner()
            .env("MOMENTO_API_KEY", key)
            .env("AWS_ENDPOINT_URL", gateway.endpoint())
            .execute(line.split(" "));
    Outcome.failed(4, result);
    assertThat(result.err()).contains("Momento is production", "--prod");
  }

  @Test
  void everyCacheCommandThatWritesIsKnownHere() {
    Set<String> reads = Set.of("cache list", "cache get", "cache token", "cache check");
    Set<String> writes =
        Set.of(
            "cache create",
            "cache delete",
            "cache flush",
            "cache set",
            "cache evict",
            "cache increment",
            "cache ttl");
    assertThat(commands().filter(name -> name.startsWith("cache ")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(reads.stream(), writes.stream()).toList());
  }

  @Test
  void pullDoesNotWriteThroughATunnelOnTheLocalPort() {
    Result result =
        table
            .runner()
            .env("DDB_LOCAL_PORT", String.valueOf(gateway.port()))
            .execute("pull", conversation, "--endpoint-url", TestStack.endpoint());
    refused(result);
  }

  @Test
  void aDryRunMayLook() throws IOException {
    Outcome.done(
        run(table.runner(), line("drop"), "--dry-run", "--endpoint-url", gateway.endpoint()));
    assertThat(gateway.writes()).isEmpty();
  }
}
