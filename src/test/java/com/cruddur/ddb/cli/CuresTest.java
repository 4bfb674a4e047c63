package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.aws.AwsStandIn;
import com.cruddur.ddb.cli.context.CommandEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command line that a message shows acts, pasted, on the table that the message is about. */
class CuresTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /** A string of the sources, joined with those that are added to it. */
  private static final Pattern LITERALS =
      Pattern.compile(
          "\"(?:[^\"\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*(?:[\\w.()]+\\s*\\+\\s*)?\"(?:[^\"\\\\\n]|\\\\.)*\")*");

  private static String commands() {
    return Catalogue.commands().stream().map(CommandEntry::name).collect(Collectors.joining("|"));
  }

  /** Quoted is what {@code Cures} finds; examples of help stand on lines of their own. */
  @Test
  void everyCommandLineInAMessageStandsInSingleQuotes() throws IOException {
    Pattern bare =
        Pattern.compile(
            "(?<![\\w'/.{`-])(?<!\\| )(ddb (" + commands() + ")|aws dynamodb [a-z-]+)\\b(?!\\})");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> search(file, bare, found));
    }
    assertThat(found).isEmpty();
  }

  private static void search(Path file, Pattern bare, List<String> found) {
    String source;
    try {
      source = Files.readString(file).replaceAll("(?m)^\\s*(//|\\*|/\\*).*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher literals = LITERALS.matcher(source);
    while (literals.find()) {
      String text = literals.group().replaceAll("\"\\s*\\+\\s*\"", "");
      // "  ddb scan" is an example in a footer; a template for another place is no cure.
      boolean example = text.startsWith("\"  ") || text.contains("--table NAME --from-s3");
      if (!example && bare.matcher(text).find()) {
        found.add(file.getFileName() + ": " + text);
      }
    }
  }

  @Test
  void aLineOfProductionNamesItInFull() throws Exception {
    MessageTable absent = MessageTable.absent();
    try (AwsStandIn aws = new AwsStandIn()) {
      Result result =
          DdbRunner.fresh()
              .env("AWS_ENDPOINT_URL", aws.url())
              .env("AWS_ACCESS_KEY_ID", "AKIAONE")
              .env("AWS_SECRET_ACCESS_KEY", "s")
              .execute("scan", "--prod", "--region", "eu-west-1", "--table", absent.name());
      Outcome.failed(3, result);
      String target = " --prod --endpoint-url " + aws.url() + " --region eu-west-1";
      assertThat(result.err())
          .contains("does not exist in account 123456789012", "in eu-west-1")
          .contains("'ddb list-tables" + target + "'")
          .contains("'ddb schema-load" + target + " --table " + absent.name() + "'")
          .matches(text -> text.indexOf("list-tables") < text.indexOf("schema-load"));
    }
  }

  @Test
  void aLineOfAProfileNamesTheProfile() throws Exception {
    try (AwsStandIn aws = new AwsStandIn()) {
      Path config = Files.createTempFile("config", "");
      Files.writeString(
          config,
          """
          [profile ops]
          region = eu-west-1
          endpoint_url = %s
          aws_access_key_id = AKIAOPS
          aws_secret_access_key = s
          """
              .formatted(aws.url()));
      Result result =
          DdbRunner.on("cruddur-absent")
              .env("AWS_CONFIG_FILE", config.toString())
              .execute("scan", "--prod", "--profile", "ops");
      Outcome.failed(3, result);
      assertThat(result.err())
          .contains(
              "'ddb schema-load --prod --region eu-west-1 --profile ops --table cruddur-absent'");
      Files.delete(config);
    }
  }

  @Test
  void aLineOfAwsNamesEndpointRegionAndKeys() {
    MessageTable table = MessageTable.absent();
    assertThat(table.ddb("schema-load", "--no-stream").exitCode()).isZero();
    Result doctor = table.ddb("doctor", "--endpoint-url", TestStack.endpoint(), "-o", "json");
    assertThat(doctor.items())
        .filteredOn(item -> item.get("check").asText().equals("stream"))
        .allSatisfy(
            item ->
                assertThat(item.get("cure").asText())
                    .startsWith(
                        "'AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws dynamodb"
                            + " update-table --table-name "
                            + table.name())
                    .endsWith(" --endpoint-url " + TestStack.endpoint() + " --region us-east-1'"));
  }

  @Test
  void aPasswordInAUrlIsNeverPrinted() {
    Result result =
        DdbRunner.fresh()
            .execute(
                "scan", "-v", "--endpoint-url", "http://me:hunter2@127.0.0.1:1", "--timeout", "1");
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.out() + result.err()).doesNotContain("hunter2").contains("127.0.0.1:1");
    Result doctor =
        DdbRunner.fresh().execute("doctor", "--endpoint-url", "http://me:hunter2@127.0.0.1:1");
    assertThat(doctor.out() + doctor.err()).doesNotContain("hunter2");
    Result bad = DdbRunner.fresh().execute("scan", "--endpoint-url", "ftp://me:hunter2@x");
    assertThat(bad.err()).doesNotContain("hunter2");
  }
}
