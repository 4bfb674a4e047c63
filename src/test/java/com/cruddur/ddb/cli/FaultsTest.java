package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.FaultyProxy.Plan;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault of the service and the network, once and for good, through whole commands. */
class FaultsTest {
  private static final String LONG_AGO = "2020-01-01T00:00:00.000000+00:00";
  private static final String PATIENCE = "--timeout=4";
  private final MessageTable table = MessageTable.create();

  private Result through(Plan plan, String... args) {
    try (FaultyProxy proxy = new FaultyProxy(TestStack.endpoint(), plan)) {
      return through(proxy, args);
    }
  }

  private Result through(FaultyProxy proxy, String... args) {
    String[] line =
        Stream.concat(Arrays.stream(args), Stream.of("--endpoint-url", proxy.endpoint(), PATIENCE))
            .toArray(String[]::new);
    return table.runner().execute(line);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "THROTTLE",
        "ERROR_500",
        "CUT_BEFORE",
        "CUT_AFTER",
        "CUT_MIDDLE",
        "HANG_BEFORE",
        "HANG_AFTER",
        "DRIP",
        "TRUNCATE"
      })
  void aFaultThatPassesIsNotNoticed(Fault fault) {
    String group = table.conversation(LONG_AGO, "the first");

    Result read = through(FaultyProxy.first("Query", fault), "get-conversation", group, "-ojson");
    assertThat(Outcome.done(read).items()).hasSize(1);

    Plan plan =
        (operation, number) ->
            number == 1 && List.of("PutItem", "TransactWriteItems").contains(operation)
                ? fault
                : Fault.NONE;
    Result sent = through(plan, "send-message", group, "hello", "--from", "bayko");
    Outcome.done(sent);
    assertThat(table.messages(group)).hasSize(2);
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpWhenTheTimeIsOver() {
    String group = table.conversation(LONG_AGO, "the first");
    for (Fault fault : List.of(Fault.HANG_BEFORE, Fault.DRIP)) {
      Result read = through(FaultyProxy.from("Query", 1, fault), "get-conversation", group);
      Outcome.failed(ExitCode.UNREACHABLE, read);
      assertThat(read.err()).contains(": no answer in time\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.09", "3601", "NaN", "Infinity", "soon", ""})
  void aTimeoutOutOfBoundsIsAUsageError(String seconds) {
    Outcome.failed(ExitCode.USAGE, table.ddb("scan", "--timeout=" + seconds));
  }
}
