package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.BrokenGzipException;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.Printable;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.SeedJson;
import com.cruddur.ddb.bulk.SeedJson.Fields;
import com.cruddur.ddb.bulk.SeedJson.Raw;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code {"users":[…],"conversations":[…]}}, or a list of users alone, record by record. When
 * it is broken, what stands before is read, and the rest is one reject.
 */
final class JsonDocumentReader {
  /** What is held of a conversation whose messages stand before its uuid and participants. */
  private static final int MOST_HELD = 10_000;

  private static final String NOT_A_USER =
      "it is a %s in a list of users; conversations belong in"
          + " {\"conversations\":[…]}, and lines of a type of their own in ndjson";

  private final String file;
  private final SeedSink sink;

  /** Where the list or record before the next one begins. */
  private long lineBefore;

  JsonDocumentReader(String file, SeedSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** Which records of the document to read. */
  enum Part {
    USERS,
    CONVERSATIONS,
    ALL
  }

  void read(InputStream in, Part part) throws IOException {
    try (JsonParser parser = SeedJson.FACTORY.createParser(in)) {
      try {
        document(parser, part);
      } catch (JsonProcessingException e) {
        rest(parser, part, SeedJson.describe(e, true));
      } catch (BrokenGzipException e) {
        rest(parser, part, e.getMessage());
      }
    }
  }

  /** In two passes the second meets the same break, so the first says nothing. */
  private void rest(JsonParser parser, Part part, String reason) {
    if (part != Part.USERS) {
      sink.unreadable(at(parser), Kind.UNREADABLE, reason + "; nothing after it was read");
    }
  }

  private void document(JsonParser parser, Part part) throws IOException {
    JsonToken start = parser.nextToken();
    if (start == JsonToken.START_ARRAY) {
      users(parser);
    } else if (start == JsonToken.START_OBJECT) {
      members(parser, part);
    } else if (start != null) {
      parser.skipChildren();
      rest(parser, part, "the document is not a JSON object");
      return;
    }
    if (parser.nextToken() != null) {
      rest(parser, part, "something follows the JSON document");
    }
  }

  private void members(JsonParser parser, Part part) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean list = parser.nextToken() == JsonToken.START_ARRAY;
      boolean users = name.equals("users");
      if (!users && !name.equals("conversations")) {
        other(parser, name, part);
      } else if (part == (users ? Part.CONVERSATIONS : Part.USERS)) {
        parser.skipChildren();
      } else if (!list) {
        sink.unreadable(at(parser), Kind.UNREADABLE, "\"" + name + "\" is not a list");
        parser.skipChildren();
      } else if (users) {
        users(parser);
      } else {
        conversations(parser);
      }
    }
  }

  /** A field that is not ours; told once of two passes. */
  private void other(JsonParser parser, String name, Part part) throws IOException {
    if (part != Part.USERS) {
      sink.unreadable(
          at(parser),
          Kind.FIELD,
          "\""
              + Printable.name(name)
              + "\" is not a field of a seed document, which has users and"
              + " conversations");
    }
    parser.skipChildren();
  }

  private void users(JsonParser parser) throws IOException {
    listBegins(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (isObject(parser, Kind.USER)) {
        Place at = element(parser);
        Fields fields = SeedJson.fields(parser);
        String type = SeedRecords.type(fields);
        Place record = at.of(() -> fields.line(type, null));
        if (type.equals(SeedRecords.USER)) {
          SeedRecords.user(sink, record, fields);
        } else {
          sink.unreadable(record, SeedRecords.kind(type), NOT_A_USER.formatted(type));
        }
      }
    }
  }

  private void conversations(JsonParser parser) throws IOException {
    listBegins(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (isObject(parser, Kind.CONVERSATION)) {
        conversation(parser);
      }
    }
  }

  private boolean isObject(JsonParser parser, Kind kind) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    Place at = element(parser);
    Raw value = Raw.of(parser);
    sink.unreadable(at.of(value::json), kind, "it is not a JSON object");
    return false;
  }

  /** What is known of a conversation so far. */
  private final class Head {
    final Place at;
    final Fields fields = new Fields();
    String groupUuid;
    List<String> participants;
    ConversationState load;
    final List<Held> held = new ArrayList<>();

    Head(Place at) {
      this.at = at.of(() -> fields.line(SeedRecords.CONVERSATION, null));
    }

    /** Made known once: when its messages begin, or at its end. */
    ConversationState load() {
      if (load == null) {
        load = sink.conversation(at, groupUuid, participants);
      }
      return load;
    }
  }

  /** A message that waits for the head of its conversation. */
  private record Held(Place at, Fields fields) {}

  private void conversation(JsonParser parser) throws IOException {
    Head head = new Head(element(parser));
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (head.fields.has(name)) {
        sink.unreadable(
            at(parser),
            Kind.FIELD,
            "\"" + Printable.name(name) + "\" is there twice; the first one counts");
        parser.skipChildren();
      } else if (name.equals("messages") && value == JsonToken.START_ARRAY) {
        messages(parser, head);
      } else if (name.equals("message_group_uuid") && value == JsonToken.VALUE_STRING) {
        head.groupUuid = sink.conversationUuid(parser.getText());
        head.fields.put(name, head.groupUuid);
      } else if (name.equals("participants") && value == JsonToken.START_ARRAY) {
        Raw participants = Raw.of(parser);
        head.participants = participants.strings();
        head.fields.put(name, participants);
      } else {
        otherOfConversation(parser, name, value);
      }
    }
    ConversationState load = head.load();
    head.held.forEach(m -> SeedRecords.message(sink, m.at, load, head.groupUuid, m.fields));
    sink.end(load);
  }

  /** A field that a conversation has not, or that is of another type than it is there. */
  private void otherOfConversation(JsonParser parser, String name, JsonToken value)
      throws IOException {
    if (value != JsonToken.VALUE_NULL && !name.equals("type")) {
      String what =
          switch (name) {
            case "messages", "participants" -> "is not a list";
            case "message_group_uuid" -> "is not a string";
            default ->
                "is not a field of a conversation, which has message_group_uuid, participants and"
                    + " messages";
          };
      sink.unreadable(at(parser), Kind.FIELD, "\"" + Printable.name(name) + "\" " + what);
    }
    parser.skipChildren();
  }

  private void messages(JsonParser parser, Head head) throws IOException {
    listBegins(parser);
    boolean known = head.groupUuid != null && head.participants != null;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!isObject(parser, Kind.MESSAGE)) {
        continue;
      }
      Place start = element(parser);
      Fields fields = SeedJson.fields(parser);
      Place at = start.of(() -> fields.line(SeedRecords.MESSAGE, head.groupUuid));
      if (known) {
        SeedRecords.message(sink, at, head.load(), head.groupUuid, fields);
      } else if (head.held.size() < MOST_HELD) {
        head.held.add(new Held(at, fields));
      } else {
        sink.unreadable(
            at,
            Kind.MESSAGE,
            "more than 10,000 messages come before the message_group_uuid and participants of"
                + " their conversation; put those first");
      }
    }
  }

  private Place at(JsonParser parser) {
    return new Place(file, line(parser));
  }

  private static long line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private void listBegins(JsonParser parser) {
    lineBefore = line(parser);
  }

  /** A record of a list; of several on one line each needs more than the line to be found. */
  private Place element(JsonParser parser) {
    long line = line(parser);
    boolean alone = line != lineBefore;
    lineBefore = line;
    String pointer = alone ? null : parser.getParsingContext().pathAsPointer().toString();
    return new Place(file, line, pointer, null);
  }
}
