package com.cruddur.ddb.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.output.Printed.FailingWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private final StringWriter err = new StringWriter();

  @Test
  void aNoticeIsALineAndAWarningSaysSo() {
    Notices notices = new Notices(err, false, false, false);
    notices.info("started the local stack");
    notices.warn("the cache did not answer");
    notices.detail("not asked for");
    assertThat(err.toString())
        .isEqualTo("started the local stack\nwarning: the cache did not answer\n");
  }

  @Test
  void quietDropsNoticesAndKeepsWarningsAndErrors() {
    Notices notices = new Notices(err, true, false, false);
    notices.info("started the local stack");
    notices.warn("slow");
    notices.error(OutputFormat.TABLE, "failed", "it failed", null);
    assertThat(err.toString()).isEqualTo("warning: slow\nddb: it failed\n");
  }

  @Test
  void detailIsForVerboseAndMayHaveSeveralLines() {
    new Notices(err, false, true, false).detail("java.io.IOException: x\u001b\r\n\tat a.B.c\n");
    assertThat(err.toString()).isEqualTo("java.io.IOException: x\\u001b\n    at a.B.c\n");
  }

  @Test
  void anErrorIsOneLineAndAHint() {
    new Notices(err, false, false, false)
        .error(
            OutputFormat.CSV, "not_found", "table \u001b[2Jx\ny does not exist", "ddb schema-load");
    assertThat(err.toString())
        .isEqualTo("ddb: table \\u001b[2Jx\\ny does not exist\n  hint: ddb schema-load\n");
  }

  @Test
  void anErrorIsOneJsonObjectWhereStdoutIsJson() {
    Notices notices = new Notices(err, false, false, true);
    notices.error(OutputFormat.JSON, "not_found", "no table \"x\u009b\"", "ddb schema-load");
    notices.error(OutputFormat.NDJSON, "failed", "it failed", null);
    assertThat(err.toString())
        .isEqualTo(
            """
            {"error":{"code":"not_found","message":"no table \\"x\\u009b\\"","hint":"ddb schema-load"}}
            {"error":{"code":"failed","message":"it failed","hint":null}}
            """);
  }

  @Test
  void anErrorWithoutAMessageIsItsCode() {
    new Notices(err, false, false, false).error(OutputFormat.TABLE, "failed", null, null);
    assertThat(err.toString()).isEqualTo("ddb: failed\n");
  }

  @Test
  void colourIsForTheWordThatSaysWhatALineIs() {
    Notices notices = new Notices(err, false, false, true);
    notices.info("plain");
    notices.warn("slow");
    notices.error(OutputFormat.TABLE, "failed", "it failed", "try again");
    assertThat(err.toString())
        .isEqualTo(
            "plain\n\u001b[33mwarning:\u001b[m slow\n"
                + "\u001b[1;31mddb:\u001b[m it failed\n  hint: try again\n");
  }

  @Test
  void aClosedStderrDoesNotEndTheCommand() {
    new Notices(new FailingWriter("Broken pipe"), false, false, false).warn("lost");
  }
}
