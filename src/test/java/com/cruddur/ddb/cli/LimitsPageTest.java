package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
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

  /** The first number after a sign that gives it, such as {@code = 8} or {@code (8}. */
  private static final Pattern NUMBER = Pattern.compile("[=(] ?(\\d[\\d_]*)\\b");

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

  /** A number in the code stands in the row's words too: as it is, or in greater units. */
  @Test
  void eachNumberOfTheCodeIsSaidOnThePage() throws IOException {
    List<String> silent = new ArrayList<>();
    for (String row : Files.readAllLines(Path.of("docs", "limits.md"))) {
      Matcher code = IN_THE_CODE.matcher(row);
      if (code.find()) {
        Matcher number = NUMBER.matcher(code.group(2));
        String words = inDigits(row.substring(0, code.start()));
        if (number.find() && said(number.group(1)).noneMatch(n -> words.matches(word(n)))) {
          silent.add(row);
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  private static String inDigits(String words) {
    return words
        .replace(",", "")
        .replace("a third", "1/3")
        .replace("a tenth", "1/10")
        .replace("ten times", "10 times")
        .replace("every second", "every 1 s");
  }

  private static Stream<String> said(String number) {
    BigDecimal given = new BigDecimal(number.replace("_", ""));
    return Stream.of(1, 1000)
        .map(unit -> given.divide(BigDecimal.valueOf(unit)).stripTrailingZeros().toPlainString());
  }

  private static String word(String number) {
    return "(?s).*(?<![\\d.])" + Pattern.quote(number) + "(?![\\d.]\\d|\\d).*";
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
