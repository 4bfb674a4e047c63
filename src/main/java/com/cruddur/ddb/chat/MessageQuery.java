package com.cruddur.ddb.chat;

import java.time.Instant;

/**
 * Access pattern A: the messages of a conversation.
 *
 * @param groupUuid the conversation
 * @param limit the greatest number of messages on a page, 1 or more
 * @param since the earliest moment, inclusive; null for the first
 * @param until the latest moment, inclusive; null for the last
 * @param oldestFirst order of time rather than newest first
 * @param token a {@link Page#nextToken} of the same query; null for the first page
 * @param consistent whether the page must show every write that ended before it was asked for
 * @param ahead whether one message beyond the limit is read, so that a page that ends where the
 *     messages end has no token
 */
public record MessageQuery(
    String groupUuid,
    int limit,
    Instant since,
    Instant until,
    boolean oldestFirst,
    String token,
    boolean consistent,
    boolean ahead) {

  /** An eventually consistent query. */
  public MessageQuery(
      String groupUuid,
      int limit,
      Instant since,
      Instant until,
      boolean oldestFirst,
      String token) {
    this(groupUuid, limit, since, until, oldestFirst, token, false, false);
  }

  /** The same query, at another page. */
  public MessageQuery from(String nextToken) {
    return new MessageQuery(
        groupUuid, limit, since, until, oldestFirst, nextToken, consistent, ahead);
  }

  /** The same query, strongly consistent. */
  public MessageQuery consistently() {
    return new MessageQuery(groupUuid, limit, since, until, oldestFirst, token, true, ahead);
  }

  /** The same query, looking ahead or not. */
  public MessageQuery ahead(boolean looks) {
    return new MessageQuery(groupUuid, limit, since, until, oldestFirst, token, consistent, looks);
  }
}
