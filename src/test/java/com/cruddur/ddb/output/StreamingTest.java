package com.cruddur.ddb.output;

import static com.cruddur.ddb.output.Printed.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.output.Printed.CountingWriter;
import com.cruddur.ddb.output.Printed.FailingWriter;
import java.io.BufferedWriter;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamingTest {
  private static final List<String> COLUMNS = List.of("message", "handle");
  private static final Map<String, Object> RECORD =
      record("message", "x".repeat(80), "handle", "andrewbrown");

  @ParameterizedTest
  @EnumSource
  void aHundredThousandRecordsFlowAsTheyCome(OutputFormat format) {
    CountingWriter out = new CountingWriter();
    try (RecordPrinter printer = Printers.records(format, out, COLUMNS, Display.PIPE)) {
      long behind = Long.MIN_VALUE;
      for (int i = 1; i <= 100_000; i++) {
        printer.print(RECORD);
        long written = (i - TablePrinter.MOST_RECORDS) * 92L;
        behind = Math.max(behind, written - out.characters);
      }
      assertThat(behind).isLessThanOrEqualTo(0);
    }
    assertThat(out.characters).isGreaterThanOrEqualTo(100_000 * 92L);
  }

  @ParameterizedTest
  @EnumSource
  void aClosedPipeIsToldApartFromOtherFailures(OutputFormat format) {
    assertThatThrownBy(() -> printTo(new FailingWriter("Broken pipe"), format))
        .isInstanceOf(BrokenPipeException.class);
    assertThatThrownBy(() -> printTo(new FailingWriter("No space left on device"), format))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(
            () ->
                Printers.document(
                    format,
                    new BufferedWriter(new FailingWriter("Broken pipe")),
                    RECORD,
                    Display.PIPE))
        .isInstanceOf(BrokenPipeException.class);
  }

  @Test
  void aClosedPipeEndsADocumentOfManyPartsToo() {
    Map<String, Object> document = Map.of("messages", Collections.nCopies(1000, RECORD));
    assertThatThrownBy(() -> Printers.json(new FailingWriter("Broken pipe"), document))
        .isInstanceOf(BrokenPipeException.class);
    assertThatThrownBy(() -> Printers.json(new FailingWriter("No space left on device"), document))
        .isInstanceOf(UncheckedIOException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aPrintWriterThatSwallowedTheFailureIsABrokenPipe(OutputFormat format) {
    assertThatThrownBy(() -> printTo(new PrintWriter(new FailingWriter("Broken pipe")), format))
        .isInstanceOf(BrokenPipeException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatStopsIsABrokenPipe(OutputFormat format) throws Exception {
    PipedReader in = new PipedReader();
    PipedWriter out = new PipedWriter(in);
    in.close();
    assertThatThrownBy(() -> printTo(out, format)).isInstanceOf(BrokenPipeException.class);
  }

  private static void printTo(Writer out, OutputFormat format) {
    try (RecordPrinter printer = Printers.records(format, out, COLUMNS, Display.PIPE)) {
      printer.print(RECORD);
      printer.flush();
    }
  }
}
