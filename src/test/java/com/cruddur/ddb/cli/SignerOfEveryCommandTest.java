package com.cruddur.ddb.cli;

import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.TABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.aws.AwsStandIn;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import com.cruddur.ddb.aws.StandInProxy;
import com.cruddur.ddb.aws.TlsRelay;
import com.cruddur.ddb.cache.MomentoNetwork;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys of one account stand in the environment, a profile of another is named: for every command of
 * the {@link Catalogue}, at Momento's cache as well.
 */
class SignerOfEveryCommandTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final String CONFIRMED = "--yes --confirm-table TABLE";
  private static final String ENDPOINT = "cell-1.example.com";
  private static final String MOMENTO_KEY =
      Base64.getEncoder()
          .encodeToString(
              ("{\"endpoint\":\"" + ENDPOINT + "\",\"api_key\":\"key\"}").getBytes(UTF_8));

  /** Of each command that needs them, arguments; C, M, FOLDER and TABLE stand for what they say. */
  static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("list-conversations", "andrewbrown"),
          Map.entry("get-conversation", "C"),
          Map.entry("send-message", "C hi --from andrewbrown"),
          Map.entry("start-conversation", "hi --from andrewbrown --to londo"),
          Map.entry("delete-message", "C M " + CONFIRMED),
          Map.entry("redact-message", "C M " + CONFIRMED),
          Map.entry("delete-conversation", "C " + CONFIRMED),
          Map.entry("rename-user", "andrewbrown --display-name Andy " + CONFIRMED),
          Map.entry("forget-user", "londo " + CONFIRMED),
          Map.entry("export-user", "andrewbrown"),
          Map.entry("find", "hello"),
          Map.entry("drop", CONFIRMED),
          Map.entry("seed", CONFIRMED),
          Map.entry("export", "--out FOLDER/out"),
          Map.entry("pull", "C --to-table TABLE-copy"),
          Map.entry("diff", "FOLDER/items.json"),
          Map.entry("import", "FOLDER/items.json " + CONFIRMED),
          Map.entry("tail", "C --last 1"),
          Map.entry("check", "--repair " + CONFIRMED),
          Map.entry("trigger run", "--once"),
          Map.entry("cache delete", "--yes --confirm-cache CACHE"),
          Map.entry("cache flush", "--yes --confirm-cache CACHE"),
          Map.entry("cache get", "--user andrewbrown"),
          Map.entry("cache set", "k v"),
          Map.entry("cache evict", "--conversation C"),
          Map.entry("cache increment", "n"),
          Map.entry("cache ttl", "n"),
          Map.entry("cache check", "C"));

  @TempDir private Path home;
  private final MessageTable table = MessageTable.create();
  private final String cache = "cache-" + table.name();
  private final AwsStandIn aws = new AwsStandIn().account("AKIAOPS", "999999999999");
  private final TlsRelay momento =
      new TlsRelay(aws.authority().server("*." + ENDPOINT), TestStack.cachePort());
  private final StandInProxy proxy = new StandInProxy(momento.port());
  private String conversation;
  private String message;

  @BeforeEach
  void writeProfiles() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = secret\n");
    Files.writeString(
        home.resolve("items.json"), "{\"Item\":{\"pk\":{\"S\":\"MSG#1\"},\"sk\":{\"S\":\"x\"}}}\n");
    conversation = table.conversation(AT, "hello");
    message = table.messages(conversation).get(0).get("message_uuid");
  }

  @AfterEach
  void stop() {
    proxy.close();
    momento.close();
    aws.close();
    MomentoNetwork.use(new AwsAccess(AwsEnvironment.NONE, null));
  }

  private Result run(String command, String profile) throws IOException {
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    Stream.of(ARGUMENTS.getOrDefault(command, "").split(" "))
        .filter(word -> !word.isEmpty())
        .map(this::place)
        .forEach(line::add);
    line.addAll(List.of("--prod", "--profile", profile));
    DdbRunner ddb =
        table
            .runner()
            .env("HOME", home.toString())
            .env("AWS_ENDPOINT_URL", aws.url())
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIAENV")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_CA_BUNDLE", aws.authority().writePem(home.resolve("ca.pem")).toString())
            .env("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())
            .env("MOMENTO_API_KEY", MOMENTO_KEY)
            .env("MOMENTO_CACHE_NAME", cache)
            .stdin("list-tables\nget-conversation " + conversation + "\n");
    String[] words = line.toArray(String[]::new);
    return command.equals("tail") ? untilItPrints(ddb, words) : ddb.execute(words);
  }

  private String place(String word) {
    return switch (word) {
      case "C" -> conversation;
      case "M" -> message;
      case "CACHE" -> cache;
      default -> word.replace("FOLDER", home.toString()).replace("TABLE", table.name());
    };
  }

  /** Of what never ends: it is interrupted once it has shown something, or has ended. */
  private static Result untilItPrints(DdbRunner ddb, String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompletableFuture<Result> ended = new CompletableFuture<>();
    Thread thread = new Thread(() -> ended.complete(ddb.execute(out, line)));
    thread.start();
    while (out.size() == 0 && !ended.isDone()) {
      LockSupport.parkNanos(10_000_000);
    }
    thread.interrupt();
    return ended.join();
  }

  /** Those that speak to a service; what deletes the table comes last. */
  private static List<CommandEntry> speaking() {
    return Catalogue.commands().stream()
        .filter(entry -> entry.traits().contains(TABLE) || entry.traits().contains(CACHE))
        .sorted(Comparator.comparing(entry -> entry.name().equals("drop")))
        .toList();
  }

  @Test
  void everyRequestOfEveryCommandIsSignedByTheProfile() throws IOException {
    for (CommandEntry command : speaking()) {
      int before = aws.calls().size();
      int asked = proxy.asked().size();
      Result result = run(command.name(), "ops");
      List<Call> calls = aws.calls().subList(before, aws.calls().size());
      String what = command.name() + ": " + result;

      assertThat(calls).as(what).extracting(Call::keyId).allMatch("AKIAOPS"::equals);
      if (command.name().equals("setup")) {
        // It is for the local stack alone.
        assertThat(result.exitCode()).as(what).isEqualTo(ExitCode.USAGE);
        continue;
      }
      assertThat(result.exitCode()).as(what).isNotIn(ExitCode.USAGE, ExitCode.UNREACHABLE);
      if (command.traits().contains(TABLE)) {
        assertThat(calls).as(what).extracting(Call::service).contains("dynamodb");
      } else {
        assertThat(proxy.asked().subList(asked, proxy.asked().size()))
            .as(what)
            .anyMatch(host -> host.contains(ENDPOINT));
      }
    }
  }

  @Test
  void noCommandAsksAnythingWhereTheProfileIsMistyped() throws IOException {
    for (CommandEntry command : speaking()) {
      Result result = run(command.name(), "opps");
      if (!command.name().equals("doctor")) {
        assertThat(result.exitCode())
            .as("%s: %s", command.name(), result)
            .isIn(ExitCode.UNREACHABLE, ExitCode.USAGE);
      }
    }
    assertThat(aws.calls()).isEmpty();
    assertThat(proxy.asked()).isEmpty();
  }

  @Test
  void whatUsesNeitherTableNorCacheAsksNeither() throws IOException {
    for (CommandEntry command : Catalogue.commands()) {
      // The local stack is a process of its own that no profile reaches.
      if (!speaking().contains(command) && !command.group().equals("local")) {
        run(command.name(), "ops");
      }
    }
    // The account that a policy names is asked for.
    assertThat(aws.calls("dynamodb")).isEmpty();
    assertThat(aws.calls()).extracting(Call::keyId).containsOnly("AKIAOPS");
    assertThat(proxy.asked()).isEmpty();
  }
}
