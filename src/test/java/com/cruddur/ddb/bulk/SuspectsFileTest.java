package com.cruddur.ddb.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.chat.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspectsFileTest {
  private static final List<String> FINDINGS =
      List.of(
          finding("finding", "stale", "g2", "u2"),
          finding("note", "ahead", "g3", "u3"),
          finding("finding", "missing", "g1", "u1"),
          finding("finding", "stale", "g2", "u1"),
          finding("finding", "wrong_type", "g10", ""),
          finding("finding", "wrong_text", "g2", "u2"),
          finding("finding", "unknown_item", "", ""));

  @TempDir private Path folder;

  private static String finding(String severity, String kind, String group, String user) {
    return "{\"severity\":\"%s\",\"kind\":\"%s\",\"message_group_uuid\":\"%s\",\"user_uuid\":\"%s\"}"
        .formatted(severity, kind, group, user);
  }

  private SuspectsFile read(String text) throws IOException {
    return SuspectsFile.read(SeedInput.file(Files.writeString(folder.resolve("findings"), text)));
  }

  @Test
  void conversationsComeOnceInOrderWithTheirUsersFromLinesAndFromADocument() throws IOException {
    String items = String.join(",", FINDINGS);
    for (String text :
        List.of(
            String.join("\n", FINDINGS),
            "{\"items\":[" + items + "],\"next_token\":null}",
            "{\"next_token\":null,\"items\":[" + items + "]}")) {
      try (SuspectsFile file = read(text)) {
        assertThat(file.conversations()).isEqualTo(3);
        assertThat(file.others()).isEqualTo(1);
        assertThat(file)
            .containsExactly(
                Map.entry("g1", Set.of("u1")),
                Map.entry("g10", Set.of()),
                Map.entry("g2", Set.of("u1", "u2")));
      }
    }
  }

  @Test
  void whatNoCheckHasWrittenIsNamedByItsLine() {
    for (String text :
        List.of("[]", "1", "{\"items\":1}", "{\"kind\":\"stale\"}", "{\"items\":[")) {
      assertThatThrownBy(() -> read(FINDINGS.get(0) + "\n" + text))
          .as(text)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("findings:2 is not a finding");
    }
  }
}
