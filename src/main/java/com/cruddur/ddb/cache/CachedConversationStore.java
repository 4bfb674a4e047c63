package com.cruddur.ddb.cache;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.User;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A conversation store whose writes drop the cached pages that they make stale, and whose pages
 * come from the cache when that is asked for. All other reads go to the table: rules that keep rows
 * true never look at a cache.
 */
public final class CachedConversationStore implements ConversationStore, PageInvalidation {
  private final ConversationStore table;
  private final PageCache pages;
  private final PageKeys lists;
  private final boolean readThrough;
  private final Set<String> closed;

  /**
   * A store over another.
   *
   * @param lists names the table's lists
   * @param readThrough whether pages may come from the cache; then those of the table are read
   *     strongly consistent
   */
  public CachedConversationStore(
      ConversationStore table, PageCache pages, PageKeys lists, boolean readThrough) {
    this(table, pages, lists, readThrough, Set.of());
  }

  private CachedConversationStore(
      ConversationStore table,
      PageCache pages,
      PageKeys lists,
      boolean readThrough,
      Set<String> closed) {
    this.table = table;
    this.pages = pages;
    this.lists = lists;
    this.readThrough = readThrough;
    this.closed = closed;
  }

  /** The lists are closed before the first change and dropped after the last one. */
  @Override
  public Change change(String groupUuid, Collection<String> users) {
    Set<String> stale =
        Stream.concat(
                Stream.of(lists.messages(groupUuid)), users.stream().map(lists::conversations))
            .collect(Collectors.toUnmodifiableSet());
    ConversationStore within = new CachedConversationStore(table, pages, lists, readThrough, stale);
    pages.close(stale);
    return new Change() {
      @Override
      public ConversationStore store() {
        return within;
      }

      @Override
      public void done() {
        pages.drop(stale);
      }
    };
  }

  /** Runs a write that makes lists stale; those that a change has closed are its own to drop. */
  private <R> R write(List<String> stale, Supplier<R> write) {
    List<String> open = stale.stream().filter(list -> !closed.contains(list)).toList();
    return open.isEmpty() ? write.get() : pages.write(open, write);
  }

  /**
   * Runs one of a bulk job's writes: lists are dropped within a second of it, be it done or not.
   */
  private <R> R writeMany(List<String> stale, Supplier<R> write) {
    try {
      return write.get();
    } finally {
      pages.dropSoon(stale);
    }
  }

  @Override
  public Page<Message> messages(MessageQuery query) {
    return readThrough
        ? pages.read(
            lists.messages(query.groupUuid()),
            PageShape.of(query),
            PageCodec.messages(query.groupUuid()),
            page -> table.isPageOf(query, page),
            () -> table.messages(query.consistently()))
        : table.messages(query);
  }

  /** Rows from the cache have no extra attributes. */
  @Override
  public Page<ConversationRow> conversations(ConversationQuery query) {
    return readThrough
        ? pages.read(
            lists.conversations(query.userUuid()),
            PageShape.of(query),
            PageCodec.conversations(query.userUuid()),
            page -> table.isPageOf(query, page),
            () -> table.conversations(query.consistently()))
        : table.conversations(query);
  }

  @Override
  public boolean isPageOf(MessageQuery query, Page<Message> page) {
    return table.isPageOf(query, page);
  }

  @Override
  public boolean isPageOf(ConversationQuery query, Page<ConversationRow> page) {
    return table.isPageOf(query, page);
  }

  @Override
  public void dropConversation(String groupUuid) {
    pages.drop(List.of(lists.messages(groupUuid)));
  }

  @Override
  public void dropUser(String userUuid) {
    pages.drop(List.of(lists.conversations(userUuid)));
  }

  @Override
  public PageInvalidation gathered() {
    return new PageInvalidation() {
      @Override
      public void dropConversation(String groupUuid) {
        pages.dropSoon(List.of(lists.messages(groupUuid)));
      }

      @Override
      public void dropUser(String userUuid) {
        pages.dropSoon(List.of(lists.conversations(userUuid)));
      }
    };
  }

