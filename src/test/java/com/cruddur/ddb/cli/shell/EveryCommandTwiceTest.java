package com.cruddur.ddb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.FreePorts;
import com.cruddur.ddb.cli.Catalogue;
import com.cruddur.ddb.cli.HelpExample;
import com.cruddur.ddb.cli.context.CommandEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command is run, run with other arguments and run again: by lines of one shell, and each by
 * itself, on a stack of its own. What is printed and the exit code of each line are the same.
 */
class EveryCommandTwiceTest {
  private static final String G = "3f346c75-ad75-43df-aa35-5b4de50470e0";
  private static final String NONE = "00000000-0000-4000-8000-000000000000";
  private static final String ONE = "11111111-1111-4111-8111-111111111111";
  private static final String TWO = "22222222-2222-4222-8222-222222222222";

  /** What runs differ in: random uuids, the time of day, ports, processes, tokens, folders. */
  private static final List<Pattern> OWN =
      List.of(
          Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"),
          Pattern.compile("20\\d\\d-(?!03-)\\d\\d-\\d\\d[T ][0-9:.]+(Z|[+]00:00)?"),
          Pattern.compile("(?<=localhost:|127[.]0[.]0[.]1:|port |port\":)\\d+"),
          Pattern.compile("(pid|process)\\W+\\d+"),
          Pattern.compile("\\d+ ms|\\d+ s (behind|ahead)"),
          Pattern.compile("disposable-[\\w-]+|forgotten-\\w+"));

  private static final Pattern FAILED =
      Pattern.compile("<stdin>:(\\d+): failed with exit code (\\d)");

  /**
   * A command, and two lines of it: words between blanks, FOLDER for a folder of the run. The order
   * is that of a day: what a command needs is there.
   */
  private record Lines(String command, String first, String second) {}

  private static final List<Lines> LINES =
      List.of(
          new Lines("local start", "-o json", ""),
          new Lines("local status", "-o json", ""),
          new Lines("setup", "-o json", "-o csv"),
          new Lines("schema-load", "-o json", "--billing provisioned"),
          new Lines("list-tables", "-o json", "-o csv"),
          new Lines("describe", "-o json", "--table missing"),
          new Lines("scan", "--limit 2 --segments 1 -o ndjson", "--segments 1 -o csv"),
          new Lines(
              "seed",
              "-o json",
              "--generate --users 4 --conversations 2 --messages 6 --random-seed 7 -o json"),
          new Lines("export", "--format csv --segments 1", "--conversation " + G),
          new Lines("import", "FOLDER/items.json -o json", "FOLDER/missing.json"),
          new Lines("pull", G + " --to-table one -o json", "--user bayko --to-table two -o json"),
          new Lines("diff", "one --segments 1 -o json", "two --segments 1 -o csv"),
          new Lines("list-conversations", "andrewbrown --limit 1 -o json", "bayko --all -o csv"),
          new Lines("get-conversation", G + " --cached --limit 2 -o json", G + " --oldest-first"),
          new Lines(
              "send-message",
              G + " hello --from andrewbrown -o json --message-uuid " + ONE,
              G + " other --from bayko --message-uuid " + TWO),
          new Lines(
              "start-conversation", "Hi --from londo --to bayko -o json", "Hi --from x --to bayko"),
          new Lines("tail", NONE, G + " --last 0"),
          new Lines("find", "hello --in " + G + " -o json", "other --from bayko -o csv"),
          new Lines("redact-message", G + " " + ONE + " -o json", G + " " + TWO + " --text gone"),
          new Lines("delete-message", G + " " + ONE + " -o json", G + " " + TWO),
          new Lines("list-users", "-o json", "--max-rcu 1000 -o csv"),
          new Lines("rename-user", "londo --display-name Mollari -o json", "londo --handle l"),
          new Lines("export-user", "bayko -o json", "nobody"),
          new Lines("forget-user", "londo --dry-run -o json", "londo -o json"),
          new Lines("check", "-o json", "--repair -o csv"),
          new Lines("stats", "--top 1 -o json", "-o csv"),
          new Lines("trigger run", "--once --dry-run", "--once --from latest"),
          new Lines("trigger template", "", "-o json"),
          new Lines("policy", "scan", "seed export"),
          new Lines("cache create", "extra -o json", "extra -o csv"),
          new Lines("cache list", "-o json", "-o csv"),
          new Lines("cache set", "key one -o json", "key two --ttl 60"),
          new Lines("cache get", "key", "--conversation " + G + " -o json"),
          new Lines("cache increment", "count --by 2 -o json", "count --dry-run -o json"),
          new Lines("cache ttl", "nokey -o json", "nokey --set 60"),
          new Lines("cache evict", "key -o json", "--user andrewbrown"),
          new Lines("cache token", "--read-only -o json", "--ttl 0"),
          new Lines("cache check", G + " -o json", NONE),
          new Lines("cache flush", "extra --yes -o json", "extra"),
          new Lines("cache delete", "extra --yes -o json", "extra"),
          new Lines("doctor", "-o csv", "--profile x"),
          // Refused in a shell, whatever the script is.
          new Lines("shell", "FOLDER/missing", "FOLDER/missing -o json"),
          new Lines("help", "cache get", "scan"),
          new Lines("generate-completion", "", "-o json"),
          new Lines("delete-conversation", G + " -o json", NONE),
          new Lines("drop", "--dry-run -o json", "--yes -o json"),
          new Lines("local stop", "-o json", "-o csv"),
          new Lines("local reset", "--dry-run -o json", "--yes -o json"));

