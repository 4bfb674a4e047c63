package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.cli.context.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint that says of every page that the list goes on, and always at the same place. */
@Timeout(120)
final class RepeatedPageTest {
  private static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  private static final String USER = "cda5bd13-07b4-4a03-9adc-3ce8da5f9f4f";
  private static final String ARN =
      "arn:aws:dynamodb:us-east-1:000000000000:table/cruddur-messages";
  private static final String KEY =
      "{\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"2026-03-19T10:00:00.000000+00:00\"}}";

  @TempDir private Path folder;

  private static StubDynamoDb.Reply answer(StubDynamoDb.Call call) {
    String pk = call.body().contains("GRP#") ? "GRP#" + USER : "MSG#" + GROUP;
    String key = KEY.formatted(pk);
    return StubDynamoDb.ok(
        switch (call.operation()) {
          case "DescribeTable" ->
              "{\"Table\":{\"TableName\":\"cruddur-messages\",\"TableStatus\":\"ACTIVE\",\"ItemCount\":1,"
                  + "\"TableArn\":\""
                  + ARN
                  + "\",\"LatestStreamArn\":\""
                  + ARN
                  + "/stream/1\",\"StreamSpecification\":{\"StreamEnabled\":true,"
                  + "\"StreamViewType\":\"NEW_IMAGE\"}}}";
          case "ListTables" -> "{\"TableNames\":[\"a\"],\"LastEvaluatedTableName\":\"a\"}";
          case "DescribeStream" ->
              "{\"StreamDescription\":{\"Shards\":[],\"LastEvaluatedShardId\":\"shardId-00000001\"}}";
          default -> "{\"Items\":[" + key + "],\"Count\":1,\"LastEvaluatedKey\":" + key + "}";
        });
  }

  @Test
  void endsEveryListWithAnErrorThatSaysSo() {
    List<List<String>> lines =
        List.of(
            List.of("scan"),
            List.of("scan", "--segments", "4"),
            List.of("list-tables"),
            List.of("export", "--out", folder.resolve("out").toString()),
            List.of("export", "--out", folder.resolve("out.json").toString()),
            List.of("check"),
            List.of("stats"),
            List.of("get-conversation", GROUP, "--all"),
            List.of("list-conversations", USER, "--all"),
            List.of("trigger", "run", "--once"));
    for (List<String> line : lines) {
      try (StubDynamoDb endpoint = new StubDynamoDb(RepeatedPageTest::answer)) {
        Result result =
            DdbRunner.on("cruddur-messages")
                .env("AWS_ENDPOINT_URL", endpoint.endpoint())
                .env("XDG_STATE_HOME", folder.resolve("state").toString())
                .execute(line.toArray(String[]::new));
        assertThat(result.exitCode()).as("%s: %s", line, result).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
            .as("%s", line)
            .contains("the endpoint repeats itself", endpoint.endpoint());
        assertThat(endpoint.calls().size()).as("%s", line).isLessThan(200);
      }
    }
  }
}