  @Override
  public Optional<Message> putMessage(Message message) {
    return write(messagesOf(message), () -> table.putMessage(message));
  }

  @Override
  public Optional<Message> putMessageOnce(Message message) {
    return write(messagesOf(message), () -> table.putMessageOnce(message));
  }

  @Override
  public boolean rewriteMessage(Message from, Message to) {
    return write(messagesOf(from), () -> table.rewriteMessage(from, to));
  }

  @Override
  public RowWrite moveMessage(Message message, String createdAt) {
    return write(messagesOf(message), () -> table.moveMessage(message, createdAt));
  }

  @Override
  public boolean deleteMessage(Message message) {
    return write(messagesOf(message), () -> table.deleteMessage(message));
  }

  @Override
  public void deleteMessages(List<Message> messages) {
    if (!messages.isEmpty()) {
      write(
          messagesOf(messages.get(0)),
          () -> {
            table.deleteMessages(messages);
            return null;
          });
    }
  }

  @Override
  public RowWrite start(Message first, List<ConversationRow> rows) {
    return write(stale(first, rows).toList(), () -> table.start(first, rows));
  }

  @Override
  public List<Start> startAll(List<Start> starts) {
    return writeMany(
        starts.stream().flatMap(start -> stale(start.first(), start.rows())).toList(),
        () -> table.startAll(starts));
  }

  private Stream<String> stale(Message first, List<ConversationRow> rows) {
    return Stream.concat(messagesOf(first).stream(), rows.stream().map(this::listOf));
  }

  @Override
  public RowWrite createRow(ConversationRow row) {
    return write(List.of(listOf(row)), () -> table.createRow(row));
  }

  @Override
  public RowWrite moveRow(ConversationRow from, ConversationRow to) {
    return write(List.of(listOf(from)), () -> table.moveRow(from, to));
  }

  @Override
  public List<Move> moveRows(List<Move> moves) {
    return writeMany(
        moves.stream().map(move -> listOf(move.from())).toList(), () -> table.moveRows(moves));
  }

  @Override
  public RowWrite rewriteRow(ConversationRow row, String text) {
    return write(List.of(listOf(row)), () -> table.rewriteRow(row, text));
  }

  @Override
  public RowWrite renameRow(ConversationRow row, User other) {
    return write(List.of(listOf(row)), () -> table.renameRow(row, other));
  }

  @Override
  public RowWrite deleteRow(ConversationRow row) {
    return write(List.of(listOf(row)), () -> table.deleteRow(row));
  }

  @Override
  public RowWrite mergeRow(ConversationRow second, ConversationRow stays) {
    return write(List.of(listOf(stays)), () -> table.mergeRow(second, stays));
  }

  private List<String> messagesOf(Message message) {
    return List.of(lists.messages(message.groupUuid()));
  }

  private String listOf(ConversationRow row) {
    return lists.conversations(row.ownerUuid());
  }

  @Override
  public Optional<Message> newestMessage(String groupUuid) {
    return table.newestMessage(groupUuid);
  }

  @Override
  public Optional<Message> newestByMoment(String groupUuid) {
    return table.newestByMoment(groupUuid);
  }

  @Override
  public Optional<Message> message(String groupUuid, String createdAt) {
    return table.message(groupUuid, createdAt);
  }

  @Override
  public List<Message> findMessages(String groupUuid, String messageUuid) {
    return table.findMessages(groupUuid, messageUuid);
  }

  @Override
  public Optional<Message> recentMessage(String groupUuid, String messageUuid) {
    return table.recentMessage(groupUuid, messageUuid);
  }

  @Override
  public Optional<User> findSender(String groupUuid, String userUuid) {
    return table.findSender(groupUuid, userUuid);
  }

  @Override
  public List<ConversationRow> indexedRows(String groupUuid) {
    return table.indexedRows(groupUuid);
  }

  @Override
  public List<ConversationRow> rows(String userUuid, String groupUuid) {
    return table.rows(userUuid, groupUuid);
  }
}
