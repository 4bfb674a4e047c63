package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalOptionsTest {
  private static final String CLOSED = "http://127.0.0.1:1";

  @Test
  void standBeforeOrAfterTheCommand() {
    MessageTable table = MessageTable.create();
    table.conversation("2026-03-19T10:00:00.000000+00:00", "hello");
    DdbRunner other = DdbRunner.fresh();
    for (String[] args :
        new String[][] {
          {"--table", table.name(), "-o", "ndjson", "scan"},
          {"scan", "--table", table.name(), "-o", "ndjson"},
          {"-o", "ndjson", "scan", "--table=" + table.name()},
          {"--output=NDJSON", "--table", table.name(), "scan", "-q"},
          {"-ondjson", "scan", "--table", table.name()}
        }) {
      assertThat(Outcome.done(other.execute(args)).out().lines()).hasSize(3);
    }
    DdbRunner local = DdbRunner.fresh().env("DDB_LOCAL_PORT", "1");
    for (String[] args :
        new String[][] {{"-o", "json", "local", "status"}, {"local", "status", "-o", "json"}}) {
      assertThat(local.execute(args).json().get("state").asText()).isEqualTo("not running");
    }
  }

  @Test
  void theOptionWinsOverTheEnvironment() {
    MessageTable table = MessageTable.create();
    Outcome.done(
        DdbRunner.on("wrong-table")
            .env("DDB_OUTPUT", "csv")
            .execute("scan", "--table", table.name()));
    DdbRunner ddb = table.runner().env("DDB_OUTPUT", "json");
    assertThat(ddb.execute("scan").items()).isEmpty();
    assertThat(ddb.execute("scan", "-o", "csv").out()).startsWith("pk,sk");
    Outcome.done(
        table
            .runner()
            .env("AWS_ENDPOINT_URL", CLOSED)
            .execute("scan", "--endpoint-url", TestStack.endpoint()));
    Outcome.done(
        table
            .runner()
            .env("AWS_ENDPOINT_URL", CLOSED)
            .env("AWS_ENDPOINT_URL_DYNAMODB", TestStack.endpoint())
            .execute("scan"));
  }

  @Test
  void anotherKeyOrRegionDoesNotMakeTablesVanish() {
    MessageTable table = MessageTable.create();
    for (String region : new String[] {"eu-west-1", "ap-south-1"}) {
      Outcome.done(table.ddb("scan", "--region", region));
      Outcome.done(table.runner().env("AWS_DEFAULT_REGION", region).execute("scan"));
      Outcome.done(table.runner().env("AWS_REGION", region).execute("scan"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "xml, Set it to table",
    "table json, Set it to table",
  })
  void aBadFormatInTheEnvironmentIsRefused(String value, String hint) {
    Result result = Outcome.failed(2, DdbRunner.fresh().env("DDB_OUTPUT", value).execute("scan"));
    assertThat(result.err()).contains("DDB_OUTPUT is '" + value + "'", hint);
    assertThat(DdbRunner.fresh().env("DDB_OUTPUT", value).execute("--help").exitCode()).isZero();
  }

  @Test
  void anEmptyFormatInTheEnvironmentIsNone() {
    Outcome.done(DdbRunner.fresh().env("DDB_OUTPUT", " ").execute("list-tables"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scan -o xml",
        "scan -o",
        "scan --outputs json",
        "scan --profile me",
        "scan --region Mordor",
        "scan --region us_east_1",
        "scan --table ab",
        "scan --table a/b",
        "scan --table ''",
        "scan --endpoint-url localhost:8000",
        "scan --endpoint-url ftp://localhost",
        "scan --endpoint-url http://",
        "scan --endpoint-url http://local<host",
        "scan --endpoint-url http://localhost:99999",
        "scan --endpoint-url nonsense",
        "--nonsense scan",
        "nonsense",
        "scann",
        "scan --limt 3",
        "local nonsense",
        "local start --port 0",
        "local start --port 70000",
        "local start --port x",
        "local start --port 8000 --cache-port 8000"
      })
  void areRefusedInOneLineWithAHintWhenTheyAreWrong(String line) {
    Result result = Outcome.failed(2, DdbRunner.run(line.split(" ")));
    assertThat(result.err()).contains("  hint: ").doesNotContain("Exception", "\tat ");
  }

  @Test
  void areRefusedWhenTheEnvironmentIsWrong() {
    Outcome.failed(2, DdbRunner.fresh().env("DDB_MESSAGE_TABLE", "a b").execute("scan"));
    Outcome.failed(2, DdbRunner.fresh().env("AWS_REGION", "a b").execute("scan", "--prod"));
    Outcome.failed(2, DdbRunner.fresh().env("AWS_ENDPOINT_URL", "there").execute("scan"));
    Outcome.failed(2, DdbRunner.fresh().env("DDB_LOCAL_PORT", "many").execute("scan"));
  }

  @Test
  void noCommandAtAllIsWrongUsage() {
    Result result = DdbRunner.run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Usage: ddb", "Commands:", "send-message");
  }

  @Test
  void aMistypedCommandOrOptionGetsASuggestion() {
    assertThat(DdbRunner.run("list-conversation", "x").err()).contains("list-conversations");
    assertThat(DdbRunner.run("scan", "--segmets", "3").err()).contains("--segments");
  }

  @Test
  void aClosedEndpointIsExitCode6AndNamed() {
    for (String command : new String[] {"scan", "describe", "list-tables", "schema-load"}) {
      Result result = Outcome.failed(6, DdbRunner.run(command, "--endpoint-url", CLOSED));
      assertThat(result.err()).contains("endpoint " + CLOSED, "connection refused");
    }
    Result unknown =
        Outcome.failed(6, DdbRunner.run("scan", "--endpoint-url", "http://nowhere.invalid:8000"));
    assertThat(unknown.err()).contains("nowhere.invalid");
  }

  @Test
  void anEndpointThatIsNoDynamoDbIsAnError() throws Exception {
    try (java.net.ServerSocket silent = new java.net.ServerSocket(0)) {
      Thread closer =
          new Thread(
              () -> {
                try {
                  while (true) {
                    silent.accept().close();
                  }
                } catch (java.io.IOException end) {
                  // The test is over.
                }
              });
      closer.setDaemon(true);
      closer.start();
      Outcome.failed(
          6, DdbRunner.run("scan", "--endpoint-url", "http://127.0.0.1:" + silent.getLocalPort()));
    }
  }

  // Errors as JSON

  @ParameterizedTest
  @CsvSource({
    "scan -o json, 3, table_not_found",
    "scan -o ndjson, 3, table_not_found",
    "scan --limit 0 -o json, 2, usage",
    "scan --nonsense -o json, 2, usage",
    "-o json nonsense, 2, usage",
    "scan --limit x --output=json, 2, usage",
    "scan --endpoint-url http://127.0.0.1:1 -o json, 6, unreachable",
    "get-conversation x -o json, 2, invalid_input",
    "list-conversations nobody -o json, 3, not_found",
    "scan --profile x -o json, 2, usage",
    "scan --region X! -o json, 2, usage",
  })
  void errorsAreJsonWhereResultsAre(String line, int exitCode, String code) {
    Result result = DdbRunner.run(line.split(" "));
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.error().get("code").asText()).isEqualTo(code);
    assertThat(result.error().get("message").asText()).isNotBlank();
    assertThat(result.error().get("hint").asText()).isNotBlank();
  }

  @Test
  void errorsAreJsonWhenTheEnvironmentSaysSo() {
    Result result = DdbRunner.fresh().env("DDB_OUTPUT", "json").execute("scan", "--nonsense");
    assertThat(result.error().get("code").asText()).isEqualTo("usage");
  }

  // -v and -q

  @Test
  void stackTracesAppearWithVerboseOnly() {
    assertThat(DdbRunner.run("scan").err()).doesNotContain("    at ", "Exception");
    Result verbose = DdbRunner.run("scan", "-v");
    assertThat(verbose.exitCode()).isEqualTo(3);
    assertThat(verbose.out()).isEmpty();
    assertThat(verbose.err()).contains("ResourceNotFoundException", "    at ", "ddb: ");
    assertThat(DdbRunner.run("-v", "list-tables").err()).doesNotContain("    at ");
  }

  @Test
  void quietLeavesNoticesOutAndKeepsErrors() {
    assertThat(Outcome.failed(3, DdbRunner.run("scan", "-q")).err()).isNotEmpty();
  }

  @Test
  void aSessionTokenOverPlainHttpToAnotherMachineIsWarnedOf() {
    DdbRunner keys =
        DdbRunner.fresh()
            .env("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "do-not-tell");
    DdbRunner session = keys.env("AWS_SESSION_TOKEN", "do-not-tell");
    String warning = "credentials with a session token go to ddb.invalid over plain http";
    Result warned = session.execute("list-tables", "--endpoint-url", "http://ddb.invalid:1");
    assertThat(warned.err()).containsOnlyOnce(warning).doesNotContain("do-not-tell");
    for (String url : new String[] {"https://ddb.invalid:1", CLOSED}) {
      assertThat(session.execute("list-tables", "--endpoint-url", url).err())
          .doesNotContain("plain http");
    }
    assertThat(keys.execute("list-tables", "--endpoint-url", "http://ddb.invalid:1").err())
        .doesNotContain("plain http");
  }

  @Test
  void secretsAreNeverPrinted() {
    Result result =
        DdbRunner.fresh()
            .env("AWS_SECRET_ACCESS_KEY", "do-not-tell")
            .env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
            .env("MOMENTO_API_KEY", "do-not-tell")
            .execute("scan", "-v", "--endpoint-url", CLOSED);
    assertThat(result.out() + result.err()).doesNotContain("do-not-tell");
  }
}
