package com.cruddur.ddb.bulk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats of a seed input, identified by its first bytes. */
public enum SeedFormat {
  /** A JSON document whose users come before its conversations: one pass. */
  JSON(true, false, false),
  /** A JSON document whose conversations come first: its users are read in a pass of their own. */
  JSON_USERS_LAST(false, true, false),
  /** One record a line, the first of them a user. */
  NDJSON_USERS_FIRST(true, false, true),
  /** One record a line. */
  NDJSON(false, false, true),
  /** {@code handle: text} lines; their number is needed before the first can be dated. */
  TRANSCRIPT(false, true, false),
  /** Something else, which is refused by its name. */
  FOREIGN(false, false, false),
  /** Nothing but white space. */
  EMPTY(false, false, false);

  private static final Pattern NDJSON_LINE =
      Pattern.compile("(?m)^\\s*\\{.*\"type\"\\s*:\\s*\"(user|conversation|message)\"");

  /** What 'ddb export' writes, and DynamoDB. */
  private static final Pattern EXPORTED =
      Pattern.compile("^\\{\\s*\"(Item|Metadata|Keys|NewImage|pk|sk)\"\\s*:");

  /** An object that is no line: a document whose fields are not ours, which are then named. */
  private static final Pattern OVER_LINES = Pattern.compile("^\\{\\s*\n");

  private static final String ITEMS =
      "the file holds items of a table, as 'ddb export' writes them; load it with 'ddb import'";

  private static final Pattern USER_LINE =
      Pattern.compile("(?s)^[^\n]*\"type\"\\s*:\\s*\"user\".*");

  /** Whether it begins with users, who may be named in other inputs. */
  public final boolean usersFirst;

  public final boolean readTwice;

  /** Whether reading it can begin at any line. */
  public final boolean byLines;

  SeedFormat(boolean usersFirst, boolean readTwice, boolean byLines) {
    this.usersFirst = usersFirst;
    this.readTwice = readTwice;
    this.byLines = byLines;
  }

  static SeedFormat of(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).stripLeading();
    if (text.isEmpty()) {
      return EMPTY;
    } else if (foreign(head).isPresent()) {
      return FOREIGN;
    } else if (text.startsWith("[")) {
      return JSON;
    }
    if (!text.startsWith("{")) {
      boolean record = NDJSON_LINE.matcher(text).find();
      return record ? NDJSON : TRANSCRIPT;
    }
    return object(text);
  }

  /** Why an input is not read at all, in one line; empty when it is. */
  static Optional<String> foreign(byte[] head) {
    if (FileKind.isIon(head)) {
      return Optional.of(FileKind.ion().told());
    }
    String text = new String(head, StandardCharsets.UTF_8).stripLeading();
    return FileKind.of(head)
        .map(FileKind::told)
        .or(() -> ChatExport.of(text))
        .or(
            () ->
                EXPORTED.matcher(RejectedLine.head(text)).find()
                    ? Optional.of(ITEMS)
                    : Optional.empty());
  }

  /** By the first name of the first object that says it. */
  private static SeedFormat object(String text) {
    try (JsonParser parser = SeedJson.FACTORY.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        switch (parser.currentName()) {
          case "users" -> {
            return JSON;
          }
          case "conversations" -> {
            return JSON_USERS_LAST;
          }
          case "type", "message_group_uuid", "uuid", "handle", "reason", "record" -> {
            return OVER_LINES.matcher(text).find() ? JSON_USERS_LAST : ndjson(text);
          }
          default -> {
            parser.nextToken();
            parser.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      // Broken, or longer than the head.
    }
    return NDJSON_LINE.matcher(text).find() ? ndjson(text) : JSON_USERS_LAST;
  }

  private static SeedFormat ndjson(String text) {
    return USER_LINE.matcher(text).matches() ? NDJSON_USERS_FIRST : NDJSON;
  }
}
