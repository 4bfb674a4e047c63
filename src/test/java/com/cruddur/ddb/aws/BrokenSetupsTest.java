package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import com.cruddur.ddb.aws.BrokenSetup.Place;
import com.cruddur.ddb.cli.context.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A profile that cannot sign: whoever else could does not, and the error says what it is. */
class BrokenSetupsTest {
  @TempDir private Path home;

  static List<BrokenSetup> all() {
    return BrokenSetups.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isAnErrorThatNamesProfileAndCauseAndNobodyElseSigns(BrokenSetup setup) {
    try (AwsStandIn aws = new AwsStandIn()) {
      Place place = new Place(aws, home);
      place.write(".aws/config", setup.profile());
      DdbRunner ddb =
          DdbRunner.fresh()
              .env("HOME", home.toString())
              .env("AWS_ENDPOINT_URL", aws.url())
              .env("AWS_REGION", "eu-west-1")
              .env("AWS_ACCESS_KEY_ID", "AKIAENV")
              .env("AWS_SECRET_ACCESS_KEY", "secret");
      Result result =
          setup
              .environment()
              .apply(ddb, place)
              .execute("list-tables", "--prod", "--profile", "ops", "--timeout", setup.timeout());

      assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(result.out()).isEmpty();
      assertThat(
              result
                  .err()
                  .lines()
                  .findFirst()
                  .orElse("")
                  .replaceAll("localhost:\\d+", "localhost:PORT")
                  .replace("AWS in eu-west-1 through " + aws.url() + ": ", ""))
          .isEqualTo("ddb: " + setup.said().replace("FOLDER", home.toString()));
      assertThat(result.err().lines()).hasSize(2);
      assertThat(result.err().lines().skip(1).findFirst().orElse("")).contains(setup.cure());
      assertThat(aws.calls()).extracting(Call::keyId).doesNotContain("AKIAENV");
      assertThat(aws.calls("dynamodb")).isEmpty();
    }
  }

  @Test
  void isOneJsonObjectWhereResultsAreJson() {
    new Place(null, home).write(".aws/config", "nonsense\n");
    Result result =
        DdbRunner.fresh()
            .env("HOME", home.toString())
            .execute("list-tables", "--prod", "--profile", "ops", "-o", "json");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.error().get("message").asText()).contains(".aws/config");
  }
}
