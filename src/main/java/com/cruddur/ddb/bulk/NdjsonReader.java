package com.cruddur.ddb.bulk;

import com.cruddur.ddb.bulk.SeedJson.Fields;
import com.cruddur.ddb.bulk.Tally.Kind;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads one record a line. A user stands before the conversations that name it, a conversation
 * before its messages; else they may come in any order.
 */
final class NdjsonReader {
  private final String file;
  private final SeedSink sink;

  NdjsonReader(String file, SeedSink sink) {
    this.file = file;
    this.sink = sink;
  }

  void read(InputStream in) throws IOException {
    Lines lines = new Lines(in);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Place at = new Place(file, lines.number());
        if (lines.tooLong()) {
          sink.unreadable(at, Kind.UNREADABLE, "the line is longer than " + Lines.LIMIT + " bytes");
        } else if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
          record(at, line);
        }
      }
    } catch (java.io.EOFException | java.util.zip.ZipException e) {
      sink.unreadable(
          new Place(file, lines.number() + 1),
          Kind.UNREADABLE,
          "the gzip file is broken from here");
    }
  }

  private void record(Place at, byte[] line) throws IOException {
    Fields fields;
    try (JsonParser parser = SeedJson.FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        sink.unreadable(at, Kind.UNREADABLE, "the line is no JSON object");
        return;
      }
      fields = SeedJson.fields(parser);
      if (parser.nextToken() != null) {
        sink.unreadable(at, Kind.UNREADABLE, "something follows the JSON object on its line");
        return;
      }
    } catch (JsonProcessingException e) {
      sink.unreadable(at, Kind.UNREADABLE, SeedJson.describe(e, false));
      return;
    }
    typed(at, fields);
  }

  private void typed(Place at, Fields fields) {
    String type = fields.text("type");
    switch (type == null ? "" : type) {
      case "user" -> SeedRecords.user(sink, at, fields);
      case "conversation" -> {
        String group = fields.text("message_group_uuid");
        sink.conversation(at, group, fields.texts("participants"));
      }
      case "message" -> {
        String group = fields.text("message_group_uuid");
        SeedRecords.message(sink, at, group == null ? null : sink.find(group), group, fields);
      }
      default ->
          sink.unreadable(
              at, Kind.UNREADABLE, "type is none of \"user\", \"conversation\", \"message\"");
    }
  }
}
