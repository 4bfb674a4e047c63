package com.cruddur.ddb.cache;

/**
 * Drops cached pages that a change of the table made stale, for those who change it other than
 * through a {@link CachedConversationStore}. To be called after the change. A cache that fails is
 * told as a warning, never thrown.
 */
public interface PageInvalidation {
  /** Where nothing is cached. */
  PageInvalidation NONE =
      new PageInvalidation() {
        @Override
        public void dropConversation(String groupUuid) {}

        @Override
        public void dropUser(String userUuid) {}
      };

  /** Drops every cached page of a conversation's messages. */
  void dropConversation(String groupUuid);

  /** Drops every cached page of a user's conversations. */
  void dropUser(String userUuid);

  /** The same within a second, many at once: for bulk jobs. What is left goes with the command. */
  default PageInvalidation gathered() {
    return this;
  }
}
