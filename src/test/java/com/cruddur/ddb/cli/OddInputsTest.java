package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inputs that are not quite ours: whatever is not loaded is named, the account adds up, and the
 * exit code tells of it.
 */
final class OddInputsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  private static final String OTHER = "5ae290ed-55d1-47a0-bc6d-fe2bc2700398";
  private static final String TALK =
      "\"message_group_uuid\":\"" + GROUP + "\",\"participants\":[\"andrewbrown\",\"bayko\"]";
  private static final String HI =
      "{\"from\":\"bayko\",\"message\":\"hi\",\"created_at\":\"2026-03-19T10:00:00Z\"}";
  private static final String HI_LINES =
      "{\"type\":\"conversation\","
          + TALK
          + "}\n{\"type\":\"message\",\"message_group_uuid\":\""
          + GROUP
          + "\","
          + HI.substring(1)
          + "\n";
  private static final String ITEM = "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}}}\n";

  private static final String PLAIN = "{\"pk\":\"a\",\"sk\":\"b\"}";

  /** Shared by all cases: none of them may fail for what another one has loaded. */
  private static final MessageTable TABLE = MessageTable.create();

  @TempDir private Path folder;

  /**
   * An input.
   *
   * @param loaded how many messages, or items of an import, are in the table afterwards by it
   * @param named what the reasons say, one for each reject
   */
  record Odd(String name, String command, byte[] content, int loaded, List<String> named) {
    @Override
    public String toString() {
      return command + " " + name;
    }
  }

  private static Odd seed(String name, String content, int loaded, String... named) {
    return new Odd(name, "seed", bytes(content), loaded, List.of(named));
  }

  private static Odd binary(String command, String name, String hex, String named) {
    return new Odd(name, command, HexFormat.of().parseHex(hex), 0, List.of(named));
  }

  private static Odd imported(String name, String content, int loaded, String... named) {
    return new Odd(name, "import", bytes(content), loaded, List.of(named));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String document(String fields) {
    return "{\"users\":[],\"conversations\":[{" + TALK + "," + fields + "}]}";
  }

  private static String line(String type, String fields) {
    return "{\"type\":\"" + type + "\"," + fields + "}\n";
  }

  static Stream<Odd> inputs() {
    return Stream.of(shapes(), lines(), foreign(), chats(), encodings(), imports()).flatMap(s -> s);
  }

  private static Stream<Odd> shapes() {
    return Stream.of(
        seed(
            "a singular name",
            "{\"users\":[],\"conversation\":[{" + TALK + "}]}",
            0,
            "\"conversation\""),
        seed("a document in a document", "{\"data\":{\"conversations\":[]}}", 0, "\"data\""),
        seed("a version", "{\"version\":2,\"users\":[],\"conversations\":[]}", 0, "\"version\""),
        seed(
            "users as an object",
            "{\"users\":{},\"conversations\":[]}",
            0,
            "\"users\" is not a list"),
        seed(
            "conversations as text",
            "{\"users\":[],\"conversations\":\"no\"}",
            0,
            "\"conversations\" is not a list"),
        seed(
            "message for messages",
            document("\"messages\":[" + HI + "],\"message\":[" + HI + "]"),
            1,
            "\"message\" is not a field of a conversation"),
        seed(
            "messages as an object",
            document("\"messages\":{\"0\":" + HI + "}"),
            0,
            "\"messages\" is not a list"),
        seed(
            "a title of a conversation",
            document("\"messages\":[" + HI + "],\"title\":\"t\""),
            1,
            "\"title\""),
        seed(
            "an empty title",
            document("\"messages\":[" + HI + "],\"title\":\"\",\"tags\":[]"),
            1,
            "\"title\"",
            "\"tags\""),
        seed(
            "a number among messages",
            document("\"messages\":[" + HI + ",7]"),
            1,
            "not a JSON object"),
        seed(
            "a list among messages",
            document("\"messages\":[[" + HI + "]]"),
            0,
            "not a JSON object"),
        seed(
            "other names of a message",
            document("\"messages\":[{\"sender\":\"bayko\",\"text\":\"hi\"}]"),
            0,
            "\"sender\", \"text\" are not fields of a message",
            "from is missing"),
        seed(
            "a message with more",
            document("\"messages\":[" + HI.replace("}", ",\"edited\":true}") + "]"),
            1,
            "\"edited\" is not a field of a message"),
        seed(
            "a message with empty fields",
            document("\"messages\":[" + HI.replace("}", ",\"edited\":null,\"files\":[]}") + "]"),
            1),
        seed(
            "a field twice",
            document("\"messages\":[" + HI.replace("}", ",\"message\":\"ho\"}") + "]"),
            0,
            "message is there twice"),
        seed(
            "a message of another conversation",
            document(
                "\"messages\":["
                    + HI.replace(
                        "}", ",\"message_group_uuid\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700390\"}")
                    + "]"),
            0,
            "not that of its conversation"),
        seed(
            "a conversation's uuid twice",
            document("\"messages\":[" + HI + "],\"message_group_uuid\":\"" + OTHER + "\""),
            1,
            "\"message_group_uuid\" is there twice"),
        seed(
            "participants twice",
            document("\"participants\":[\"londo\",\"worf\"],\"messages\":[" + HI + "]"),
            1,
            "\"participants\" is there twice"),
        seed("two documents", document("\"messages\":[" + HI + "]") + "{}", 1, "something follows"),
        seed(
            "a list of conversations",
            "[{" + TALK + ",\"messages\":[" + HI + "]}]",
            0,
            "it is a conversation in a list of users"),
        seed("a list of messages", "[" + HI + "]", 0, "/0: it is a message"),
        seed(
            "a message among users",
            "{\"users\":[" + HI + "],\"conversations\":[]}",
            0,
            "/users/0: it is a message"),
        seed("a list of lists", "[[]]", 0, "/0: it is not a JSON object"),
        seed(
            "the second of two messages on a line",
            document("\"messages\":[" + HI + "," + HI.replace("bayko", "baiko") + "]"),
            1,
            "/conversations/0/messages/1: sender 'baiko' is unknown"),
        seed(
            "a conversation over several lines",
            "{\n" + TALK + ",\n\"messages\":[" + HI + "]\n}",
            0,
            "\"message_group_uuid\" is not a field of a seed document",
            "\"participants\" is not a field of a seed document",
            "\"messages\" is not a field of a seed document"),
        seed(
            "a user with an address",
            "{\"users\":[{\"uuid\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700311\",\"handle\":\"x\",\"email\":\"x@y\"}]}",
            0,
            "\"email\" is not a field of a user"),
        seed(
            "half a document",
            "{\"users\":[],\"conversations\":[{" + TALK + ",\"messages\":[" + HI,
            1,
            "broken JSON"),
        seed("a name that would cut a line", "{\"users\":[],\"a\\nb\":1}", 0, "\"a b\""));
  }

  private static String capitals(String line) {
    return line.replace(GROUP, GROUP.toUpperCase(java.util.Locale.ROOT));
  }

  private static String rejected(String record) {
    return "{\"file\":\"x\",\"line\":1,\"reason\":\"y\",\"record\":" + record.strip() + "}\n";
  }

  private static Stream<Odd> lines() {
    String talk = line("conversation", TALK);
    String hi = HI_LINES.substring(talk.length());
    return Stream.of(
        seed(
            "messages in a conversation's line",
            line("conversation", TALK + ",\"messages\":[" + HI + "]") + hi,
            1,
            "\"messages\" is not a field of a conversation"),
        seed(
            "a line of another type",
            talk + hi + line("reaction", "\"emoji\":\"x\""),
            1,
            "type is none of"),
        seed("a line without a type", talk + hi + HI + "\n", 1, "type is none of"),
        seed("a broken line", talk + "{\"type\":\n" + hi, 1, "broken JSON"),
        seed("two records on a line", talk + hi.strip() + hi, 0, "something follows"),
        seed("a list on a line", talk + "[" + hi.strip() + "]\n" + hi, 1, "not a JSON object"),
        seed(
            "participants as text",
            line("conversation", TALK.replace("[\"andrewbrown\",\"bayko\"]", "\"bayko\"")),
            0,
            "participants is not a list"),
        seed("uuids in capitals", capitals(talk) + hi + capitals(hi), 2),
        seed("NUL bytes behind the end", talk + hi + "\0\0\0", 1, "begins with NUL bytes"),
        seed("a NUL byte before a line", talk + "\0" + hi + hi, 1, "begins with NUL bytes"),
        seed(
            "half a surrogate pair in a name",
            line(
                "user", "\"uuid\":\"" + OTHER + "\",\"handle\":\"x\",\"display_name\":\"\\ud83d\""),
            0,
            "half of a surrogate pair"),
        seed("a line with more", talk + hi.replace("}", ",\"seen\":1}"), 1, "\"seen\""),
        seed(
            "a transcript with a heading",
            "Chat, March 2026\nlondo: hi, all\nbayko: ho\n",
            2,
            "'handle: text'"),
        seed("a transcript with a rule", "---\nlondo: hi there\nbayko: ho\n", 2, "'handle: text'"),
        seed("an IRC log", "<londo> hi\n", 0, "'handle: text'"),
        seed(
            "a transcript with a line of none",
            "londo: hi\n* londo left\nbayko: ho\n",
            2,
            "'handle: text'"));
  }

  private static Stream<Odd> foreign() {
    String plain = document("\"messages\":[" + HI + "]");
    return Stream.of(
        binary("seed", "zip", "504b030414000000", "a zip file"),
        new Odd(
            "gzip in gzip",
            "seed",
            gzip(gzip(bytes("{}"))),
            0,
            List.of("a gzip file inside another")),
        binary("seed", "bzip2", "425a683931415926", "a bzip2 file"),
        binary("seed", "xz", "fd377a585a000004", "an xz file"),
        binary("seed", "zstd", "28b52ffd04000000", "a zstd file"),
        binary("seed", "parquet", "5041523115041510", "a parquet file"),
        binary("seed", "avro", "4f626a0104160000", "an avro file"),
        binary("seed", "ion", "e00100eaee95815e", "an Ion file"),
        binary("seed", "pdf", "255044462d312e37", "a PDF file"),
        binary("seed", "sqlite", "53514c69746520666f726d6174203300", "an SQLite database"),
        binary("seed", "png", "89504e470d0a1a0a", "a picture"),
        binary("seed", "noise", "0102000405060708", "a binary file"),
        new Odd(
            "a zip in a gzip",
            "seed",
            gzip(HexFormat.of().parseHex("504b030414000000")),
            0,
            List.of("a zip file")),
        new Odd(
            "junk behind a gzip",
            "seed",
            join(gzip(bytes(plain)), bytes("junk")),
            1,
            List.of("not gzip follow")),
        new Odd(
            "zeros behind a gzip", "seed", join(gzip(bytes(plain)), new byte[1000]), 1, List.of()),
        new Odd(
            "gzips behind a gzip",
            "seed",
            join(gzip(bytes(plain)), gzip(bytes("\n")), gzip(bytes(" "))),
            1,
            List.of()),
        seed("csv", "from,message,created_at\nbayko,hi,2026-03-19\n", 0, "csv"),
        seed("html", "<!DOCTYPE html>\n<html>", 0, "html"),
        seed("xml", "<?xml version='1.0'?>", 0, "XML"),
        seed("sql", "INSERT INTO messages VALUES (1);", 0, "SQL"),
        seed("items", ITEM, 0, "ddb import"),
        seed("rejects of an import", rejected(ITEM), 0, "ddb import"),
        seed("an item among records", HI_LINES + ITEM, 1, "ddb import"),
        seed("nothing", "", 0),
        seed("white space", " \n\n", 0));
  }

  private static Stream<Odd> encodings() {
    String plain = document("\"messages\":[" + HI + "]");
    String cure = "'iconv -f latin1 -t utf-8 FILE' converts it";
    String windows = "if it is Windows-1252, 'iconv -f WINDOWS-1252 -t utf-8 FILE' converts it";
    String greeting = HI_LINES.replace("\"hi\"", "\"Grüße\"");
    return Stream.of(
        encoded("UTF-16", "seed", plain, 0, "UTF-16, not UTF-8; 'iconv -f UTF-16 -t"),
        encoded("UTF-16LE", "seed", plain, 0, "UTF-16, not UTF-8; 'iconv -f UTF-16LE -t"),
        encoded("UTF-16BE", "seed", plain, 0, "UTF-16, not UTF-8; 'iconv -f UTF-16BE -t"),
        encoded("UTF-32BE", "seed", plain, 0, "UTF-32, not UTF-8; 'iconv -f UTF-32BE -t"),
        encoded("UTF-32LE", "seed", plain, 0, "UTF-32, not UTF-8; 'iconv -f UTF-32LE -t"),
        encoded("ISO-8859-1", "seed", greeting, 0, cure),
        encoded("windows-1252", "seed", "{\"users\":[\"„Bär“\"]}", 0, windows),
        encoded(
            "windows-1252", "seed", "bayko: hi\nandrewbrown: hey\nbayko: “Grüße”\n", 2, windows),
        encoded("windows-1252", "import", "$ion_1_0 {Item:{pk:\"a\",sk:\"“ü”\"}}\n", 0, windows),
        encoded("ISO-8859-1", "seed", "bayko: hi\nandrewbrown: hey\nbayko: Grüße\n", 2, cure),
        encoded("ISO-8859-1", "import", ITEM + ITEM.replace("a", "ä"), 1, cure),
        encoded("ISO-8859-1", "import", "$ion_1_0 {Item:{pk:\"a\",sk:\"ü\"}}\n", 0, cure));
  }

  private static Odd encoded(
      String charset, String command, String content, int loaded, String named) {
    byte[] bytes = content.getBytes(Charset.forName(charset));
    return new Odd(charset + " " + loaded, command, bytes, loaded, List.of(named));
  }

  private static Stream<Odd> chats() {
    return Stream.of(
        seed(
            "slack",
            "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"hi\",\"ts\":\"1700000000.1\"}]",
            0,
            "Slack"),
        seed("discord", "{\"guild\":{},\"channel\":{},\"messages\":[]}", 0, "Discord"),
        seed(
            "telegram",
            "{\"name\":\"x\",\"type\":\"personal_chat\",\"id\":1,\"messages\":[]}",
            0,
            "Telegram"),
        seed("telegram, all of it", "{\"about\":\"x\",\"chats\":{\"list\":[]}}", 0, "Telegram"),
        seed("messenger", "{\"participants\":[{\"name\":\"x\"}],\"messages\":[]}", 0, "Messenger"),
        seed("whatsapp", "[12/03/2024, 10:11:12] Bayko: hi\n", 0, "WhatsApp"),
        seed("whatsapp of Android", "12.03.24, 10:11 - Bayko: hi\n", 0, "WhatsApp"));
  }

  private static Stream<Odd> imports() {
    return Stream.of(
        binary("import", "zip", "504b030414000000", "a zip file"),
        new Odd(
            "gzip in gzip",
            "import",
            gzip(gzip(bytes("{}"))),
            0,
            List.of("a gzip file inside another")),
        binary("import", "parquet", "5041523115041510", "a parquet file"),
        imported("csv", "pk,sk,message\na,b,c\n", 0, "csv"),
        imported(
            "csv of an export",
            "pk,sk,other\nMSG#a,2026-02-01T10:00:00+00:00,\"{\"\"v\"\":1}\"\n",
            0,
            "csv"),
        imported("a seed file", "{\"users\":[]}", 0, "ddb seed"),
        imported(
            "rejects of a seed", rejected(line("message", "\"message\":\"x\"")), 0, "ddb seed"),
        imported(
            "a record among items", ITEM + line("message", "\"message\":\"x\""), 1, "ddb seed"),
        imported("an answer of scan", "{\"Items\":[],\"Count\":0}", 0, "aws dynamodb scan"),
        imported("a list", "[" + ITEM.strip() + "]", 0, "JSON list"),
        imported("an item over several lines", "{\n\"Item\":{}}\n", 0, "over several lines"),
        imported("a broken line", ITEM + "{\"Item\":\n", 1, "broken JSON"),
        imported("another line", ITEM + "{\"Thing\":{}}\n", 1, "\"Thing\""),
        imported("a plain item behind another", PLAIN + PLAIN + "\n", 0, "something follows"),
        imported("text behind a plain item", PLAIN + " x\n", 0, "broken JSON"),
        imported(
            "an attribute twice, plain",
            PLAIN.replace("}", ",\"sk\":\"c\"}"),
            0,
            "Duplicate field"),
        imported(
            "an attribute twice in a map",
            PLAIN.replace("}", ",\"m\":{\"x\":1,\"x\":2}}"),
            0,
            "Duplicate field"),
        imported(
            "a number beyond all numbers",
            PLAIN.replace("}", ",\"n\":1e99999999999}"),
            0,
            "a number that DynamoDB cannot hold"),
        imported(
            "half a surrogate pair",
            "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"},\"m\":{\"S\":\"\\ud800\"}}}",
            0,
            "half of a surrogate pair"),
        imported("NUL bytes behind the end of items", ITEM + "\0\0\n", 1, "begins with NUL bytes"),
        imported("more on a line", ITEM.strip() + " 7\n", 0, "something follows"),
        imported(
            "an item without a key", "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n", 0, "key sk is missing"),
        new Odd(
            "members",
            "import",
            join(gzip(bytes(ITEM)), gzip(bytes(ITEM.replace("\"b\"", "\"c\"")))),
            2,
            List.of()),
        imported("nothing", "", 0));
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void whatIsNotLoadedIsNamedAndTheAccountAddsUp(Odd odd) throws Exception {
    Path file = Files.write(folder.resolve("odd"), odd.content);
    Path rejects = folder.resolve("rejects.ndjson");
    Result result =
        TABLE.ddb(odd.command, file.toString(), "--rejects", rejects.toString(), "-o", "json");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(odd.named.isEmpty() ? 0 : 5);
    long rejected = 0;
    long loaded = 0;
    for (JsonNode kind : result.items()) {
      long done = number(kind, "written") + number(kind, "unchanged");
      assertThat(number(kind, "read")).isEqualTo(done + number(kind, "rejected"));
      rejected += number(kind, "rejected");
      String name = kind.get("kind").asText();
      loaded += name.equals("message") || name.equals("other") ? done : 0;
    }
    List<String> reasons = new ArrayList<>();
    for (String line : Files.readAllLines(rejects)) {
      reasons.add(JSON.readTree(line).get("reason").asText());
    }
    assertThat(reasons).as(result.toString()).hasSize((int) rejected);
    assertThat(reasons).hasSameSizeAs(odd.named);
    for (String words : odd.named) {
      assertThat(reasons).anySatisfy(reason -> assertThat(reason).contains(words));
    }
    assertThat(loaded).as(result.toString()).isEqualTo(odd.loaded);
    boolean empty = new String(odd.content, StandardCharsets.UTF_8).isBlank();
    assertThat(result.err().contains("is empty")).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{}", "{\"users\":[]}", "{\"users\":[],\"conversations\":[]}", "", " \n"})
  void aFileOfWhichNothingIsReadIsNamed(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("odd.json"), content);
    Result result = Outcome.done(TABLE.ddb("seed", file.toString()));
    assertThat(result.err()).contains("odd.json").contains("nothing was read from it");
  }

  @Test
  void usersThatStandBehindOtherFieldsAreNotNothing() throws Exception {
    String user = "{\"uuid\":\"5ae290ed-55d1-47a0-bc6d-fe2bc2700311\",\"handle\":\"x\"}";
    Path file =
        Files.writeString(
            folder.resolve("u.json"), "{\"conversations\":[],\"users\":[" + user + "]}");
    Result result = Outcome.done(TABLE.ddb("seed", file.toString()));
    assertThat(result.err()).doesNotContain("nothing was read");
  }

  private static long number(JsonNode kind, String name) {
    return kind.get(name).asLong();
  }

  @Test
  void whatWasRejectedIsLoadedOnceItIsMended() throws Exception {
    String bad = HI.replace("bayko", "baiko").replace("\"hi\"", "\"repaired\"");
    Path file = Files.writeString(folder.resolve("a.json"), document("\"messages\":[" + bad + "]"));
    Path rejects = folder.resolve("rejects.ndjson");
    String[] seed = {"seed", file.toString(), "--rejects", rejects.toString()};
    assertThat(TABLE.ddb(seed).exitCode()).isEqualTo(5);
    Path repaired = folder.resolve("repaired.ndjson");
    Files.writeString(repaired, Files.readString(rejects).replace("baiko", "bayko"));
    Outcome.done(TABLE.ddb("seed", repaired.toString(), "-o", "json"));
    assertThat(TABLE.messages(GROUP)).extracting(m -> m.get("message")).contains("repaired");
  }

  @Test
  void anItemThatWasRejectedIsImportedOnceItIsMended() throws Exception {
    Path file = Files.writeString(folder.resolve("a.json"), ITEM.replace("\"sk\"", "\"ks\""));
    Path rejects = folder.resolve("rejects.ndjson");
    String[] args = {"import", file.toString(), "--rejects", rejects.toString()};
    assertThat(TABLE.ddb(args).exitCode()).isEqualTo(5);
    Files.writeString(rejects, Files.readString(rejects).replace("\"ks\"", "\"sk\""));
    Outcome.done(TABLE.ddb("import", rejects.toString(), "-o", "json"));
  }

  @Test
  void rejectsDoNotGoToWhatIsReadOrToTheCheckpoint() throws Exception {
    for (String command : List.of("seed", "import")) {
      String line = "{\"file\":\"a\",\"line\":1,\"reason\":\"r\",\"record\":{\"type\":\"x\"}}\n";
      Path file = Files.writeString(folder.resolve(command + ".ndjson"), line);
      Path same = Files.createDirectories(folder.resolve("in")).resolve("..").resolve(file);
      Result result =
          TABLE.ddb(command, file.toString(), "--rejects", same.toString(), "-o", "json");
      assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
      assertThat(result.err()).contains(" is an input");
      assertThat(file).hasContent(line);
      String kept = folder.resolve("kept").toString();
      result = TABLE.ddb(command, file.toString(), "--rejects", kept, "--checkpoint", kept);
      assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
      assertThat(result.err()).contains(" is the checkpoint");
      String none = folder.resolve("none/kept").toString();
      result = TABLE.ddb(command, file.toString(), "--checkpoint", none);
      assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
      assertThat(result.err()).contains("there is no such folder");
    }
  }

  @Test
  void rejectsDoNotGoToAFileThatIsCalledDash() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "londo: hi\n");
    Result result = TABLE.ddb("seed", file.toString(), "--rejects", "-");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--rejects - is not a file");
  }
}
