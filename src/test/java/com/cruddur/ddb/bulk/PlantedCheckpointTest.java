package com.cruddur.ddb.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.bulk.export.ExportAccount;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.bulk.imports.Importer;
import com.cruddur.ddb.bulk.seed.SeedFixture;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.batch.BatchWriter;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Checkpoints of the right owner and input whose contents no run has saved. */
final class PlantedCheckpointTest {
  private static final int ITEMS = 20;
  private static final List<String> OF = List.of("test");
  private static final String SEED =
      """
      {"users":[{"uuid":"10000000-0000-4000-8000-000000000001","display_name":"A","handle":"a"},
      {"uuid":"10000000-0000-4000-8000-000000000002","display_name":"B","handle":"b"}],
      "conversations":[{"message_group_uuid":"20000000-0000-4000-8000-000000000001",
      "participants":["a","b"],"messages":[
      {"from":"a","message":"Hi","created_at":"2026-03-19T10:00:00Z"}]}]}
      """;

  @TempDir private Path folder;
  private final SeedFixture table = new SeedFixture();
  private Path victim;

  @BeforeEach
  void fill() throws IOException {
    victim = Files.createDirectories(folder.resolve("victim"));
    Files.createDirectories(victim.resolve("data"));
    Files.writeString(victim.resolve("data").resolve("precious"), "kept");
    List<Map<String, AttributeValue>> items =
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "pk", AttributeValue.fromS("MSG#g" + i), "sk", AttributeValue.fromS("t")))
            .toList();
    try (BatchWriter writer = new BatchWriter(table.client, table.table, attempt -> {})) {
      writer.putAll(items);
    }
  }

  @AfterEach
  void close() {
    table.close();
  }

  private Checkpoint planted(String fields) throws IOException {
    Path file = folder.resolve("checkpoint");
    String first = "{\"of\":[\"test\"]," + fields + "}\n";
    Files.writeString(file, first.replace('\'', '"'));
    return Checkpoint.in(file, OF, false);
  }

  private Exporter exporter() {
    return new Exporter(
        () -> new TableAdmin(table.client).describe(table.table),
        new DynamoDbItemTable(table.client, table.table).pages(),
        InstantSource.system(),
        items -> {});
  }

  private ExportAccount toDirectory(String fields) throws IOException {
    return exporter().toDirectory(folder.resolve("out"), 2, planted(fields));
  }

  @Test
  void anExportsIdLeadsNowhereElse() throws IOException {
    Path root = Files.createDirectories(folder.resolve("out").resolve("AWSDynamoDB"));
    Files.createSymbolicLink(root.resolve("00001693685827463-2d8752fd"), victim);
    Files.createSymbolicLink(root.resolve("01693685827463-2d8752fd"), victim);
    for (String id :
        List.of(
            "../../victim",
            victim.toString(),
            "..",
            ".",
            "",
            "01693685827463-2d8752fd",
            "01693685827464-2d8752fd")) {
      String state =
          "'done':5,'rejects':0,'export':'%s','start':1,'files':[],'items':5,'bytes':5,'after':['{}']";
      assertThatThrownBy(() -> toDirectory(state.formatted(id))).as(id).isNotNull();
      assertThat(victim.resolve("data").resolve("precious")).hasContent("kept");
    }
  }

  @Test
  void anExportOfWhichNothingIsWrittenIsMadeWhole() throws IOException {
    String state =
        "'done':0,'rejects':0,'export':'../../victim','start':1,'files':[],'items':0,'bytes':0,'after':[null]";
    assertThat(toDirectory(state).items()).isEqualTo(ITEMS);
    assertThat(victim.resolve("data").resolve("precious")).hasContent("kept");
    Path file = folder.resolve("all.json");
    String ofFile = "'done':0,'rejects':0,'length':0,'items':0,'bytes':0,'after':[null]";
    exporter().toFile(file, ExportFormat.DYNAMODB_JSON, 1, planted(ofFile));
    assertThat(Files.readAllLines(file)).hasSize(ITEMS);
  }

  @Test
  void anExportsStateThatCannotBeRightIsRefused() {
    for (String state :
        List.of(
            "'done':5,'rejects':0,'length':0,'items':5,'bytes':5,'after':[null]",
            "'done':5,'rejects':0,'length':7,'items':5,'bytes':5,'after':[null]",
            "'done':5,'rejects':0,'part':'../all.json.part','length':7,'items':5,'bytes':5,'after':[null]",
            "'done':5,'rejects':0,'part':'all.json.part','length':7,'items':5,'bytes':5,'after':[null]",
            "'done':5,'rejects':0,'length':-1,'items':5,'bytes':5,'after':[null]",
            "'done':5,'rejects':0,'length':'x','items':5,'bytes':5,'after':[null]",
            "'done':5,'rejects':0,'items':5,'bytes':5,'after':[]",
            "'done':5,'rejects':0,'items':5,'bytes':5,'after':'x'",
            "'done':5,'rejects':0,'items':5,'bytes':5,'after':[1]",
            "'done':5,'rejects':0,'items':5,'bytes':5,'after':['no json']",
            "'done':5,'rejects':0,'items':-5,'bytes':5,'after':[null]",
            "'done':-5,'rejects':0,'items':5,'bytes':5,'after':[null]",
            "'done':5,'rejects':-1,'items':5,'bytes':5,'after':[null]",
            "'done':5")) {
      Path file = folder.resolve("all.json");
      assertThatThrownBy(
              () -> exporter().toFile(file, ExportFormat.DYNAMODB_JSON, 1, planted(state)))
          .as(state)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is damaged");
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void restartStartsOverWhereTheStateCannotBeRight() throws IOException {
    for (String state : List.of("'done':-5,'rejects':0", "'done':5")) {
      Path file = planted("'done':0,'rejects':0").file();
      Files.writeString(file, ("{'of':['test']," + state + "}\n").replace('\'', '"'));
      assertThat(Checkpoint.in(file, OF, true).resumed()).isFalse();
    }
  }

  @Test
  void aSeedsStateThatCannotBeRightIsRefusedOrReadAnew() throws IOException {
    Path input = Files.writeString(folder.resolve("in.json"), SEED);
    int before = table.everything().size();
    String tally = "'done':4,'rejects':0,'tally':{'MESSAGE':[4,4,0,0]},";
    for (String state :
        List.of(
            tally + "'at':{'input':1}",
            tally + "'at':{'input':1,'records':0,'line':0,'bytes':0,'late':0,'lateBytes':0}",
            tally + "'at':{'input':0,'records':99,'line':0,'bytes':0,'late':0,'lateBytes':0}",
            tally + "'at':{'input':0,'records':0,'line':0,'bytes':0,'late':1,'lateBytes':9}",
            tally + "'at':{'input':-1,'records':0,'line':0,'bytes':0,'late':0,'lateBytes':0}",
            "'done':9,'rejects':0,'tally':{},'at':{'input':0,'records':0,'line':0,'bytes':0,"
                + "'late':0,'lateBytes':0}")) {
      assertThatThrownBy(() -> table.seeder().seed(List.of(SeedInput.file(input)), planted(state)))
          .as(state)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("damaged");
    }
    table
        .seeder()
        .seed(
            List.of(SeedInput.file(input)),
            planted("'done':0,'rejects':0,'at':{'input':1,'records':9}"));
    assertThat(table.everything()).hasSize(before + 3);
  }

  @Test
  void anOffsetLiesInTheFileAndWhereALineEnds() throws IOException {
    String item = "{\"Item\":{\"pk\":{\"S\":\"MSG#h%d\"},\"sk\":{\"S\":\"t\"}}}";
    Path file = folder.resolve("in.json");
    Files.write(file, Stream.of(1, 2, 3).map(item::formatted).toList());
    BulkListener listener = new BulkListener(reject -> {}, progress -> {}, pk -> {}, note -> {});
    for (String at : List.of("'bytes':3", "'bytes':9999")) {
      String state =
          "'done':1,'rejects':0,'tally':{'MESSAGE':[1,1,0,0]},'part':0,'line':1,'items':1,";
      assertThatThrownBy(
              () ->
                  new Importer(
                          new DynamoDbItemTable(table.client, table.table), false, null, listener)
                      .run(ImportSource.at(file), planted(state + at)))
          .as(at)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("does not fit");
    }
    assertThat(table.everything().toString()).doesNotContain("MSG#h");
  }

  @Test
  void whatLiesBesideACheckpointIsNotDeleted() throws IOException {
    Path input = Files.writeString(folder.resolve("in.json"), SEED);
    Path late = Files.writeString(folder.resolve("checkpoint.late"), "mine");
    Path fresh = Files.writeString(folder.resolve("checkpoint.new"), "mine");
    Checkpoint none = Checkpoint.in(folder.resolve("checkpoint"), OF, false);
    table.seeder().seed(List.of(SeedInput.file(input)), none);
    assertThat(Stream.of(late, fresh).map(Path::toFile).collect(Collectors.toList()))
        .allMatch(java.io.File::exists);
  }
}
