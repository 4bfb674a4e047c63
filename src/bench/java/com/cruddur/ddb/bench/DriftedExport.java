package com.cruddur.ddb.bench;

import com.cruddur.ddb.bulk.export.ExportFolder;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an export as DynamoDB does, of generated conversations of 100 messages; in every so many
 * conversations something is wrong, each kind of finding in turn. The rows of a conversation are in
 * other files than its messages, and some conversations have messages in two.
 *
 * <pre>java … com.cruddur.ddb.bench.DriftedExport FOLDER MESSAGES [EVERY [FILES]]</pre>
 */
public final class DriftedExport {
  private static final int EACH = 100;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, and then some more of what people write. ";

  private final Part[] parts;
  private final int every;

  private DriftedExport(Path data, int every, int files) throws IOException {
    this.every = every;
    this.parts = new Part[files];
    for (int i = 0; i < files; i++) {
      parts[i] = new Part(data.resolve(String.format(Locale.ROOT, "part%05d.json.gz", i)));
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int messages = Integer.parseInt(arguments[1]);
    int every = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
    write(folder, messages, every, arguments.length > 3 ? Integer.parseInt(arguments[3]) : 32);
  }

  /** Writes an export; something is wrong in each so many conversations. */
  public static void write(Path folder, int messages, int every, int files) throws IOException {
    Path export = folder.resolve("AWSDynamoDB/01700000000000-drifted");
    Path data = Files.createDirectories(export.resolve("data"));
    DriftedExport made = new DriftedExport(data, every, files);
    for (int i = 0; i < messages / EACH; i++) {
      made.conversation(i);
    }
    made.end(export);
  }

  /** A data file. */
  private static final class Part {
    private final Path path;
    private final MessageDigest md5 = ExportFolder.md5();
    private final OutputStream out;
    private long items;

    Part(Path path) throws IOException {
      this.path = path;
      this.out =
          new BufferedOutputStream(
              new GZIPOutputStream(
                  new DigestOutputStream(Files.newOutputStream(path), md5), 1 << 16),
              1 << 16);
    }
  }

  private static String uuid(String of, int number) {
    return UUID.nameUUIDFromBytes((of + number).getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String time(long number) {
    return Timestamps.format(BEGIN.plusSeconds(number));
  }

  private void conversation(int number) throws IOException {
    Kind wrong = number % every == 0 ? kind(number / every) : null;
    String group = uuid("conversation", number);
    String[] users = {uuid("user", number % 5_000), uuid("user", 5_000 + number / 7)};
    long from = number * (long) EACH;
    String group1 = wrong == Kind.CAPITALS ? group.toUpperCase(Locale.ROOT) : group;
    int messages = wrong == Kind.ORPHANED ? 0 : EACH;
    for (int i = 0; i < messages; i++) {
      // One in fifty conversations is in two files.
      int file = number % 50 == 1 && i >= EACH / 2 ? number + 1 : number;
      String sender = wrong == Kind.STRANGER && i == 3 ? uuid("stranger", number) : users[i % 2];
      String key = time(from + i);
      if (i == EACH - 1 && wrong == Kind.FUTURE) {
        key = "2999" + key.substring(4);
      } else if (i == 5 && wrong == Kind.TIMESTAMP) {
        key = "yesterday";
      } else if (i == 5 && wrong == Kind.NO_OFFSET) {
        key = key.substring(0, key.length() - "+00:00".length());
      }
      String id = uuid("message", (int) from + (wrong == Kind.DOUBLED_UUID && i > 97 ? 0 : i));
      String text = wrong == Kind.WRONG_TYPE && i == 7 ? null : TEXT + (from + i);
      item(file, "MSG#" + group1, key, "message_uuid", id, text, sender, "Name", "handle");
    }
    rows(number, wrong, group1, users, time(from + EACH - 1));
    if (wrong == Kind.UNKNOWN_ITEM) {
      item(number, "else", "" + number, "what", "is this", "?", "", "", "");
    }
  }

  private static Kind kind(int number) {
    return Kind.values()[number % Kind.values().length];
  }

  private void rows(int number, Kind wrong, String group, String[] users, String newest)
      throws IOException {
    String last = TEXT + (number * (long) EACH + EACH - 1);
    String at = wrong == Kind.FUTURE ? "2999" + newest.substring(4) : newest;
    String text = wrong == Kind.WRONG_TEXT ? "another text" : last;
    String other = wrong == Kind.WRONG_PARTICIPANT ? uuid("nobody", number) : users[1];
    String name = wrong == Kind.WRONG_NAME ? "" : "Name";
    String first = wrong == Kind.STALE ? time(number * (long) EACH) : at;
    if (wrong == Kind.AHEAD) {
      first = "2028" + newest.substring(4);
    }
    row(number + 7, users[0], first, group, text, other, name);
    if (wrong != Kind.MISSING) {
      row(number + 11, users[1], at, group, last, users[0], "Name");
    }
    if (wrong == Kind.DUPLICATE) {
      row(number + 13, users[1], time(number * (long) EACH), group, "old", users[0], "Name");
    }
    if (wrong == Kind.SAME_MICROSECOND) {
      String twin = uuid("twin", number);
      String key = newest.replace(".000000+", ".000000123+");
      item(number, "MSG#" + twin, newest, "message_uuid", twin, last, users[0], "Name", "handle");
      row(number + 3, users[0], key, twin, last, users[1], "Name");
      row(number + 5, users[1], key, twin, last, users[0], "Name");
    }
  }

  private void row(
      int file, String owner, String at, String group, String text, String other, String name)
      throws IOException {
    item(file, "GRP#" + owner, at, "message_group_uuid", group, text, other, name, "handle");
  }

  private void item(
      int file,
      String pk,
      String sk,
      String attribute,
      String value,
      String text,
      String user,
      String name,
      String handle)
      throws IOException {
    StringBuilder line = new StringBuilder(512).append("{\"Item\":{");
    attribute(line, "pk", pk).append(',');
    attribute(line, "sk", sk).append(',');
    attribute(line, attribute, value).append(',');
    if (text == null) {
      line.append("\"message\":{\"N\":\"1\"},");
    } else {
      attribute(line, "message", text).append(',');
    }
    attribute(line, "user_uuid", user).append(',');
    attribute(line, "user_display_name", name).append(',');
    attribute(line, "user_handle", handle).append("}}\n");
    Part part = parts[Math.floorMod(file, parts.length)];
    part.items++;
    part.out.write(line.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static StringBuilder attribute(StringBuilder line, String name, String value) {
    return line.append('"').append(name).append("\":{\"S\":\"").append(value).append("\"}");
  }

  private void end(Path export) throws IOException {
    StringBuilder files = new StringBuilder();
    long items = 0;
    for (Part part : parts) {
      part.out.close();
      items += part.items;
      String md5 = Base64.getEncoder().encodeToString(part.md5.digest());
      files.append(
          String.format(
              Locale.ROOT,
              "{\"itemCount\":%d,\"md5Checksum\":\"%s\",\"dataFileS3Key\":\"x/data/%s\"}%n",
              part.items,
              md5,
              part.path.getFileName()));
    }
    Files.writeString(export.resolve(ExportFolder.FILES), files);
    Files.writeString(
        export.resolve(ExportFolder.SUMMARY),
        String.format(
            Locale.ROOT,
            "{\"version\":\"2020-06-30\",\"itemCount\":%d,\"outputFormat\":\"DYNAMODB_JSON\"}",
            items));
  }
}
