package com.cruddur.ddb.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TerminalStreamTest {
  @Test
  void spellsOutWhatATerminalWouldObeyHoweverTheBytesAreCut() throws IOException {
    byte[] lines = "{\"a\":\"\u202e漢字\u0085\\u001b\"}\r\n\u001b[31m,é\r,\n".getBytes(UTF_8);
    for (int size : new int[] {1, 2, 5, 100}) {
      ByteArrayOutputStream shown = new ByteArrayOutputStream();
      try (TerminalStream out = new TerminalStream(shown)) {
        for (int i = 0; i < lines.length; i += size) {
          out.write(lines, i, Math.min(size, lines.length - i));
        }
      }
      assertThat(shown.toString(UTF_8))
          .isEqualTo("{\"a\":\"\\u202e漢字\\u0085\\u001b\"}\n\\u001b[31m,é\\u000d,\n");
    }
  }
}
