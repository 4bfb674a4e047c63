package com.cruddur.ddb.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.dynamo.Target;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletedLinesTest {
  private final Cures cures =
      Cures.of(
          new TargetSettings(
              new Target(
                  Target.Kind.ENDPOINT,
                  URI.create("http://db:8000"),
                  "us-east-1",
                  null,
                  "local",
                  "local",
                  "t-1"),
              List.of(
                  new Setting("endpoint", "http://db:8000", "--endpoint-url"),
                  new Setting("region", "us-east-1", "default of a local endpoint"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Run 'ddb check U --repair'. | Run 'ddb check U --repair URL --table t-1'.",
        "'ddb schema-load', or 'ddb list-tables' | 'ddb schema-load URL --table t-1', or 'ddb list-tables URL'",
        "'ddb schema-load --table NEW' | 'ddb schema-load --table NEW URL'",
        "'ddb rename-user U --display-name 'A. O'\\''B'' does it | 'ddb rename-user U --display-name 'A. O'\\''B' URL --table t-1' does it",
        "a user's 'ddb cache create c' | a user's 'ddb cache create c URL'",
        "'ddb local start', 'ddb scan --help', 'ddb COMMAND' | 'ddb local start', 'ddb scan --help', 'ddb COMMAND'",
        "'aws dynamodb wait x' | 'AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws dynamodb wait x URL --region us-east-1'",
        "nothing of ddb's | nothing of ddb's"
      })
  void getTheTargetAtTheirEnd(String said, String told) {
    assertThat(cures.in(said)).isEqualTo(told.replace("URL", "--endpoint-url http://db:8000"));
    assertThat(Cures.NONE.in(said)).isEqualTo(said);
  }
}
