package com.cruddur.ddb.bulk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the exports of other chat programs, which are not read but called what they are. */
final class ChatExport {
  private static final String CURE =
      "; ddb does not read those: write each message as a line {\"type\":\"message\","
          + "\"message_group_uuid\":…,\"from\":…,\"message\":…,\"created_at\":…}, see"
          + " docs/seed-input.md";

  /** {@code [12/03/2024, 10:11:12] Name: text} or {@code 12.03.24, 10:11 - Name: text}. */
  private static final Pattern WHATSAPP =
      Pattern.compile(
          "^[\\u200e\\ufeff]?\\[?\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4},? \\d{1,2}[:.]\\d{2}.*");

  private ChatExport() {}

  /** What a text is, in a line that says what to do; empty when it is none. */
  static Optional<String> of(String text) {
    if (WHATSAPP.matcher(text.lines().findFirst().orElse("")).matches()) {
      return Optional.of(told("WhatsApp"));
    }
    try (JsonParser parser = SeedJson.FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      Set<String> names = new LinkedHashSet<>();
      if (first == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT) {
        return Optional.ofNullable(ofElement(names(parser, names))).map(ChatExport::told);
      } else if (first == JsonToken.START_OBJECT) {
        return Optional.ofNullable(ofDocument(names(parser, names))).map(ChatExport::told);
      }
    } catch (IOException e) {
      // Broken; others say so.
    }
    return Optional.empty();
  }

  private static String told(String program) {
    return "the file is a chat export of " + program + CURE;
  }

  /** The names of an object's fields, as far as the text goes. */
  private static Set<String> names(JsonParser parser, Set<String> names) {
    try {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (IOException e) {
      // Broken, or longer than the text.
    }
    return names;
  }

  private static String ofElement(Set<String> names) {
    if (names.contains("team_id")
        || (names.contains("ts") && (names.contains("user") || names.contains("text")))
        || (names.contains("creator") && names.contains("members"))) {
      return "Slack";
    } else if (names.contains("Timestamp") && names.contains("Contents")) {
      return "Discord";
    }
    return null;
  }

  private static String ofDocument(Set<String> names) {
    boolean messages = names.contains("messages");
    if (names.contains("guild") && names.contains("channel")) {
      return "Discord";
    } else if (names.contains("chats") && !names.contains("conversations")
        || (names.contains("name") && names.contains("type") && names.contains("id") && messages)) {
      return "Telegram";
    } else if (names.contains("ts") && names.contains("user") && names.contains("text")
        || (names.contains("channel_id") && messages)) {
      return "Slack";
    } else if (names.contains("participants")
        && messages
        && !names.contains("message_group_uuid")) {
      return "Messenger or Instagram";
    } else if (names.contains("room_name") && messages) {
      return "Matrix";
    }
    return null;
  }
}
