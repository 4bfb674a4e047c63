package com.cruddur.ddb.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.bench.DriftedExport;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.SuspectsFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application in Spark's local mode: file systems, and what cannot be read. */
final class SparkLocalIT {
  /** Hadoop keeps what it has opened: a name of its own for each test. */
  private final String there = "here" + System.nanoTime();

  @TempDir private Path folder;
  private Map<String, String> properties;

  @BeforeEach
  void setUp() {
    properties =
        Map.of(
            "spark.master",
            "local[2]",
            "spark.ui.enabled",
            "false",
            "spark.driver.host",
            "127.0.0.1",
            "spark.driver.bindAddress",
            "127.0.0.1",
            "spark.hadoop.fs.viewfs.mounttable." + there + ".link./data",
            folder.toUri().toString());
    properties.forEach(System::setProperty);
  }

  @AfterEach
  void tearDown() {
    properties.keySet().forEach(System::clearProperty);
  }

  private static Result spark(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = SparkMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Path data() {
    return folder.resolve("export/AWSDynamoDB/01700000000000-drifted/data");
  }

  private static List<String> notRead(Result result) {
    return result.err().lines().filter(line -> line.contains("not read")).toList();
  }

  @Test
  void damagedFilesAreToldAsOneMachineTellsThem() throws IOException {
    String export = folder.resolve("export").toString();
    DriftedExport.write(Path.of(export), 2_000, 4, 4);
    Files.write(data().resolve("part00001.json.gz"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
    Path cut = data().resolve("part00002.json.gz");
    byte[] all = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(all, all.length / 2));
    Files.write(data().resolve("part00003.json.gz"), new byte[] {1}, StandardOpenOption.APPEND);
    Result one = DdbRunner.run("check", "--from-export", export, "-o", "ndjson");
    Result two = spark("check", export);
    assertThat(two.exitCode()).as(two.toString()).isEqualTo(5).isEqualTo(one.exitCode());
    assertThat(notRead(two)).hasSizeGreaterThan(2).isEqualTo(notRead(one));
    assertThat(two.out().lines()).containsExactlyInAnyOrderElementsOf(one.out().lines().toList());
    assertThat(spark("stats", export).exitCode()).isEqualTo(5);
  }

  @Test
  void anExportOnAnotherFileSystemIsCheckedAndItsFindingsAreTakenByDdb() throws IOException {
    DriftedExport.write(folder.resolve("export"), 2_000, 1, 3);
    String here = folder.resolve("export").toString();
    Result one = DdbRunner.run("check", "--from-export", here, "-o", "ndjson");
    Path file = folder.resolve("findings.ndjson");
    String root = "viewfs://" + there + "/data/";
    for (int again = 0; again < 2; again++) {
      Result two = spark("check", root + "export", "--out", root + "findings.ndjson");
      assertThat(two.exitCode()).as(two.toString()).isEqualTo(5);
      assertThat(Files.readAllLines(file))
          .containsExactlyInAnyOrderElementsOf(one.out().lines().toList());
    }
    try (SuspectsFile suspects = SuspectsFile.read(SeedInput.file(file))) {
      assertThat(suspects.conversations()).isPositive();
    }
    Path plain = folder.resolve("plain.ndjson");
    assertThat(spark("check", here, "--out", plain.toString()).exitCode()).isEqualTo(5);
    for (Path own : List.of(file, plain)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
          .isEqualTo("rw-------");
    }
    try (Stream<Path> left = Files.list(folder)) {
      // Beside what is written through another file system Hadoop may keep a hidden checksum.
      assertThat(left.map(path -> path.getFileName().toString()).filter(n -> !n.startsWith(".")))
          .containsExactlyInAnyOrder("export", "findings.ndjson", "plain.ndjson");
    }
    Result ignoring = spark("check", here, "--ignore-unknown");
    assertThat(ignoring.out()).doesNotContain("unknown_item");
    assertThat(ignoring.err()).contains("1 item of others");
  }

  @Test
  void anExportOnThisMachinesDiskIsReadWhateverTheClustersFileSystemIs() throws IOException {
    DriftedExport.write(folder.resolve("export"), 2_000, 1, 3);
    String path = folder.resolve("export").toString();
    Result one = DdbRunner.run("check", "--from-export", path, "-o", "ndjson");
    System.setProperty("spark.hadoop.fs.defaultFS", "viewfs://" + there);
    try {
      Result two = spark("check", "file://" + path);
      assertThat(two.exitCode()).as(two.toString()).isEqualTo(5);
      assertThat(two.out().lines()).containsExactlyInAnyOrderElementsOf(one.out().lines().toList());
      assertThat(spark("check", "/data/export").out().lines())
          .hasSameSizeAs(two.out().lines().toList());
    } finally {
      System.clearProperty("spark.hadoop.fs.defaultFS");
    }
  }

  @Test
  void findingsThatCannotBeWrittenAreNoSuccess() {
    StringWriter err = new StringWriter();
    PrintWriter full =
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            true);
    assertThat(SparkMain.run(full, new PrintWriter(err, true), "--help")).isEqualTo(1);
    assertThat(err.toString()).contains("standard output cannot be written");
  }

  @Test
  void soundAndEmptyExportsHaveNoFindings() throws IOException {
    DriftedExport.write(folder.resolve("sound"), 1_000, 1_000_000, 2);
    DriftedExport.write(folder.resolve("empty"), 0, 1, 1);
    Path none = Files.createDirectories(folder.resolve("none"));
    Files.writeString(none.resolve("manifest-summary.json"), "{}");
    Files.writeString(none.resolve("manifest-files.json"), "");
    for (String name : List.of("empty", "none")) {
      Result empty = spark("check", folder.resolve(name).toString());
      assertThat(empty.exitCode()).as(empty.toString()).isZero();
      assertThat(empty.err()).contains("checked 0 messages");
    }
  }

  @Test
  void whatIsNoExportIsToldInALineWithItsCure() throws IOException {
    Path ion = Files.writeString(folder.resolve("x.ion"), "$ion_1_0 {Item:{}}");
    Path text = Files.writeString(folder.resolve("text"), "not findings");
    Files.createDirectories(folder.resolve("bare"));
    Path changes = Files.createDirectories(folder.resolve("changes"));
    Files.writeString(
        changes.resolve("manifest-summary.json"), "{\"exportType\":\"INCREMENTAL_EXPORT\"}");
    Files.writeString(changes.resolve("manifest-files.json"), "");
    DriftedExport.write(folder.resolve("export"), 100, 1, 2);
    String export = folder.resolve("export").toString();
    for (List<String> line :
        List.of(
            List.of("check"),
            List.of("check", "--no-such", "x"),
            List.of("check", ""),
            List.of("check", "no:such"),
            List.of("check", folder.resolve("missing").toString()),
            List.of("check", "viewfs://" + there + "/data/missing"),
            List.of("check", "s3a://bucket/export"),
            List.of("check", "nosuch://bucket/export"),
            List.of("check", folder.resolve("bare").toString()),
            List.of("check", ion.toString()),
            List.of("check", changes.toString()),
            List.of("stats", "viewfs://" + there + "/data/changes"),
            List.of("check", export, "--out", text.toString()),
            List.of("stats", export, "--top", "0"),
            List.of("stats", export, "--since", "soon"))) {
      Result result = spark(line.toArray(String[]::new));
      assertThat(result.exitCode()).as(line + "\n" + result).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines().toList()).as(line + "\n" + result).hasSize(2);
      assertThat(result.err()).startsWith("ddb: ").contains("\n  hint: ").doesNotContain("null");
    }
    Files.delete(data().resolve("part00001.json.gz"));
    Result gone = spark("check", export);
    assertThat(gone.exitCode()).isEqualTo(2);
    assertThat(gone.err()).contains("part00001.json.gz of the manifest is missing");
    assertThat(Files.readString(text)).isEqualTo("not findings");
  }
}
