package com.cruddur.ddb.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.bench.DriftedExport;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two workers find in an export is what one machine finds. */
final class SparkClusterIT {
  @TempDir private static Path folder;
  private static SparkCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = new SparkCluster();
    DriftedExport.write(folder.resolve("export"), 20_000, 5, 6);
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String export() {
    return folder.resolve("export").toString();
  }

  @Test
  void twoWorkersFindTheDriftThatOneMachineFinds() throws IOException {
    Result one = DdbRunner.run("check", "--from-export", export(), "-o", "ndjson");
    Path found = folder.resolve("findings.ndjson");
    Result two = cluster.submit("check", export(), "--out", found.toString());
    assertThat(two.exitCode()).as(two.toString()).isEqualTo(5).isEqualTo(one.exitCode());
    assertThat(Files.readAllLines(found))
        .containsExactlyInAnyOrderElementsOf(one.out().lines().toList());
    for (Kind kind : Kind.values()) {
      assertThat(one.out()).contains("\"kind\":\"" + kind.name().toLowerCase(Locale.ROOT) + "\"");
    }
    String summary = one.err().lines().filter(line -> line.startsWith("checked")).findFirst().get();
    assertThat(two.err().lines()).contains(summary);
    for (int worker = 1; worker <= 2; worker++) {
      assertThat(cluster.executors(worker)).as("of worker " + worker).isNotEmpty();
    }
  }

  @Test
  void twoWorkersCountWhatOneMachineCounts() throws IOException {
    for (List<String> range :
        List.of(List.<String>of(), List.of("--since", "2026-01-01T02:00:00Z"))) {
      List<String> line = new ArrayList<>(List.of("stats", export(), "--top", "20"));
      line.addAll(range);
      Result two = cluster.submit(line.toArray(String[]::new));
      assertThat(two.exitCode()).as(two.toString()).isZero();
      line.add(1, "--from-export");
      line.addAll(List.of("-o", "json"));
      Result one = DdbRunner.run(line.toArray(String[]::new));
      assertThat(json(two)).isEqualTo(json(one));
      assertThat(json(two).get("messages").asLong()).isPositive();
    }
  }

  private static JsonNode json(Result result) throws IOException {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(result.out());
    assertThat(json.fieldNames()).toIterable().hasSizeGreaterThan(10);
    return json;
  }
}
