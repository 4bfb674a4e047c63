package com.cruddur.ddb.cli.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads through the cache as a user sees them, with a cache that works and with others. */
class CachedReadsTest {

  private final MessageTable table = MessageTable.withoutStream();
  private final String cache = "cache-" + UUID.randomUUID();
  private final DdbRunner ddb = DdbRunner.on(table.name()).env("MOMENTO_CACHE_NAME", cache);
  private String group;

  @BeforeEach
  void startConversation() {
    Result result =
        ddb.execute(
            "start-conversation", "one", "--from", "andrewbrown", "--to", "bayko", "-o", "json");
    assertThat(result.exitCode()).as("%s", result).isZero();
    group = result.json().get("message_group_uuid").asText();
    assertThat(ddb.execute("cache", "create").exitCode()).isZero();
  }

  private static Result ok(DdbRunner ddb, String... args) {
    Result result = ddb.execute(args);
    assertThat(result.exitCode()).as("%s", result).isZero();
    return result;
  }

  private List<String> messages(String... options) {
    return get(ddb, options).items().stream().map(m -> m.get("message").asText()).toList();
  }

  private Result get(DdbRunner runner, String... options) {
    String[] args = new String[options.length + 4];
    args[0] = "get-conversation";
    args[1] = group;
    args[2] = "-o";
    args[3] = "json";
    System.arraycopy(options, 0, args, 4, options.length);
    return ok(runner, args);
  }

  @Test
  void theSecondReadIsAHitThatAsksNothingOfDynamoDb() {
    Result miss = get(ddb, "--cached", "--show-capacity", "-v");
    assertThat(miss.err()).contains("cache miss: ").contains("1 request");
    Result hit = get(ddb, "--cached", "--show-capacity", "-v");
    assertThat(hit.err()).contains("cache hit: ").contains("capacity: 0 RCU, 0 WCU, 0 requests");
    assertThat(hit.out()).isEqualTo(miss.out());
    ok(ddb, "send-message", group, "two", "--from", "bayko");
    assertThat(messages("--cached")).containsExactly("two", "one");
  }

  @Test
  void aUsersListIsServedFromTheCacheUntilAMessageMovesIt() {
    String[] list = {
      "list-conversations", "andrewbrown", "--cached", "--show-capacity", "-o", "json"
    };
    Result miss = ok(ddb, list);
    Result hit = ok(ddb, list);
    assertThat(hit.err()).contains("capacity: 0 RCU, 0 WCU, 0 requests");
    assertThat(hit.out()).isEqualTo(miss.out());
    ok(ddb, "send-message", group, "two", "--from", "bayko");
    assertThat(ok(ddb, list).items())
        .extracting(row -> row.get("last_message").asText())
        .containsExactly("two");
    String[] start = {"start-conversation", "new", "--from", "andrewbrown", "--to", "londo"};
    ok(ddb, start);
    assertThat(ok(ddb, list).items()).hasSize(2);
  }

  @Test
  void whatASeedWroteBeforeItFailedIsSeenAtOnce(@TempDir Path folder) throws Exception {
    String[] list = {"list-conversations", "bayko", "--cached", "-o", "json"};
    assertThat(ok(ddb, list).items()).hasSize(1);
    String input =
        """
        {"users":[],"conversations":[{"message_group_uuid":"%s","participants":["bayko","londo"],\
        "messages":[{"from":"bayko","message":"1","created_at":"2026-01-01T10:00:00Z"},\
        {"from":"bayko","message":"2","created_at":"2026-01-01T11:00:00Z"}]}]}
        """
            .formatted(UUID.randomUUID());
    Path file = Files.writeString(folder.resolve("input.json"), input);
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    environment.put("MOMENTO_CACHE_NAME", cache);
    AtomicBoolean written = new AtomicBoolean();
    try (FaultyProxy proxy =
        new FaultyProxy(
            TestStack.endpoint(),
            (operation, number) ->
                written.get() || operation.equals("TransactWriteItems") && written.getAndSet(true)
                    ? Fault.EXPIRED
                    : Fault.NONE)) {
      environment.put("DDB_LOCAL_PORT", "" + URI.create(proxy.endpoint()).getPort());
      try (DdbProcess seed = DdbProcess.start(environment, "seed", file.toString())) {
        Result failed = seed.await();
        assertThat(failed.exitCode()).as("%s", failed).isEqualTo(6);
      }
    }
    assertThat(ok(ddb, list).items()).hasSize(2);
  }

  @Test
  void readsWithoutTheOptionShowTheTable() {
    get(ddb, "--cached");
    putBeside("beside");
    assertThat(messages()).containsExactly("beside", "one");
    assertThat(messages("--cached")).containsExactly("one");
  }

