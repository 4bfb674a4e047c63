package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.PageTokens;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A store whose writes are planned: each is judged by what stands or is planned on its key, and
 * planned, or refused as the table's store would. Reads show the table with the plan carried out.
 */
final class DryRunStore implements ConversationStore {
  private static final Page<?> NOTHING = new Page<>(List.of(), null);
  private static final DryRunPage.Entry<Message> MESSAGE =
      new DryRunPage.Entry<>(Items::message, Message::createdAt, Message::instant);
  private static final DryRunPage.Entry<ConversationRow> ROW =
      new DryRunPage.Entry<>(Items::row, ConversationRow::lastMessageAt, ConversationRow::instant);

  private final String name;

  /** Null for a table that would be new. */
  private final ConversationStore table;

  private final DryRunItemTable items;
  private final DryRunItems planned;
  private final DryRunRows rows;

  DryRunStore(String name, ConversationStore table, DryRunItemTable items, DryRunItems planned) {
    this.name = name;
    this.table = table;
    this.items = items;
    this.planned = planned;
    this.rows = new DryRunRows(items);
  }

  @Override
  public Page<Message> messages(MessageQuery query) {
    return new DryRunPage<Message>(
            planned,
            PageTokens.of(name, query),
            query.limit(),
            key -> DryRunItemTable.isBetween(query, key))
        .read(
            query.token(),
            MESSAGE,
            token -> table == null ? nothing() : table.messages(query.from(token)));
  }

  @Override
  public Page<ConversationRow> conversations(ConversationQuery query) {
    return new DryRunPage<ConversationRow>(
            planned, PageTokens.of(name, query), query.limit(), key -> true)
        .read(
            query.token(),
            ROW,
            token -> table == null ? nothing() : table.conversations(query.from(token)));
  }

  @SuppressWarnings("unchecked")
  private static <T> Page<T> nothing() {
    return (Page<T>) NOTHING;
  }

  /** Cached pages are of the table as it stands. */
  @Override
  public boolean isPageOf(MessageQuery query, Page<Message> page) {
    return false;
  }

  @Override
  public boolean isPageOf(ConversationQuery query, Page<ConversationRow> page) {
    return false;
  }

  @Override
  public Optional<Message> newestMessage(String groupUuid) {
    return newestFirst(groupUuid, 1)
        .filter(message -> Timestamps.parse(message.createdAt()).isPresent())
        .findFirst();
  }

  @Override
  public Optional<Message> newestByMoment(String groupUuid) {
    return Message.newestByMoment(newestFirst(groupUuid, DynamoDbConversationStore.LATEST));
  }

  private Stream<Message> newestFirst(String groupUuid, int pageSize) {
    MessageQuery query = new MessageQuery(groupUuid, pageSize, null, null, false, null);
    return items.messages(query.consistently()).map(Items::message);
  }

  @Override
  public Optional<Message> message(String groupUuid, String createdAt) {
    return Optional.of(items.item(Keys.key(Keys.messages(groupUuid), createdAt)))
        .filter(item -> !item.isEmpty())
        .map(Items::message);
  }

  @Override
  public List<Message> findMessages(String groupUuid, String messageUuid) {
    return newestFirst(groupUuid, ItemTable.WHOLE_PAGES)
        .filter(message -> isSpelled(message.uuid(), messageUuid))
        .toList();
  }

  @Override
  public Optional<Message> recentMessage(String groupUuid, String messageUuid) {
    return newestFirst(groupUuid, RECENT)
        .limit(RECENT)
        .filter(message -> message.uuid().equalsIgnoreCase(messageUuid))
        .findFirst();
  }

  @Override
  public Optional<User> findSender(String groupUuid, String userUuid) {
    return newestFirst(groupUuid, ItemTable.WHOLE_PAGES)
        .map(Message::sender)
        .filter(sender -> isSpelled(sender.uuid(), userUuid))
        .findFirst();
  }