  @TempDir private Path folder;
  private final List<DdbRunner> stacks = new ArrayList<>();

  @AfterEach
  void stop() {
    stacks.forEach(ddb -> ddb.execute("local", "stop"));
  }

  /** A home, with a stack that the first line starts. */
  private DdbRunner home(Path home) throws IOException {
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("items.json"), "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}}}\n");
    DdbRunner ddb =
        DdbRunner.on("messages")
            .home(null)
            .clock(InstantSource.fixed(Instant.parse("2026-03-20T12:00:00Z")))
            .env("HOME", home.toString())
            .env("XDG_STATE_HOME", home.resolve("state").toString())
            .env("XDG_DATA_HOME", home.resolve("data").toString())
            .env("XDG_CONFIG_HOME", home.resolve("config").toString())
            .env("XDG_CACHE_HOME", home.resolve("cache").toString())
            .env("DDB_LOCAL_PORT", "" + FreePorts.next())
            .env("DDB_LOCAL_CACHE_PORT", "" + FreePorts.next());
    stacks.add(ddb);
    return ddb;
  }

  /** All first lines, all second ones, all first ones again. */
  private static List<String> lines(Path home) {
    List<String> lines = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (Lines one : linesOfEveryCommand()) {
        String line = one.command + " " + (round == 1 ? one.second : one.first);
        lines.add(line.replace("FOLDER", home.toString()).strip());
      }
    }
    return lines;
  }

  private static String common(String text, Path home) {
    String common = text.replace(home.toString(), "FOLDER");
    for (Pattern own : OWN) {
      common = own.matcher(common).replaceAll("*");
    }
    return common;
  }

  /** What no lines are written for runs by the first example of its help. */
  private static List<Lines> linesOfEveryCommand() {
    List<Lines> all = new ArrayList<>(LINES);
    for (CommandEntry entry : Catalogue.commands()) {
      if (LINES.stream().noneMatch(lines -> lines.command.equals(entry.name()))) {
        String example = HelpExample.arguments(entry);
        all.add(new Lines(entry.name(), example, example));
      }
    }
    return all;
  }

  @Test
  void knowsEveryCommand() {
    assertThat(linesOfEveryCommand())
        .extracting(Lines::command)
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.commands().stream().map(CommandEntry::name).toList());
  }

  @Test
  void everyCommandDoesInAShellWhatItDoesByItself() throws IOException {
    Path one = folder.resolve("1");
    Path two = folder.resolve("2");
    DdbRunner ddb = home(one);
    List<Result> alone = new ArrayList<>();
    for (String line : lines(one)) {
      alone.add(ddb.execute((line + " -q").split(" ")));
    }
    Result shell =
        home(two)
            .stdin(String.join("\n", lines(two)) + "\n")
            .execute("shell", "--keep-going", "-q");

    String rest = common(shell.out(), two);
    for (int i = 0; i < alone.size(); i++) {
      String expected = common(alone.get(i).out(), one);
      String actual = rest.substring(0, Math.min(rest.length(), expected.length()));
      // What is worked on at once ends in any order.
      assertThat(actual.lines().sorted())
          .as("%s, alone: %s", lines(two).get(i), alone.get(i))
          .containsExactlyElementsOf(expected.lines().sorted().toList());
      rest = rest.substring(expected.length());
    }
    assertThat(rest).isEmpty();
    assertThat(
            FAILED
                .matcher(shell.err())
                .results()
                .map(
                    (MatchResult f) ->
                        lines(two).get(Integer.parseInt(f.group(1)) - 1) + f.group(2))
                .toList())
        .as(shell.err())
        .isEqualTo(
            IntStream.range(0, alone.size())
                .filter(i -> alone.get(i).exitCode() != 0)
                .mapToObj(i -> lines(two).get(i) + alone.get(i).exitCode())
                .toList());
  }
}
