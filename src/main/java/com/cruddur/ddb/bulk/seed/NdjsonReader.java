package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.BrokenGzipException;
import com.cruddur.ddb.bulk.Lines;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RejectedLine;
import com.cruddur.ddb.bulk.SeedJson;
import com.cruddur.ddb.bulk.SeedJson.Fields;
import com.cruddur.ddb.chat.Uuids;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads one record a line, in any order. A conversation that names users who are still unknown, and
 * a message of an unknown conversation, are put off until all inputs are read.
 */
final class NdjsonReader {
  private final String file;
  private final SeedSink sink;
  private final DeferredRecords late;

  NdjsonReader(String file, SeedSink sink, DeferredRecords late) {
    this.file = file;
    this.sink = sink;
    this.late = late;
  }

  /** What is put off is read twice: the conversations, then the messages. */
  static final List<String> LATE_TYPES = List.of("conversation", "message");

  /**
   * Reads what was put off of one type.
   *
   * @param done how many lines an earlier run has read
   */
  static void readLate(DeferredRecords late, String type, long done, SeedSink sink)
      throws IOException {
    long[] number = {0};
    late.forEach(
        (place, line) -> {
          Place at = place.of(() -> text(line));
          number[0]++;
          if (number[0] <= done) {
            return;
          }
          NdjsonReader reader = new NdjsonReader(at.file(), sink, null);
          Fields fields = reader.fields(at, line);
          sink.at(number[0], 0);
          if (type.equals(fields.text("type"))) {
            reader.typed(at, line, fields);
          }
        });
  }

  /**
   * Reads an input, or the rest of it.
   *
   * @param line the last line that an earlier run has read, 0 for none
   * @param bytes how many bytes stand to its end
   */
  void read(InputStream in, long line, long bytes) throws IOException {
    Lines lines = new Lines(in, line, bytes);
    try {
      Lines.pass(in, file, bytes);
      for (byte[] next = lines.next(); next != null; next = lines.next()) {
        Place at = new Place(file, lines.number());
        sink.at(lines.number(), lines.bytes());
        if (lines.tooLong()) {
          sink.unreadable(at, Kind.UNREADABLE, "the line is longer than " + Lines.LIMIT + " bytes");
        } else if (Lines.beginsWithNul(next)) {
          sink.unreadable(at, Kind.UNREADABLE, "the line begins with NUL bytes");
        } else if (!Lines.isBlank(next)) {
          record(at, RejectedLine.record(next));
        }
      }
    } catch (BrokenGzipException e) {
      sink.unreadable(new Place(file, lines.number() + 1), Kind.UNREADABLE, e.getMessage());
    }
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private void record(Place place, byte[] line) throws IOException {
    Place at = place.of(() -> text(line));
    Fields fields = fields(at, line);
    if (fields != null) {
      typed(at, line, fields);
    }
  }

  /** Null when the line is broken, which is then told. */
  private Fields fields(Place at, byte[] line) throws IOException {
    try (JsonParser parser = SeedJson.FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        sink.unreadable(at, Kind.UNREADABLE, "the line is not a JSON object");
        return null;
      }
      Fields fields = SeedJson.fields(parser);
      if (parser.nextToken() != null) {
        sink.unreadable(at, Kind.UNREADABLE, "something follows the JSON object on its line");
        return null;
      }
      return fields;
    } catch (JsonProcessingException e) {
      sink.unreadable(at, Kind.UNREADABLE, SeedJson.describe(e, false));
      return null;
    }
  }

  private static String notOurs(Fields fields) {
    if (fields.has("Item") || (fields.has("pk") && fields.has("sk"))) {
      return "it is an item of a table, not a record for seeding; load it with 'ddb import'";
    }
    return "type is none of \"user\", \"conversation\", \"message\"";
  }

  private void typed(Place at, byte[] line, Fields fields) throws IOException {
    String type = fields.text("type");
    switch (type == null ? "" : type) {
      case "user" -> SeedRecords.user(sink, at, fields);
      case "conversation" -> {
        String group = sink.conversationUuid(fields.text("message_group_uuid"));
        List<String> participants = fields.texts("participants");
        if (fields.problem() != null) {
          sink.unreadable(at, Kind.CONVERSATION, fields.problem());
          return;
        }
        if (late != null && participants != null && !sink.knows(participants)) {
          late.add(at, line);
        } else {
          SeedRecords.nameOthersOfConversation(sink, at, fields);
          sink.conversation(at, group, participants);
        }
      }
      case "message" -> {
        String group = sink.conversationUuid(fields.text("message_group_uuid"));
        ConversationState load = group == null ? null : sink.find(group);
        if (late != null && load == null && group != null && Uuids.isUuid(group)) {
          late.add(at, line);
        } else {
          SeedRecords.message(sink, at, load, group, fields);
        }
      }
      default -> sink.unreadable(at, Kind.UNREADABLE, notOurs(fields));
    }
  }
}
