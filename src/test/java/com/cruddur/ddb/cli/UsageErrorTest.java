package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.cli.context.ExitCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command line that cannot be run says what is wrong and what would be right. */
class UsageErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list-conversations                | USER is missing                       | See 'ddb list-conversations --help'.
          send-message                      | CONVERSATION and TEXT are missing     | Put -- before a text that begins with -. See 'ddb send-message --help'.
          start-conversation hi             | --from USER and --to USER are missing | See 'ddb start-conversation --help'.
          scan --limit                      | --limit needs a value, N              | See 'ddb scan --help'.
          scan --limit x                    | --limit is 'x'                        | It is a whole number. See 'ddb scan --help'.
          scan -o xml                       | --output is 'xml'                     | It is table, json, ndjson or csv. See 'ddb scan --help'.
          seed --generate=x                 | --generate is 'x'                     | It takes no value. See 'ddb seed --help'.
          scan --limit 1 --limit 2          | --limit is given twice                | See 'ddb scan --help'.
          scan --limt 1                     | unknown option '--limt'               | Did you mean --limit? See 'ddb scan --help'.
          cache create a b                  | one argument too many: 'b'            | See 'ddb cache create --help'.
          lst-tables                        | unknown command 'lst-tables'          | Did you mean list-tables? See 'ddb --help'.
          lsit-tables                       | unknown command 'lsit-tables'         | Did you mean list-tables? See 'ddb --help'.
          list                              | unknown command 'list'                | Did you mean list-conversations, list-tables or list-users? See 'ddb --help'.
          conversations                     | unknown command 'conversations'       | Did you mean list-conversations? See 'ddb --help'.
          xyzzy                             | unknown command 'xyzzy'               | See 'ddb --help'.
          cache gte K                       | unknown command 'gte'                 | Did you mean get? See 'ddb cache --help'.
          scan --lmiit=3                    | unknown option '--lmiit=3'            | Did you mean --limit? See 'ddb scan --help'.
          scan -limit 3                     | unknown option '-limit'               | Did you mean --limit? See 'ddb scan --help'.
          """)
  void namesTheCauseAndTheCure(String line, String message, String hint) {
    Result result = DdbRunner.run(line.split(" "));
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("ddb: " + message + "\n  hint: " + hint + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o json", "--output=ndjson", "-ojson"})
  void textThatCannotBeReadIsToldInTheFormatAskedFor(String format) {
    Result result = DdbRunner.run(("find x\uFFFD " + format).split(" "));
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).startsWith("{\"error\":{\"code\":\"usage\",").contains("U+FFFD");
  }
}
