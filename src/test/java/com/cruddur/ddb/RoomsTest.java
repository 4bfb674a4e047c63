package com.cruddur.ddb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the imports of main code against the lists in rooms.txt, and keeps tests to their tools.
 */
final class RoomsTest {
  private static final Path MAIN = Path.of("src/main/java/com/cruddur/ddb");
  private static final Path SPARK = Path.of("src/spark/java");
  private static final Path LISTS = Path.of("src/test/resources/rooms.txt");
  private static final String OURS = "com.cruddur.ddb";

  /** Imports among the rooms of the command line but those of the context; lower it with them. */
  private static final int CLI_IMPORTS = 39;

  private static final Pattern IMPORTED =
      Pattern.compile("(?m)^import (?:static )?(com\\.cruddur\\.ddb\\.cli(?:\\.[a-z]+)*)\\.(.*);");

  /** Also a name in code that is written out: without its package. */
  private static final Pattern NAMED =
      Pattern.compile("(?<![\\w.\"/])((?:[a-z]\\w*\\.)+)[A-Z]\\w*");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern LITERAL = Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*\"");

  /** What a room may import: rooms of ours, and the first part of the names of libraries. */
  private record Allowed(Set<String> rooms, List<String> libraries) {
    boolean allows(String packageName) {
      return packageName.matches("javax?\\..*")
          || (isOurs(packageName)
              ? rooms.contains(room(packageName))
              : libraries.stream().anyMatch(l -> (packageName + ".").startsWith(l + ".")));
    }
  }

  @Test
  void everyRoomImportsWhatItsListAllows() throws IOException {
    Map<String, Allowed> lists = lists();
    List<String> forbidden = new ArrayList<>();
    for (Path source : mainSources()) {
      String room = roomOf(source);
      Allowed allowed = lists.get(room);
      if (allowed == null) {
        fail("package " + room + " has no line in " + LISTS);
      }
      for (String packageName : named(source)) {
        if (!allowed.allows(packageName) && !room(packageName).equals(room)) {
          forbidden.add(source.getFileName() + " in " + room + " uses " + packageName);
        }
      }
    }
    assertThat(forbidden).as("not allowed by " + LISTS).isEmpty();
  }

  @Test
  void noListNamesWhatNobodyImports() throws IOException {
    Map<String, Set<String>> used = new TreeMap<>();
    for (Path source : mainSources()) {
      used.computeIfAbsent(roomOf(source), room -> new TreeSet<>())
          .addAll(named(source).stream().filter(RoomsTest::isOurs).map(RoomsTest::room).toList());
    }
    Map<String, Set<String>> unneeded = new TreeMap<>();
    lists()
        .forEach(
            (room, allowed) -> {
              Set<String> rest = new TreeSet<>(allowed.rooms);
              rest.removeAll(used.getOrDefault(room, Set.of()));
              if (!rest.isEmpty()) {
                unneeded.put(room, rest);
              }
            });
    assertThat(unneeded).as("what rooms.txt allows and nobody imports").isEmpty();
  }

  @Test
  void theRoomsOfTheCommandLineStandOnFloors() throws IOException {
    Map<String, Allowed> lists = lists();
    assertThat(lists.get("cli.context").rooms).noneMatch(room -> room.startsWith("cli"));
    Map<String, Allowed> left = new TreeMap<>(lists);
    while (!left.isEmpty()) {
      List<String> free =
          left.entrySet().stream()
              .filter(e -> e.getValue().rooms.stream().noneMatch(left::containsKey))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(free).as("rooms without a circle, of " + left.keySet()).isNotEmpty();
      left.keySet().removeAll(free);
    }
  }

  /** A bound that goes down only: an import too many is a cut in the wrong place. */
  @Test
  void theRoomsOfTheCommandLineImportLittleOfEachOther() throws IOException {
    List<String> imports = new ArrayList<>();
    for (Path source : sources(MAIN.resolve("cli"))) {
      String room = "com.cruddur.ddb." + roomOf(source);
      IMPORTED
          .matcher(Files.readString(source))
          .results()
          .filter(found -> !found.group(1).equals(room) && !found.group(1).endsWith(".context"))
          .forEach(found -> imports.add(source.getFileName() + ": " + found.group(2)));
    }
    assertThat(imports).hasSize(CLI_IMPORTS);
  }

  @Test
  void theClientOfDynamoDbIsUsedInItsRoomsAlone() throws IOException {
    Pattern client = Pattern.compile("\\bDynamoDbClient\\b|\\.dynamoDb\\(\\)");
    Set<String> holders = new TreeSet<>();
    for (Path source : sources(MAIN)) {
      boolean inside = roomOf(source).matches("dynamo(\\..*)?");
      if (!inside
          && client.matcher(COMMENT.matcher(Files.readString(source)).replaceAll(" ")).find()) {
        holders.add(source.getFileName().toString());
      }
    }
    // They make it and hand it on; CONTRIBUTING tells what is asked instead.
    assertThat(holders)
        .containsExactly(
            "ClientPool.java",
            "CommandContext.java",
            "DryRun.java",
            "TargetClients.java",
            "TriggerLambda.java");
  }

  @Test
  void testsUseNoMocksAndNothingInternal() throws IOException {
    for (Path source : sources(Path.of("src/test/java"))) {
      assertThat(named(source))
          .as(source.toString())
          .noneMatch(p -> p.startsWith("org.mockito") || p.equals("org.junit"))
          .noneMatch(p -> p.startsWith("sun.") && !p.equals("sun.misc"));
    }
  }

  private static Map<String, Allowed> lists() throws IOException {
    Map<String, Allowed> lists = new TreeMap<>();
    for (String line : Files.readAllLines(LISTS)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] parts = line.split("[:|]", -1);
        lists.put(parts[0].strip(), new Allowed(Set.copyOf(words(parts[1])), words(parts[2])));
      }
    }
    return lists;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split(" +")).filter(word -> !word.isEmpty()).toList();
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static List<Path> mainSources() throws IOException {
    return Stream.concat(sources(MAIN).stream(), sources(SPARK).stream()).toList();
  }

  private static String roomOf(Path source) {
    String folder = source.getParent().toString().replace('/', '.');
    return room(folder.substring(folder.indexOf(OURS)));
  }

  private static Set<String> named(Path source) throws IOException {
    String code = COMMENT.matcher(Files.readString(source)).replaceAll(" ");
    return NAMED
        .matcher(LITERAL.matcher(code).replaceAll("\"\"").replaceAll("import static ", "import "))
        .results()
        .map((MatchResult found) -> found.group(1))
        .filter(name -> name.indexOf('.') < name.length() - 1)
        .map(name -> name.substring(0, name.length() - 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOurs(String packageName) {
    return packageName.equals(OURS) || packageName.startsWith(OURS + ".");
  }

  private static String room(String packageName) {
    return packageName.equals(OURS)
        ? "-"
        : isOurs(packageName) ? packageName.substring(OURS.length() + 1) : packageName;
  }
}
