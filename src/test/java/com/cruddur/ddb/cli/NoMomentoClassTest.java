package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start-up does not pay for a cache that is not used. */
class NoMomentoClassTest {
  @TempDir private Path folder;
  private final MessageTable table = MessageTable.withoutStream();
  private final Map<String, String> environment = new HashMap<>(TestStack.environment());

  /** The classes of Momento, gRPC and protobuf that a command line loads. */
  private List<String> loaded(String... args) throws IOException {
    Path log = folder.resolve("classes.log");
    environment.put("DDB_MESSAGE_TABLE", table.name());
    List<String> command = new ArrayList<>(DdbProcess.command(args));
    command.add(command.indexOf("-cp"), "-Xlog:class+load:file=" + log);
    try (DdbProcess process = DdbProcess.startCommand(environment, command)) {
      DdbRunner.Result result = process.await();
      assertThat(result.exitCode()).as("%s", result).isZero();
    }
    return Files.readAllLines(log).stream()
        .filter(line -> line.matches(".*\\] (momento|grpc|io\\.grpc|com\\.google\\.protobuf)\\..*"))
        .toList();
  }

  private String startConversation() {
    return DdbRunner.on(table.name())
        .execute(
            "start-conversation", "one", "--from", "andrewbrown", "--to", "bayko", "-o", "json")
        .json()
        .get("message_group_uuid")
        .asText();
  }

  @Test
  void readsAndHelpLoadNone() throws IOException {
    String group = startConversation();
    assertThat(loaded("--help")).isEmpty();
    assertThat(loaded("cache", "--help")).isEmpty();
    assertThat(loaded("list-conversations", "andrewbrown", "--users", "seed-data/users.json"))
        .isEmpty();
    assertThat(loaded("get-conversation", group)).isEmpty();
    assertThat(loaded("get-conversation", group, "--cached")).isNotEmpty();
  }

  @Test
  void aWriteLoadsNoneWhereNoCacheIs() throws IOException {
    String group = startConversation();
    environment.put("DDB_LOCAL_CACHE_PORT", "1");
    assertThat(loaded("send-message", group, "two", "--from", "bayko")).isEmpty();
    environment.put("DDB_LOCAL_PORT", "2");
    environment.put("AWS_ENDPOINT_URL", TestStack.endpoint());
    assertThat(loaded("send-message", group, "three", "--from", "bayko")).isEmpty();
  }
}
