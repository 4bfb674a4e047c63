package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/** The one list of commands beside what the commands themselves say, and beside README. */
class CatalogueTest {
  private static final Path COMMANDS = Path.of("src/main/java/com/cruddur/ddb/cli");
  private static final Pattern CODE = Pattern.compile("`([a-z][^`]*)`");

  static List<CommandEntry> commands() {
    return Catalogue.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void namesACommandAsItsAnnotationDoes(CommandEntry entry) {
    assertThat(entry.type().getAnnotation(Command.class).name()).isEqualTo(entry.lastWord());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysOfACommandThatItAsksIfItDoes(CommandEntry entry) throws IOException {
    String source = Files.readString(source(entry.type())).replaceAll("\\s", "");
    assertThat(entry.traits().contains(Trait.ASKS)).isEqualTo(source.contains("context.guard()"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysOfACommandThatItIsBulkIfItTakesTheClientForThat(CommandEntry entry) throws IOException {
    String source = Files.readString(source(entry.type()));
    assertThat(entry.traits().contains(Trait.BULK)).isEqualTo(source.contains(".goBulk("));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysOfACommandThatItUsesTheTableIfItExplainsItself(CommandEntry entry) {
    if (Explainable.class.isAssignableFrom(entry.type())) {
      assertThat(entry.traits()).contains(Trait.TABLE);
    }
  }

  @Test
  void hasEveryCommandThereIs() throws IOException {
    try (Stream<Path> sources = Files.walk(COMMANDS)) {
      Set<String> classes =
          sources
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Command.java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              // The root, which has all of them.
              .filter(name -> !name.equals("DdbCommand"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(Catalogue.members("").stream().flatMap(CatalogueTest::withMembers))
          .extracting(entry -> entry.type().getSimpleName())
          .containsExactlyInAnyOrderElementsOf(classes);
    }
  }

  @Test
  void isWhatTheTableOfReadmeNames() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String table = readme.substring(readme.indexOf("| command | does |"));
    Set<String> named =
        table
            .lines()
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.replace("\\|", "/").split("\\|")[1])
            .flatMap(cell -> CODE.matcher(cell).results())
            .flatMap((MatchResult code) -> names(code.group(1)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.commands().stream().map(CommandEntry::name).toList());
  }

  @Test
  void isTheOnlyPlaceBesideItsClassThatHasToKnowACommand() throws IOException {
    Pattern describe = Pattern.compile("\\bDescribeCommand\\b|\"describe\"|(?m)^  describe ");
    Set<String> places = new TreeSet<>();
    try (Stream<Path> main = Files.walk(Path.of("src/main"))) {
      Stream<Path> all = Stream.concat(main, Stream.of(Path.of("bin/ddb"), Path.of("pom.xml")));
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (describe.matcher(Files.readString(file)).find()) {
          places.add(file.getFileName().toString());
        }
      }
    }
    assertThat(places)
        .containsExactly(
            "DescribeCommand.java", "Permissions.java", "TableCatalogue.java", "Training.java");
    String guide = Files.readString(Path.of("CONTRIBUTING.md"));
    assertThat(guide.substring(guide.indexOf("`ddb hello NAME`"), guide.indexOf("- [ ]")))
        .contains("`TableCatalogue`", "HelloCommand.java", "`Training`", "`Permissions`");
  }

  /** Of {@code cache get/set KEY} both. */
  private static Stream<String> names(String code) {
    String[] words = code.split(" ");
    boolean group = !Catalogue.members(words[0]).isEmpty();
    return group
        ? Arrays.stream(words[1].split("/")).map(word -> words[0] + " " + word)
        : Stream.of(words[0]);
  }

  private static Stream<CommandEntry> withMembers(CommandEntry entry) {
    return Stream.concat(Stream.of(entry), Catalogue.members(entry.name()).stream());
  }

  private static Path source(Class<?> type) {
    return Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
  }
}
