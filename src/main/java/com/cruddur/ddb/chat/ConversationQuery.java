package com.cruddur.ddb.chat;

import java.util.Locale;

/**
 * Access pattern B: the conversations of a user, the one with the latest message first.
 *
 * @param userUuid the user
 * @param limit the greatest number of rows on a page, 1 or more
 * @param token a {@link Page#nextToken} of the same query; null for the first page
 * @param consistent whether the page must show every write that ended before it was asked for
 * @param ahead whether one row beyond the limit is read, so that a page that ends where the list
 *     ends has no token
 */
public record ConversationQuery(
    String userUuid, int limit, String token, boolean consistent, boolean ahead) {

  /** An eventually consistent query. */
  public ConversationQuery(String userUuid, int limit, String token) {
    this(userUuid, limit, token, false, false);
  }

  /** The same query, at another page. */
  public ConversationQuery from(String nextToken) {
    return new ConversationQuery(userUuid, limit, nextToken, consistent, ahead);
  }

  /** The same query, strongly consistent. */
  public ConversationQuery consistently() {
    return new ConversationQuery(userUuid, limit, token, true, ahead);
  }

  /** The same query of the list under the uuid in capitals. */
  ConversationQuery inCapitals() {
    return new ConversationQuery(
        userUuid.toUpperCase(Locale.ROOT), limit, token, consistent, ahead);
  }

  /** The same query, looking ahead or not. */
  public ConversationQuery ahead(boolean looks) {
    return new ConversationQuery(userUuid, limit, token, consistent, looks);
  }
}
