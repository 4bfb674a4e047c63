package com.cruddur.ddb.cli.bulk;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PullCommandTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T11:00:00.000000+00:00";

  @TempDir private Path folder;
  private final MessageTable remote = MessageTable.create();
  private final MessageTable local = MessageTable.absent();

  /** The same server, once as somebody's endpoint and once as the local stack. */
  private Result pull(String... args) {
    List<String> line = new ArrayList<>(List.of("pull", "--endpoint-url", TestStack.endpoint()));
    line.addAll(List.of("--to-table", local.name(), "-o", "json"));
    line.addAll(List.of(args));
    return remote
        .runner()
        .env("XDG_STATE_HOME", folder.toString())
        .execute(line.toArray(String[]::new));
  }

  private void nothingIsLeft() throws Exception {
    Path pulls = folder.resolve("ddb/pull");
    if (Files.isDirectory(pulls)) {
      try (Stream<Path> left = Files.list(pulls)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void oneConversationComesHomeWithItsRowsAndCheckIsClean() throws Exception {
    String group = remote.conversation(ANDREW, BAYKO, T0, "hi");
    remote.conversation(ANDREW, LONDO, T1, "ho");
    var before = remote.items();
    Result pulled = Outcome.done(pull(group));
    assertThat(pulled.err())
        .contains("reading table " + remote.name())
        .contains("nothing is written there");
    assertThat(local.items()).hasSize(3);
    local.assertTrue(group, ANDREW, BAYKO);
    assertThat(remote.items()).containsExactlyInAnyOrderElementsOf(before);
    Outcome.done(local.ddb("check"));
    nothingIsLeft();
  }

  @Test
  void pulledAgainAConversationFollowsTheTarget() {
    String group = remote.conversation(ANDREW, BAYKO, T0, "hi");
    Outcome.done(pull(group));
    Outcome.done(remote.ddb("send-message", group, "news", "--from", "bayko"));
    Outcome.done(pull(group));
    assertThat(local.messages(group)).extracting(m -> m.get("message")).contains("hi", "news");
    local.assertTrue(group, ANDREW, BAYKO);
    assertThat(local.items()).hasSize(4);
  }

  @Test
  void whatWasPulledIsSeenAtOnceThroughTheCache() {
    String group = remote.conversation(ANDREW, BAYKO, T0, "hi");
    Outcome.done(pull(group));
    local.ddb("cache", "create");
    String[] read = {"get-conversation", group, "--cached"};
    Outcome.done(local.ddb(read));
    Outcome.done(remote.ddb("send-message", group, "news", "--from", "bayko"));
    Outcome.done(pull(group));
    assertThat(Outcome.done(local.ddb(read)).out()).contains("news");
  }

  @Test
  void aUsersConversationsComeMaskedAndTheListShowsThem() {
    remote.conversation(ANDREW, BAYKO, T0, "Begeisterung");
    remote.conversation(BAYKO, LONDO, T1, "ho");
    Outcome.done(pull("--user", BAYKO.uuid(), "--mask"));
    assertThat(local.items()).hasSize(6);
    assertThat(local.items().toString())
        .doesNotContainIgnoringCase("begeisterung")
        .doesNotContainIgnoringCase("bayko")
        .doesNotContain(BAYKO.uuid());
    Outcome.done(local.ddb("check"));
    assertThat(folder.resolve("ddb/mask-secret")).exists();
  }

  @Test
  void theWholeTableComesHome() throws Exception {
    Outcome.done(remote.ddb("seed"));
    Outcome.done(pull("--all"));
    assertThat(local.items()).containsExactlyInAnyOrderElementsOf(remote.items());
    nothingIsLeft();
  }

  @Test
  void aDryRunCopiesNothing() {
    String group = remote.conversation(ANDREW, BAYKO, T0, "hi");
    Result dry = Outcome.done(pull(group, "--dry-run"));
    assertThat(dry.json().get("dry_run").asBoolean()).isTrue();
    assertThat(local.exists()).isFalse();
  }

  @Test
  void whatCannotBePulledIsRefused() {
    assertThat(pull().exitCode()).isEqualTo(2);
    assertThat(pull("--all", "--user", "bayko").exitCode()).isEqualTo(2);
    assertThat(pull("x").exitCode()).isEqualTo(2);
    assertThat(pull(MessageTable.uuid()).exitCode()).isEqualTo(3);
    assertThat(local.exists()).as("nothing is made for what is not there").isFalse();
    Result named = remote.ddb("pull", "--all", "--to-table", "t3");
    assertThat(named.exitCode()).isEqualTo(2);
    assertThat(named.err()).contains("'t3' is not one that DynamoDB allows");
    Result itself = remote.ddb("pull", "--all");
    assertThat(itself.exitCode()).isEqualTo(2);
    assertThat(itself.err()).contains("the target is the local stack itself");
  }
}
