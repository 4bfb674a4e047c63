package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.Trait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each line of docs/limits.md names classes and what stands in their source; every figure of its
 * words is one of them, and every figure of them is in its words.
 */
class LimitsPageTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern IN_THE_CODE = Pattern.compile("`(\\w+): ([^`]+)`");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d[\\d_.]*(?=L?\\b)");

  /** How many of the code's unit one of the page's is: the same, ms, minutes, ns. */
  private static final List<Long> UNITS = List.of(1L, 1_000L, 60L, 1_000_000_000L);

  private static List<String> rows() throws IOException {
    return Files.readString(Path.of("docs", "limits.md"))
        .replace("\n  ", " ")
        .lines()
        .filter(line -> line.startsWith("- "))
        .toList();
  }

  @Test
  void everyFigureOfThePageStandsInTheCodeAndTheOtherWayRound() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(20);
    for (String row : rows()) {
      assertThat(faults(row)).as(row).isEmpty();
    }
  }

  @Test
  void aFigureThatDriftsIsFound() throws IOException {
    for (String row : rows()) {
      int words = row.lastIndexOf(" (`");
      String said = row.substring(0, words);
      List<MatchResult> figures = NUMBER.matcher(inDigits(said)).results().toList();
      for (MatchResult figure : figures) {
        String other = new StringBuilder(inDigits(said)).insert(figure.end(), '7').toString();
        assertThat(faults(other + row.substring(words))).as(other).isNotEmpty();
      }
      String code = NUMBER.matcher(row.substring(words)).replaceFirst("77");
      if (!code.equals(row.substring(words))) {
        assertThat(faults(said + code)).as(code).isNotEmpty();
      }
    }
  }

  @Test
  void bulkJobsAreThoseOfTheCatalogue() throws IOException {
    String row = rows().stream().filter(r -> r.contains("bulk job (")).findFirst().orElseThrow();
    String list = row.substring(row.indexOf('('), row.indexOf(')'));
    Set<String> named =
        Pattern.compile("`([^`]+)`")
            .matcher(list)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named)
        .isEqualTo(
            Catalogue.commands().stream()
                .filter(entry -> entry.traits().contains(Trait.BULK))
                .map(CommandEntry::name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** What of a row is not in the code, or not in its words. */
  private static List<String> faults(String row) throws IOException {
    List<String> faults = new ArrayList<>();
    int cell = row.lastIndexOf(" (`");
    String words = inDigits(row.substring(0, cell));
    List<MatchResult> cited = IN_THE_CODE.matcher(row.substring(cell)).results().toList();
    Set<BigDecimal> code = new TreeSet<>();
    for (MatchResult one : cited) {
      if (!source(one.group(1)).contains(flat(one.group(2)))) {
        faults.add("not in the code: " + one.group());
      }
      numbers(one.group(2)).forEach(code::add);
    }
    Set<BigDecimal> said = numbers(words).collect(Collectors.toCollection(TreeSet::new));
    boolean doubles = row.contains("`S3Transfer: 100L << `");
    code.stream()
        .filter(n -> said.stream().noneMatch(w -> is(w, n, doubles)))
        .forEach(n -> faults.add("not said: " + n));
    said.stream()
        .filter(w -> code.stream().noneMatch(n -> is(w, n, doubles)))
        .forEach(w -> faults.add("not cited: " + w));
    return faults;
  }

  /** A pause that doubles is doubled before it is first made. */
  private static boolean is(BigDecimal said, BigDecimal code, boolean doubles) {
    return UNITS.stream()
        .map(unit -> said.multiply(BigDecimal.valueOf(unit)))
        .anyMatch(n -> n.compareTo(code) == 0 || (doubles && n.compareTo(code.add(code)) == 0));
  }

  private static Stream<BigDecimal> numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(found -> new BigDecimal(found.group().replace("_", "").replaceAll("\\.$", "")));
  }

  private static String inDigits(String words) {
    return words
        .replace(",", "")
        .replace("a third", "3")
        .replace("a tenth", "10")
        .replace("ten times", "10 times")
        .replace("every second", "every 1 s");
  }

  private static String source(String className) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.endsWith(className + ".java"))
          .findFirst()
          .map(LimitsPageTest::read)
          .orElse("");
    }
  }

  private static String read(Path file) {
    try {
      return flat(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** However it is broken into lines. */
  private static String flat(String code) {
    return code.replaceAll("\\s+", "");
  }
}
