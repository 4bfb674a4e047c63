package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.dynamo.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code ddb schema-load --update --prod} on a table without index and stream. */
final class SchemaUpdateOnProductionTest {
  private final MessageTable table = MessageTable.withoutIndex(false);
  private final AwsStandIn aws = new AwsStandIn();

  @AfterEach
  void close() {
    aws.close();
  }

  private static String[] line(String endpoint, String... more) {
    String[] line =
        ("schema-load --update --prod --region eu-west-1 -o json --endpoint-url " + endpoint)
            .split(" ");
    String[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return all;
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    environment.put("AWS_ACCESS_KEY_ID", "AKIAOPS");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_ENDPOINT_URL_STS", aws.url());
    return environment;
  }

  private Result update(String endpoint, String... more) {
    var ddb = table.runner();
    for (Map.Entry<String, String> variable : environment().entrySet()) {
      ddb = ddb.env(variable.getKey(), variable.getValue());
    }
    return ddb.execute(line(endpoint, more));
  }

  private Result confirmed(String endpoint) {
    return update(endpoint, "--yes", "--confirm-table", table.name());
  }

  private static List<String> added(Result result) {
    List<String> added = new ArrayList<>();
    Outcome.done(result).json().get("added").forEach(one -> added.add(one.asText()));
    return added;
  }

  @Test
  void itAsksAndThenAddsIndexAndStreamAndNothingASecondTime() {
    assertThat(update(aws.url()).exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(aws.calls("dynamodb")).noneMatch(call -> call.operation().equals("UpdateTable"));
    assertThat(added(confirmed(aws.url()))).hasSize(2);
    assertThat(added(confirmed(aws.url()))).isEmpty();
    assertThat(aws.calls("dynamodb")).allMatch(call -> call.keyId().equals("AKIAOPS"));
    assertThat(TableSchema.differences(table.describe(), true)).isEmpty();
  }

  @Test
  void aRunInterruptedWhileTheIndexIsBuiltSaysThatItGoesOnAndHowToLook() throws Exception {
    // It is built for as long as the test wants.
    FaultyProxy.Plan building =
        (operation, number) ->
            operation.equals("DescribeTable") && table.describe().hasGlobalSecondaryIndexes()
                ? Fault.INDEX_CREATING
                : Fault.NONE;
    try (FaultyProxy proxy = new FaultyProxy(aws.url(), building);
        DdbProcess process =
            DdbProcess.start(
                environment(), line(proxy.endpoint(), "--yes", "--confirm-table", table.name()))) {
      while (process.isAlive() && proxy.faults.get() < 2) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      process.interrupt();
      Result result = process.await();
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(result.err())
          .contains(
              "index message-group-sk-index is CREATING",
              "goes on by itself: 'ddb describe --table " + table.name() + " --prod",
              "the same command again adds the rest");
    }
    assertThat(added(confirmed(aws.url()))).containsExactly("stream");
  }

  @Test
  void whatAnotherUpdaterAddsMeanwhileIsAwaitedAndNotAddedTwice() {
    FaultyProxy.Plan another =
        (operation, number) -> {
          if (operation.equals("UpdateTable") && number == 1) {
            Outcome.done(table.ddb("schema-load", "--update", "--no-stream"));
          } else if (operation.equals("UpdateTable") && number == 2) {
            return Fault.IN_USE;
          }
          return Fault.NONE;
        };
    try (FaultyProxy proxy = new FaultyProxy(aws.url(), another)) {
      assertThat(added(confirmed(proxy.endpoint()))).containsExactly("stream");
    }
    assertThat(TableSchema.differences(table.describe(), true)).isEmpty();
  }
}
