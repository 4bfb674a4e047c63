package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import com.cruddur.ddb.cli.context.ExitCode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A production whose clock is another than this machine's. */
class ClockTest {
  private AwsStandIn aws;
  private DdbRunner ddb;

  @BeforeEach
  void start() {
    String table = TestStack.newTableName();
    Result made = DdbRunner.on(table).execute("schema-load");
    assertThat(made.exitCode()).as(made.toString()).isZero();
    aws = new AwsStandIn();
    ddb =
        DdbRunner.on(table)
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIAENV")
            .env("AWS_SECRET_ACCESS_KEY", "secret");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Result send(String... options) {
    String[] line = {
      "start-conversation", "hello", "--from", "bayko", "--to", "andrewbrown", "--prod", "--yes"
    };
    String[] all = java.util.Arrays.copyOf(line, line.length + options.length - 1);
    System.arraycopy(options, 0, all, line.length - 1, options.length);
    return ddb.execute(all);
  }

  private boolean hasWritten() {
    return aws.calls("dynamodb").stream()
        .map(Call::operation)
        .anyMatch(operation -> operation.startsWith("Transact") || operation.startsWith("Put"));
  }

  @ParameterizedTest
  @CsvSource({"-120, 2 h 0 min ahead of", "16, 16 min 0 s behind"})
  void thatIsOffByAQuarterOfAnHourOrMoreIsNotWrittenTo(int minutes, String words) {
    aws.clockOffset(Duration.ofMinutes(minutes));
    Result result = send("--quiet");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("this machine's clock is", "the service's");
    assertThat(result.err().replaceAll("15 min 59 s", "16 min 0 s").replaceAll("1 h 59", "2 h 0"))
        .contains(words);
    assertThat(result.err()).contains("--allow-clock-skew");
    assertThat(hasWritten()).isFalse();
  }

  @Test
  void thatIsOffByMoreThanAMinuteIsWrittenToWithAWarning() {
    aws.clockOffset(Duration.ofMinutes(5));
    Result result = send("--color=never");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err()).contains("warning: this machine's clock is");
    assertThat(hasWritten()).isTrue();
  }

  @Test
  void thatIsFarOffIsWrittenToWithAWarningIfThatIsAllowed() {
    aws.clockOffset(Duration.ofHours(-3));
    Result result = send("--allow-clock-skew");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err()).contains("warning: this machine's clock is");
    assertThat(hasWritten()).isTrue();
  }

  @Test
  void isReadWithoutAWord() {
    aws.clockOffset(Duration.ofHours(3));
    Result result = ddb.execute("scan", "--prod");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err()).doesNotContain("clock");
  }

  @Test
  void thatIsRightIsWrittenToWithoutAWord() {
    Result result = send("--quiet");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err()).doesNotContain("clock");
  }
}
