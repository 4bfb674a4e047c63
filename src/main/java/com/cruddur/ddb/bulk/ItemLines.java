package com.cruddur.ddb.bulk;

import com.cruddur.ddb.bulk.ItemJson.NoItemException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the {@code {"Item":{…}}} lines of a data file, and holds it against its manifest. */
final class ItemLines {
  private final Sink sink;

  ItemLines(Sink sink) {
    this.sink = sink;
  }

  /** What is found; called in order. */
  interface Sink {
    void item(Place at, Map<String, AttributeValue> item);

    void unreadable(Place at, String reason);

    /** The file as a whole is not what its manifest says. */
    void damaged(Place at, String reason);
  }

  void read(ImportSource.Part part) throws IOException {
    String name = part.input().name();
    MessageDigest md5 = ExportFolder.md5();
    long read = 0;
    long line = 0;
    try (InputStream raw = new DigestInputStream(part.input().opener().open(), md5)) {
      try {
        Lines lines = new Lines(OpenInput.plain(raw));
        for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
          line = lines.number();
          if (Lines.isBlank(bytes)) {
            continue;
          }
          read++;
          line(new Place(name, line), bytes, lines.tooLong());
        }
      } catch (EOFException | ZipException e) {
        sink.unreadable(new Place(name, line + 1), "the gzip file is broken from here");
      }
      raw.transferTo(java.io.OutputStream.nullOutputStream());
    }
    compare(part, new Place(name, line), read, md5);
  }

  private void compare(ImportSource.Part part, Place at, long read, MessageDigest md5) {
    String found = Base64.getEncoder().encodeToString(md5.digest());
    if (part.md5() != null && !part.md5().equals(found)) {
      sink.damaged(at, "the file's MD5 is " + found + ", its manifest says " + part.md5());
    } else if (part.items() >= 0 && part.items() != read) {
      sink.damaged(at, "the file has " + read + " items, its manifest says " + part.items());
    }
  }

  private void line(Place at, byte[] bytes, boolean tooLong) throws IOException {
    if (tooLong) {
      sink.unreadable(at, "the line is longer than " + Lines.LIMIT + " bytes");
      return;
    }
    try (JsonParser json = ItemJson.FACTORY.createParser(bytes)) {
      sink.item(at, item(json));
    } catch (NoItemException e) {
      sink.unreadable(at, e.getMessage());
    } catch (JsonProcessingException e) {
      sink.unreadable(at, SeedJson.describe(e, false));
    }
  }

  private static Map<String, AttributeValue> item(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT || json.nextToken() != JsonToken.FIELD_NAME) {
      throw new NoItemException("the line is no {\"Item\":{…}}");
    }
    String name = json.currentName();
    if (!name.equals("Item")) {
      throw new NoItemException(
          name.equals("Metadata") || name.equals("Keys")
              ? "the line is of an incremental export; import a full one"
              : "the line begins with \"" + name + "\", not with \"Item\"");
    }
    json.nextToken();
    Map<String, AttributeValue> item = ItemJson.read(json);
    if (json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      throw new NoItemException("something follows the item on its line");
    }
    return item;
  }
}
