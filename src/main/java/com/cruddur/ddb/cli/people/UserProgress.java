package com.cruddur.ddb.cli.people;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.UserConversations;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Resumable;
import com.cruddur.ddb.cli.mixin.BulkProgress;

/** A user's conversations, and the progress of what is done to them; close it. */
final class UserProgress implements AutoCloseable {
  private final BulkProgress progress;
  private final ConversationStore store;
  private final UserConversations conversations;

  /**
   * Progress of a task.
   *
   * @param hidden whether what it prints goes to the terminal
   * @param stop ends it
   */
  UserProgress(CommandContext context, String task, boolean hidden, Resumable.Stop stop) {
    this.progress = BulkProgress.ofSome(context, task, hidden);
    this.store = context.store();
    this.conversations = new UserConversations(store, Backoff.jittered(), stop.telling(progress));
  }

  ConversationStore store() {
    return store;
  }

  UserConversations conversations() {
    return conversations;
  }

  @Override
  public void close() {
    progress.close();
  }
}
