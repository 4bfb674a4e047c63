package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CliEnvironment.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, as any other output: a full disk is an error, a reader that went away is none. */
class UnwrittenHelpTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "scan --help", "cache get --help", "help scan"})
  void aFullDiskIsToldAndAReaderThatWentAwayIsNot(String line) {
    assertThat(run("No space left on device", line)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("ddb: No space left on device\n");
    err.reset();
    assertThat(run("Broken pipe", line)).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private int run(String failure, String line) {
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    CliEnvironment environment =
        new CliEnvironment(
            InputStream.nullInputStream(),
            out,
            err,
            Map.of(),
            null,
            Terminal.parse(""),
            Clock.systemUTC());
    return Cli.run(environment, line.split(" "));
  }
}
