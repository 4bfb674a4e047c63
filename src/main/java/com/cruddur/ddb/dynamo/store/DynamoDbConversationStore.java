package com.cruddur.ddb.dynamo.store;

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
import com.cruddur.ddb.dynamo.Requests;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Conversations in one DynamoDB table. Thread-safe; the client is the caller's to close. */
public final class DynamoDbConversationStore implements ConversationStore {
  /** Items of one answer when the last days of a conversation are read. */
  public static final int LATEST = 100;

  private final DynamoDbClient client;
  private final String table;
  private final MessageWrites messageWrites;
  private final RowWrites rowWrites;

  public DynamoDbConversationStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
    this.messageWrites = new MessageWrites(client, table);
    this.rowWrites = new RowWrites(client, table);
  }

  @Override
  public Page<Message> messages(MessageQuery query) {
    Page<Map<String, AttributeValue>> page =
        page(Requests.messages(table, query), PageTokens.of(table, query), query.limit());
    // Keys in another form or offset may sort otherwise than their moments do.
    Comparator<Message> time =
        Comparator.comparing(Message::instant).thenComparing(Message::createdAt);
    return new Page<>(
        page.items().stream()
            .map(Items::message)
            .sorted(query.oldestFirst() ? time : time.reversed())
            .toList(),
        page.nextToken());
  }

  @Override
  public Page<ConversationRow> conversations(ConversationQuery query) {
    Page<Map<String, AttributeValue>> page =
        page(Requests.conversations(table, query), PageTokens.of(table, query), query.limit());
    Comparator<ConversationRow> time =
        Comparator.comparing(ConversationRow::instant)
            .thenComparing(ConversationRow::lastMessageAt);
    return new Page<>(
        page.items().stream().map(Items::row).sorted(time.reversed()).toList(), page.nextToken());
  }

  /** The items that were asked for; a token only if there is one after them, or may be. */
  private Page<Map<String, AttributeValue>> page(
      QueryRequest request, PageTokens tokens, int limit) {
    QueryResponse page = client.query(request);
    List<Map<String, AttributeValue>> items = page.items();
    Map<String, AttributeValue> last = page.lastEvaluatedKey();
    if (items.size() > limit) {
      items = items.subList(0, limit);
      last = items.get(limit - 1);
    }
    boolean end = last == null || last.isEmpty();
    return new Page<>(items, end ? null : tokens.after(Items.text(last, Keys.SK)));
  }

  @Override
  public boolean isPageOf(MessageQuery query, Page<Message> page) {
    List<String> keys = page.items().stream().map(Message::createdAt).toList();
    return keys.size() <= query.limit()
        && PageTokens.of(table, query).fits(query.token(), keys, page.nextToken());
  }

  @Override
  public boolean isPageOf(ConversationQuery query, Page<ConversationRow> page) {
    List<String> keys = page.items().stream().map(ConversationRow::lastMessageAt).toList();
    return keys.size() <= query.limit()
        && PageTokens.of(table, query).fits(query.token(), keys, page.nextToken());
  }

  @Override
  public Optional<Message> newestMessage(String groupUuid) {
    return messages(latest(groupUuid, 1))
        .filter(message -> Timestamps.parse(message.createdAt()).isPresent())
        .findFirst();
  }

  @Override
  public Optional<Message> newestByMoment(String groupUuid) {
    return Message.newestByMoment(messages(latest(groupUuid, LATEST)));
  }

  private QueryRequest latest(String groupUuid, int limit) {
    return Requests.partition(table, Keys.messages(groupUuid))
        .scanIndexForward(false)
        .consistentRead(true)
        .limit(limit)
        .build();
  }

  @Override
  public Optional<Message> message(String groupUuid, String createdAt) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                request ->
                    request
                        .tableName(table)
                        .key(Keys.key(Keys.messages(groupUuid), createdAt))
                        .consistentRead(true))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(Items.message(item));
  }

  @Override
  public List<Message> findMessages(String groupUuid, String messageUuid) {
    return find(groupUuid, "message_uuid", messageUuid).toList();
  }

  @Override
  public Optional<Message> recentMessage(String groupUuid, String messageUuid) {
    return client.query(latest(groupUuid, RECENT)).items().stream()
        .map(Items::message)
        .filter(message -> message.uuid().equalsIgnoreCase(messageUuid))
        .findFirst();
  }

  @Override
  public Optional<User> findSender(String groupUuid, String userUuid) {
    return find(groupUuid, "user_uuid", userUuid).findFirst().map(Message::sender);
  }

  private Stream<Message> find(String groupUuid, String attribute, String value) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("pk = :pk")
            .filterExpression(attribute + " IN (:value, :small, :capitals)")
            .expressionAttributeValues(
                Map.of(
                    ":pk", AttributeValue.fromS(Keys.messages(groupUuid)),
                    ":value", AttributeValue.fromS(value),
                    ":small", AttributeValue.fromS(value.toLowerCase(Locale.ROOT)),
                    ":capitals", AttributeValue.fromS(value.toUpperCase(Locale.ROOT))))
            .scanIndexForward(false)
            .consistentRead(true)
            .build();
    return messages(request);
  }

  /** Every page, read as the stream is drawn. */
  private Stream<Message> messages(QueryRequest request) {
    return client.queryPaginator(request).stream()
        .flatMap(page -> page.items().stream())
        .map(Items::message);
  }

  @Override
  public List<ConversationRow> indexedRows(String groupUuid) {
    return rows(Requests.indexedRows(table, groupUuid));
  }

  @Override
  public List<ConversationRow> rows(String userUuid, String groupUuid) {
    if (!Keys.fits(Keys.conversations(userUuid))) {
      return List.of();
    }
    return rows(
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("pk = :pk")
            .filterExpression("message_group_uuid = :group")
            .expressionAttributeValues(
                Map.of(
                    ":pk", AttributeValue.fromS(Keys.conversations(userUuid)),
                    ":group", AttributeValue.fromS(groupUuid)))
            .consistentRead(true)
            .build());
  }

  private List<ConversationRow> rows(QueryRequest request) {
    return client.queryPaginator(request).items().stream()
        .filter(item -> Keys.isConversationRow(Items.text(item, Keys.PK)))
        .map(Items::row)
        .toList();
  }

  @Override
  public Optional<Message> putMessage(Message message) {
    return messageWrites.put(message);
  }

  @Override
  public Optional<Message> putMessageOnce(Message message) {
    return messageWrites.putOnce(
        rowWrites.put(Items.item(message)),
        message,
        () -> recentMessage(message.groupUuid(), message.uuid()));
  }

  @Override
  public boolean rewriteMessage(Message from, Message to) {
    return messageWrites.rewrite(from, to);
  }

  @Override
  public RowWrite moveMessage(Message message, String createdAt) {
    return messageWrites.move(message, createdAt, rowWrites);
  }

  @Override
  public boolean deleteMessage(Message message) {
    return messageWrites.delete(message);
  }

  @Override
  public void deleteMessages(List<Message> messages) {
    messageWrites.deleteAll(messages);
  }

  @Override
  public RowWrite start(Message first, List<ConversationRow> rows) {
    return rowWrites.start(new Start(first, rows));
  }

  @Override
  public List<Start> startAll(List<Start> starts) {
    return rowWrites.startAll(starts);
  }

  @Override
  public RowWrite createRow(ConversationRow row) {
    return rowWrites.create(row);
  }

  @Override
  public RowWrite moveRow(ConversationRow from, ConversationRow to) {
    return rowWrites.move(from, to);
  }

  @Override
  public List<Move> moveRows(List<Move> moves) {
    return rowWrites.moveAll(moves);
  }

  @Override
  public RowWrite rewriteRow(ConversationRow row, String text) {
    return rowWrites.rewrite(row, text);
  }

  @Override
  public RowWrite renameRow(ConversationRow row, User other) {
    return rowWrites.rename(row, other);
  }

  @Override
  public RowWrite deleteRow(ConversationRow row) {
    return rowWrites.delete(row);
  }

  @Override
  public RowWrite mergeRow(ConversationRow second, ConversationRow stays) {
    return rowWrites.merge(second, stays);
  }
}
