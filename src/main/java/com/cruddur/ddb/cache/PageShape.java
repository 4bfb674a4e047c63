package com.cruddur.ddb.cache;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.MessageQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The dictionary field of a page: its query's shape as text, such as {@code limit=20 order=newest
 * since=2026-03-19T00:00:00Z token=…}. What a query does not have is left out; the token is last,
 * for it may hold anything.
 */
final class PageShape {
  private PageShape() {}

  static String of(MessageQuery query) {
    return "limit="
        + query.limit()
        + " order="
        + (query.oldestFirst() ? "oldest" : "newest")
        + part("since", query.since())
        + part("until", query.until())
        + ahead(query.ahead())
        + part("token", query.token());
  }

  static String of(ConversationQuery query) {
    return "limit=" + query.limit() + ahead(query.ahead()) + part("token", query.token());
  }

  private static String ahead(boolean looks) {
    return looks ? " ahead=1" : "";
  }

  private static String part(String name, Object value) {
    return value == null ? "" : " " + name + "=" + value;
  }

  /** The strongly consistent query of a field; empty when it is none of ours. */
  static Optional<MessageQuery> messages(String groupUuid, String field) {
    Map<String, String> parts = parts(field);
    try {
      return Optional.of(
          new MessageQuery(
              groupUuid,
              Integer.parseInt(parts.getOrDefault("limit", "")),
              instant(parts.get("since")),
              instant(parts.get("until")),
              "oldest".equals(parts.get("order")),
              parts.get("token"),
              true,
              parts.containsKey("ahead")));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The strongly consistent query of a field; empty when it is none of ours. */
  static Optional<ConversationQuery> conversations(String userUuid, String field) {
    Map<String, String> parts = parts(field);
    try {
      int limit = Integer.parseInt(parts.getOrDefault("limit", ""));
      return Optional.of(
          new ConversationQuery(
              userUuid, limit, parts.get("token"), true, parts.containsKey("ahead")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static Map<String, String> parts(String field) {
    Map<String, String> parts = new HashMap<>();
    for (String part : field.split(" ", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.putIfAbsent(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return parts;
  }
}
