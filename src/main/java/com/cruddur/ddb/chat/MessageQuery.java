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
 */
public record MessageQuery(
    String groupUuid, int limit, Instant since, Instant until, boolean oldestFirst, String token) {

  /** The same query, at another page. */
  public MessageQuery from(String nextToken) {
    return new MessageQuery(groupUuid, limit, since, until, oldestFirst, nextToken);
  }
}
