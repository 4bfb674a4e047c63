package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of docs/limits.md names a class and what stands in its source. */
class LimitsPageTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern IN_THE_CODE = Pattern.compile("\\| `(\\w+): (.+)` \\|");

  @Test
  void eachLimitOfThePageStandsInTheCode() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs", "limits.md")).stream()
            .filter(line -> line.matches("\\|.*\\|") && !line.matches("\\| what .*|\\|-.*"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(20);
    List<String> wrong = new ArrayList<>();
    for (String row : rows) {
      Matcher code = IN_THE_CODE.matcher(row);
      if (!code.find() || !source(code.group(1)).contains(flat(code.group(2)))) {
        wrong.add(row);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String source(String className) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      Path file = files.filter(f -> f.endsWith(className + ".java")).findFirst().orElseThrow();
      return flat(Files.readString(file));
    }
  }

  /** However it is broken into lines. */
  private static String flat(String code) {
    return code.replaceAll("\\s+", "");
  }
}
