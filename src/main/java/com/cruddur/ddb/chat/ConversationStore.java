package com.cruddur.ddb.chat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the domain needs of a database. Writes are conditional: none of them overwrites or deletes
 * what it was not told about. Failures of the database itself are thrown as its own unchecked
 * exceptions, the refusal of a row for what is in it as {@link RowRefusedException}.
 */
public interface ConversationStore {

  /** Access pattern A. Eventually consistent unless the query asks for more. */
  Page<Message> messages(MessageQuery query);

  /** Access pattern B. Eventually consistent unless the query asks for more. */
  Page<ConversationRow> conversations(ConversationQuery query);

  /**
   * Access pattern B, of a list that stands under the uuid in capitals, as another program may have
   * written it, if none stands under it as it is: to look there costs one more read then, and none
   * else.
   */
  default Page<ConversationRow> conversationsInAnyCase(ConversationQuery query) {
    try {
      Page<ConversationRow> page = conversations(query);
      boolean nothing = page.items().isEmpty() && page.nextToken() == null && query.token() == null;
      return nothing ? conversations(query.inCapitals()) : page;
    } catch (InvalidInputException e) {
      // The token is of the other spelling; one of neither is refused again.
      return conversations(query.inCapitals());
    }
  }

  /**
   * Whether a page, wherever it comes from, can be the answer to a query: its entries lie behind
   * the query's token, and its own token goes on behind the last of them and nowhere else.
   */
  boolean isPageOf(MessageQuery query, Page<Message> page);

  /** As {@link #isPageOf(MessageQuery, Page)}. */
  boolean isPageOf(ConversationQuery query, Page<ConversationRow> page);

  /**
   * The message that sorts last of those whose time can be read; strongly consistent. A key with
   * another offset than +00:00 may sort behind or before later ones.
   */
  Optional<Message> newestMessage(String groupUuid);

  /**
   * The newest message by moment; strongly consistent. It reads the last day or two of the
   * conversation.
   */
  Optional<Message> newestByMoment(String groupUuid);

  /** The message under a sort key; strongly consistent. */
  Optional<Message> message(String groupUuid, String createdAt);

  /**
   * The messages with an identity, in whatever case, the latest first: two where another program
   * wrote one twice. Strongly consistent; reads the whole conversation.
   */
  List<Message> findMessages(String groupUuid, String messageUuid);

  /** How many of a conversation's last messages {@link #recentMessage} looks at. */
  int RECENT = 500;

  /**
   * The message with an identity, in whatever case, if it is among the last {@link #RECENT} of the
   * conversation; strongly consistent; one request, and 1 MB at most.
   */
  Optional<Message> recentMessage(String groupUuid, String messageUuid);

  /** A user as the newest message that they sent to the conversation names them. */
  Optional<User> findSender(String groupUuid, String userUuid);

  /** The conversation's rows as the index shows them: it may lag, miss rows and show old ones. */
  List<ConversationRow> indexedRows(String groupUuid);

  /** A user's rows of one conversation; strongly consistent; exactly one when all is well. */
  List<ConversationRow> rows(String userUuid, String groupUuid);

  /**
   * Stores a message if its key is free.
   *
   * @return empty when it is stored, else the message that stands there (which is this very one
   *     when an earlier try of the same write had got through)
   */
  Optional<Message> putMessage(Message message);

  /**
   * Stores a message if its key is free and no other write with the same message uuid went through
   * in the last minutes.
   *
   * @return as {@link #putMessage}; the twin when one went through under another key
   */
  Optional<Message> putMessageOnce(Message message);

  /**
   * Replaces what differs of a message's text and sender, where it stands, if it is still that one.
   *
   * @return whether it was
   */
  boolean rewriteMessage(Message from, Message to);

  /**
   * Moves a message to another key in one transaction, with every attribute that it has.
   *
   * @return {@code OVERTAKEN} when it is gone
   */
  RowWrite moveMessage(Message message, String createdAt);

  /**
   * Deletes a message if it is still that one.
   *
   * @return whether it was
   */
  boolean deleteMessage(Message message);

  /** Deletes whatever stands where these messages of one conversation stand. */
  void deleteMessages(List<Message> messages);

  /** Stores the first message and the rows of a new conversation, all or nothing. */
  RowWrite start(Message first, List<ConversationRow> rows);

  /** A new conversation: its first message and the rows. */
  record Start(Message first, List<ConversationRow> rows) {}

  /**
   * Starts several conversations, in few requests where the database can.
   *
   * @return those that were not started, each to be tried alone
   */
  default List<Start> startAll(List<Start> starts) {
    return starts;
  }

  /** Stores a row if its key is free. */
  RowWrite createRow(ConversationRow row);

  /** Moves a row to another key in one transaction: readers see it once, at either place. */
  RowWrite moveRow(ConversationRow from, ConversationRow to);

  /** A row, and as it is to stand under another key. */
  record Move(ConversationRow from, ConversationRow to) {}

  /**
   * Moves several rows, each as {@link #moveRow}, in few requests where the database can.
   *
   * @return those that were not moved, each to be tried alone
   */
  default List<Move> moveRows(List<Move> moves) {
    return moves;
  }

  /** Replaces the text of a row where it stands. */
  RowWrite rewriteRow(ConversationRow row, String text);

  /** Replaces what differs of the other participant's uuid and names, where the row stands. */
  RowWrite renameRow(ConversationRow row, User other);

  /** Deletes a row if it is as it was read. */
  RowWrite deleteRow(ConversationRow row);

  /**
   * Deletes a second row of one user and conversation; what others added to it and the one that
   * stays has not, goes over to that one.
   */
  RowWrite mergeRow(ConversationRow second, ConversationRow stays);

  /**
   * Begins several changes to one conversation, with what has to be done before and after them done
   * once.
   *
   * @param users whose rows will change, as far as the caller knows
   */
  default Change change(String groupUuid, Collection<String> users) {
    ConversationStore plain = this;
    return new Change() {
      @Override
      public ConversationStore store() {
        return plain;
      }

      @Override
      public void done() {}
    };
  }

  /** Changes under way. */
  interface Change {
    /** The store to make them with. */
    ConversationStore store();

    /** They have all been made; not to be called when one of them may still come to pass. */
    void done();
  }

  /** How a conditional write ended. */
  enum RowWrite {
    /** Written. */
    DONE,
    /** Not written: another conversation's row of the same user stands on the new key. */
    KEY_TAKEN,
    /** Not written: somebody else changed the conversation's row meanwhile. */
    OVERTAKEN,
    /** Not written: another transaction held the same items at this moment. */
    CONFLICT
  }
}