  @Test
  void checkFindsWhatAnotherProgramMadeStale() {
    assertThat(ok(ddb, "cache", "check", group).err()).contains("nothing is cached");
    get(ddb, "--cached");
    ok(ddb, "list-conversations", "bayko", "--cached");
    List<JsonNode> pages = ok(ddb, "cache", "check", group, "-o", "json").items();
    assertThat(pages).extracting(p -> p.get("state").asText()).containsExactly("same", "same");
    assertThat(pages)
        .extracting(p -> p.get("list").asText())
        .containsExactly("messages", "conversations");
    assertThat(pages.get(0).get("ttl_seconds").asDouble()).isBetween(400.0, 600.0);
    putBeside("beside");
    Result stale = ddb.execute("cache", "check", group, "-o", "json");
    assertThat(stale.exitCode()).as("%s", stale).isEqualTo(5);
    assertThat(stale.items())
        .extracting(p -> p.get("state").asText())
        .containsExactly("differs", "same");
    assertThat(ddb.execute("cache", "check", UUID.randomUUID().toString()).exitCode()).isEqualTo(3);
  }

  @Test
  void aSeedInBatchesDropsWhatItMadeStale() {
    assertThat(messages("--cached")).containsExactly("one");
    String line =
        "{\"type\":\"message\",\"message_group_uuid\":\""
            + group
            + "\",\"from\":\"bayko\",\"message\":\"seeded\",\"created_at\":\"2024-01-01T00:00:00Z\"}\n";
    ok(ddb.stdin(line), "seed", "-");
    assertThat(messages("--cached")).containsExactly("one", "seeded");
  }

  @Test
  void anImportDropsWhatItMadeStale() {
    assertThat(messages("--cached")).containsExactly("one");
    String line =
        "{\"Item\":{\"pk\":{\"S\":\"MSG#"
            + group
            + "\"},\"sk\":{\"S\":\"2024-01-01T00:00:00.000000+00:00\"},\"message\":{\"S\":\"imported\"}}}\n";
    ok(ddb.stdin(line), "import", "-");
    assertThat(messages("--cached")).containsExactly("one", "imported");
  }

  @Test
  void explainShowsTheReadOfAMiss() {
    JsonNode explained = get(ddb, "--cached", "--explain").json();
    assertThat(explained.get("request").get("consistent_read").asBoolean()).isTrue();
  }

  @Test
  void aStoppedCacheCostsOneWarningAndNothingElse() {
    DdbRunner stopped = ddb.env("DDB_LOCAL_CACHE_PORT", "1");
    assertServes(stopped, "the local cache server on port 1: nothing answers");
  }

  @Test
  void aMuteCacheCostsOneWarningAndABoundedWait() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      DdbRunner muted = ddb.env("DDB_LOCAL_CACHE_PORT", String.valueOf(mute.getLocalPort()));
      assertServes(
          muted, "the local cache server on port " + mute.getLocalPort() + ": no answer in time");
    }
  }

  /** Reads and writes succeed, each with one warning. */
  private void assertServes(DdbRunner broken, String cause) {
    Result read = get(broken, "--cached");
    assertThat(read.err()).isEqualTo("warning: " + cause + "; the table answers instead\n");
    assertThat(read.items()).hasSize(1);

    ok(ddb, "send-message", group, "two", "--from", "bayko");

    Result write = ok(broken, "send-message", group, "three", "--from", "bayko");
    assertThat(write.err())
        .isEqualTo("warning: " + cause + "; what is cached may be stale until it expires\n");
    assertThat(messages()).containsExactly("three", "two", "one");
  }

  @Test
  void withoutAKeyAReadInProductionFallsBackAndAWriteKnowsNoCache() {
    // Another endpoint than the stack's own, as far as ddb can tell.
    DdbRunner elsewhere =
        ddb.env("AWS_ENDPOINT_URL", TestStack.endpoint()).env("DDB_LOCAL_PORT", "1");
    Result read = get(elsewhere, "--cached");
    assertThat(read.err().lines())
        .containsExactly(
            "warning: Momento: no key; the table answers instead",
            "read from " + TestStack.endpoint() + " (AWS_ENDPOINT_URL)");
    assertThat(ok(elsewhere, "send-message", group, "two", "--from", "bayko").err()).isEmpty();
  }

  private void putBeside(String text) {
    User sender = new User(UUID.randomUUID().toString(), "Else", "else");
    String at = Timestamps.format(Instant.now());
    table.put(new Message(group, at, UUID.randomUUID().toString(), text, sender));
  }

  @Test
  void whatIsCachedOfAConversationOrAUserIsShownAndEvicted() {
    messages("--cached");
    ok(ddb, "list-conversations", "andrewbrown", "--cached");

    Result shown = ok(ddb, "cache", "get", "--conversation", group, "-o", "json");
    assertThat(shown.items()).hasSize(1);
    assertThat(shown.items().get(0).get("value").asText()).contains("one");
    assertThat(shown.items().get(0).get("ttl_seconds").asLong()).isBetween(1L, 600L);
    assertThat(ok(ddb, "cache", "get", "--user", "andrewbrown", "-o", "json").items()).hasSize(1);

    ok(ddb, "cache", "evict", "--conversation", group);
    ok(ddb, "cache", "evict", "--user", "andrewbrown");

    assertThat(ddb.execute("cache", "get", "--conversation", group).exitCode()).isEqualTo(3);
    assertThat(ddb.execute("cache", "get", "--user", "andrewbrown").exitCode()).isEqualTo(3);
    assertThat(ddb.execute("cache", "get").exitCode()).isEqualTo(2);
    assertThat(ddb.execute("cache", "evict", "k", "--user", "andrewbrown").exitCode()).isEqualTo(2);
    assertThat(messages("--cached")).containsExactly("one");
  }
}