  /** As the filter of the table's own search: as asked for, in small letters or in capitals. */
  private static boolean isSpelled(String stored, String asked) {
    return List.of(asked, asked.toLowerCase(Locale.ROOT), asked.toUpperCase(Locale.ROOT))
        .contains(stored);
  }

  @Override
  public List<ConversationRow> indexedRows(String groupUuid) {
    return rows(items.indexedRows(groupUuid));
  }

  @Override
  public List<ConversationRow> rows(String userUuid, String groupUuid) {
    return rows(items.rows(userUuid, Set.of(groupUuid)));
  }

  private static List<ConversationRow> rows(Stream<Map<String, AttributeValue>> items) {
    return items
        .filter(item -> Keys.isConversationRow(Items.text(item, Keys.PK)))
        .map(Items::row)
        .toList();
  }

  @Override
  public synchronized Optional<Message> putMessage(Message message) {
    Map<String, AttributeValue> there = items.item(key(message));
    if (!there.isEmpty()) {
      return Optional.of(Items.message(there));
    }
    items.put(Items.item(message), there);
    return Optional.empty();
  }

  @Override
  public Optional<Message> putMessageOnce(Message message) {
    return putMessage(message);
  }

  @Override
  public synchronized boolean rewriteMessage(Message from, Message to) {
    Map<String, AttributeValue> there = items.item(key(from));
    if (!isStill(from, there)) {
      return false;
    }
    Map<String, AttributeValue> item = new HashMap<>(there);
    item.putAll(Items.changes(from, to));
    items.put(item, there);
    return true;
  }

  @Override
  public synchronized RowWrite moveMessage(Message message, String createdAt) {
    Map<String, AttributeValue> there = items.item(key(message));
    if (there.isEmpty()) {
      return RowWrite.OVERTAKEN;
    }
    Map<String, AttributeValue> to = items.item(Keys.key(Items.text(there, Keys.PK), createdAt));
    if (!to.isEmpty()) {
      return RowWrite.KEY_TAKEN;
    }
    Map<String, AttributeValue> moved = new HashMap<>(there);
    moved.put(Keys.SK, AttributeValue.fromS(createdAt));
    items.put(moved, to);
    items.delete(key(message), there);
    return RowWrite.DONE;
  }

  @Override
  public synchronized boolean deleteMessage(Message message) {
    Map<String, AttributeValue> there = items.item(key(message));
    boolean still = isStill(message, there);
    if (still) {
      items.delete(key(message), there);
    }
    return still;
  }

  private static boolean isStill(Message message, Map<String, AttributeValue> there) {
    return !there.isEmpty() && Items.text(there, "message_uuid").equals(message.uuid());
  }

  @Override
  public synchronized void deleteMessages(List<Message> messages) {
    try (ItemReads reads = items.reads()) {
      reads
          .standing(messages.stream().map(DryRunStore::key).toList())
          .forEach(there -> items.delete(there, there));
    }
  }

  @Override
  public synchronized RowWrite start(Message first, List<ConversationRow> both) {
    return rows.start(first, both);
  }

  @Override
  public synchronized RowWrite createRow(ConversationRow row) {
    return rows.create(row);
  }

  @Override
  public synchronized RowWrite moveRow(ConversationRow from, ConversationRow to) {
    return rows.move(from, to);
  }

  @Override
  public synchronized RowWrite rewriteRow(ConversationRow row, String text) {
    return rows.rewrite(row, text);
  }

  @Override
  public synchronized RowWrite renameRow(ConversationRow row, User other) {
    return rows.update(row, Items.changes(row.other(), other));
  }

  @Override
  public synchronized RowWrite deleteRow(ConversationRow row) {
    return rows.delete(row);
  }

  @Override
  public synchronized RowWrite mergeRow(ConversationRow second, ConversationRow stays) {
    return rows.merge(second, stays);
  }

  private static Map<String, AttributeValue> key(Message message) {
    return Keys.key(Keys.messages(message.groupUuid()), message.createdAt());
  }
}
