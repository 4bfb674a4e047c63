package com.cruddur.ddb.cli.table;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsCommandTest {
  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();
  private final String group = MessageTable.uuid();
  private final DdbRunner runner = table.runner();

  @BeforeEach
  void fourMessagesOnTwoDays() {
    table.message(group, "2026-03-18T23:59:59.000000+00:00", ANDREW, "one");
    table.message(group, "2026-03-19T00:00:00.000000+00:00", ANDREW, "two");
    table.message(group, "2026-03-19T10:00:00.000000+00:00", BAYKO, "three");
    table.message(group, "2026-03-19T11:00:00.000000+00:00", ANDREW, "four");
    table.message(MessageTable.uuid(), "2026-03-20T11:00:00.000000+00:00", BAYKO, "elsewhere");
  }

  @Test
  void countsTheTableByAScan() {
    JsonNode json = Outcome.done(runner.execute("stats", "-o", "json", "--segments", "2")).json();
    assertThat(json.get("messages").asInt()).isEqualTo(5);
    assertThat(json.get("items").asInt()).isEqualTo(5);
    assertThat(json.get("counts_too_low_by_at_most").asInt()).isZero();
    assertThat(json.get("days").toString())
        .containsSubsequence(
            "2026-03-18", "\"items\":1", "2026-03-19", "\"items\":3", "2026-03-20");
    assertThat(json.get("senders").get(0).get("handle").asText()).isEqualTo("andrewbrown");
    assertThat(json.get("partitions").get(0).get("name").asText()).isEqualTo("MSG#" + group);
    assertThat(json.get("partitions").get(0).get("items").asInt()).isEqualTo(4);
    assertThat(json.get("bytes").asLong())
        .isGreaterThanOrEqualTo(5 * json.get("average_message_bytes").asLong() - 5);
  }

  @Test
  void countsAConversationByAQueryWithoutAScan() {
    Result result =
        Outcome.done(runner.execute("stats", group, "-o", "json", "--since", "2026-03-19"));
    assertThat(result.json().get("messages").asInt()).isEqualTo(3);
    assertThat(runner.execute("stats", group, "--explain").out()).contains("Query");
    assertThat(runner.execute("stats", "--explain").out()).contains("Scan");
    assertThat(
            runner
                .execute("stats", "--until", "2026-03-17", "-o", "json")
                .json()
                .get("items")
                .asInt())
        .isZero();
  }

  @Test
  void chartsTheLatestDaysAndTheFirstSendersThatAreAskedFor() {
    String all = Outcome.done(runner.execute("stats", group)).out();
    assertThat(all).contains("2026-03-18", "2026-03-19", "andrewbrown", "bayko");
    String less = Outcome.done(runner.execute("stats", group, "--days=1", "--top=1")).out();
    assertThat(less)
        .contains("2026-03-19", "andrewbrown", "1 message on days before")
        .doesNotContain("2026-03-18", "bayko");
    assertThat(runner.execute("stats", "--days", "0").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void givesTheNumbersInLinesToo() {
    assertThat(Outcome.done(runner.execute("stats", group, "-o", "csv")).out())
        .startsWith("kind,name,handle,items,bytes\ntotal,items,,4,")
        .contains("\nday,2026-03-19,,3,", "\nsender," + BAYKO.uuid() + ",bayko,1,");
    assertThat(Outcome.done(runner.execute("stats", group, "-o", "ndjson")).out().lines())
        .hasSize(6);
  }

  @Test
  void barsFitTheTerminalAndAreOfItsCharacters() {
    DdbRunner terminal = runner.terminal("012:60").env("TERM", "xterm").env("NO_COLOR", "1");
    String blocks = Outcome.done(terminal.env("LANG", "C.UTF-8").execute("stats", group)).out();
    assertThat(blocks.lines()).allMatch(line -> line.length() <= 60);
    assertThat(blocks).contains("2026-03-19  ████").doesNotContain("#█");
    String ascii =
        Outcome.done(terminal.env("LANG", "de_DE.ISO-8859-1").execute("stats", group)).out();
    assertThat(ascii).contains("2026-03-19  ####").doesNotContain("█");
    int day =
        blocks
                .lines()
                .filter(l -> l.startsWith("2026-03-19"))
                .findFirst()
                .orElseThrow()
                .split("█", -1)
                .length
            - 1;
    String other = blocks.lines().filter(l -> l.startsWith("2026-03-18")).findFirst().orElseThrow();
    assertThat(other.chars().filter(c -> c >= 0x2588 && c <= 0x258f).count())
        .isBetween((long) day / 3, (long) day / 3 + 1);
    String dumb = terminal.env("LANG", "C.UTF-8").env("TERM", "dumb").execute("stats", group).out();
    assertThat(dumb).doesNotContain("█");
  }

  @Test
  void refusesWhatIsNotThereOrMeansNothing() {
    assertThat(runner.execute("stats", MessageTable.uuid()).exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(runner.execute("stats", "x").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(runner.execute("stats", "--top", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(runner.execute("stats", "--since", "2026-02", "--until", "x").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void thePageIsPrivateAndNeverGoesThroughALink() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "untouched");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    Result refused = runner.execute("stats", "--html", link.toString());
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(ExitCode.USAGE);
    assertThat(target).hasContent("untouched");

    Path page = Files.writeString(folder.resolve("page.html"), "mine");
    Outcome.failed(ExitCode.USAGE, runner.execute("stats", "--html", page.toString()));
    assertThat(page).hasContent("mine");
    Files.writeString(page, "<!DOCTYPE html>old");
    Outcome.done(runner.execute("stats", "--html", page.toString()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("target", "link", "page.html");
    Result dash = runner.execute("stats", "--html", "-");
    Outcome.failed(ExitCode.USAGE, dash);
    assertThat(dash.err()).contains("--html - is not a file");
    String nowhere = folder.resolve("no/page.html").toString();
    assertThat(runner.execute("stats", "--html", nowhere).exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aBrowserDrawsTheBarsAndRunsNothingOfTheData() throws Exception {
    String evil =
        "</th></script><script>document.title='pwned'</script><img src=x onerror=alert(1)>\"'";
    table.message(
        group,
        "2026-03-19T12:00:00.000000+00:00",
        new com.cruddur.ddb.chat.User(MessageTable.uuid(), evil, evil),
        evil);
    Path page = folder.resolve("page.html");
    Outcome.done(runner.execute("stats", group, "--html", page.toString()));
    String html = Files.readString(page);
    assertThat(html).doesNotContainPattern("<(script|img|link|iframe)|url\\(|<[^>]*(src|href)=");
    assertThat(html)
        .contains("account 000000000000, region ", "; read at <b>20", "<b>MSG#" + group + "</b>");

    // The page's own policy lets no script run: the measuring one needs a page without it.
    Path measured = folder.resolve("measured.html");
    Files.writeString(
        measured,
        html.replaceFirst("<meta http-equiv=[^>]*>", "")
            .replace(
                "</html>",
                "<script>document.querySelectorAll('rect').forEach(r => document.body.append("
                    + "'[' + Math.round(1000 * r.getBBox().width / r.ownerSVGElement.getBoundingClientRect().width)"
                    + " + ']'));document.body.append('{' + document.scripts.length + ' '"
                    + " + performance.getEntriesByType('resource').length + ' ' + document.images.length"
                    + " + ' ' + document.title + '}')</script></html>"));
    String dom = browse(measured, "1280,900");

    List<String> widths =
        Pattern.compile("\\[(\\d+)]").matcher(dom).results().map(MatchResult::group).toList();
    // days 1 and 4, senders 3, 1 and 1, the partition
    assertThat(widths).containsExactly("[250]", "[1000]", "[1000]", "[333]", "[333]", "[1000]");
    assertThat(dom).contains("{1 0 0 Conversation " + group);
    assertThat(dom).contains("&lt;img src=x onerror=alert(1)&gt;");
  }

  @Test
  void onAPhoneTheBarsAreAsWideAsTheScreen() throws Exception {
    Path page = folder.resolve("page.html");
    Outcome.done(runner.execute("stats", group, "--html", page.toString()));
    Files.writeString(
        page,
        Files.readString(page)
            .replaceFirst("<meta http-equiv=[^>]*>", "")
            .replace(
                "</html>",
                "<script>document.body.append('{' + [innerWidth,"
                    + " document.documentElement.scrollWidth,"
                    + " ...[...document.querySelectorAll('svg')].map("
                    + "s => Math.round(s.getBoundingClientRect().width))] + '}')</script></html>"));
    String measured = browse(page, "390,844").replaceAll("(?s).*\\{([0-9,]+)}.*", "$1");
    List<Integer> widths = Stream.of(measured.split(",")).map(Integer::valueOf).toList();
    int screen = widths.get(0);
    assertThat(widths.get(1)).as("no scrolling to the side").isLessThanOrEqualTo(screen);
    assertThat(widths.subList(2, widths.size()))
        .isNotEmpty()
        .allMatch(width -> width > screen * 3 / 4);
  }

  private String browse(Path page, String size) throws Exception {
    Path dom = folder.resolve("dom");
    Process browser =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--window-size=" + size,
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(browser.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    return Files.readString(dom);
  }
}
