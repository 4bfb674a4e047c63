package com.cruddur.ddb.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.file.Spool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What is kept on disk of an input that has to be read twice. */
final class OpenInputTest {
  private static final int UNPACKED = 64 << 20;

  /** Conversations before the users who take part in them, and a thousand times larger unpacked. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("{\"conversations\":[".getBytes(StandardCharsets.UTF_8));
      byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < UNPACKED; i += blanks.length) {
        out.write(blanks);
      }
      out.write("],\"users\":[]}".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aGzipIsNotUnpackedToDisk() throws IOException {
    byte[] zipped = bomb();
    OpenInput in = OpenInput.of(new SeedInput("<stdin>", () -> new ByteArrayInputStream(zipped)));
    assertThat(in.format.readTwice).isTrue();
    try (Spool spool = in.spool()) {
      assertThat(spool.size()).isEqualTo(zipped.length).isLessThan(UNPACKED / 500);
      assertThat(spool.open().readAllBytes()).isEqualTo(zipped);
      try (OpenInput again = OpenInput.of(new SeedInput("<stdin>", spool::open, true))) {
        assertThat(again.format).isEqualTo(in.format);
        assertThat(again.stream.readNBytes(17)).asString().isEqualTo("{\"conversations\":");
      }
    }
  }
}
