package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads conversations for sure: every message and every row, strongly consistent. It takes several
 * at once, so that the list of a user who has rows in many of them is read once for all.
 *
 * <p>While others write, the order decides what is told: first all messages, then the rows. A row
 * is moved after its message is stored, so each row that is read later had more time to follow the
 * messages that were seen; one that is behind them is behind. A message that comes between the two
 * readings at worst makes its rows look ahead, which is legal and only a note. The other way round
 * every such message would make sound rows look stale, and rows of a conversation that began
 * meanwhile would be missing. Hence also the bound on how many are read at once: it bounds the time
 * between the two.
 */
final class ConversationReads {
  /** DynamoDB's own bound on the operands of IN. */
  static final int MOST = 100;

  /** DynamoDB's own bound on a partition key; strangers may have written longer names. */
  private static final int MOST_KEY_BYTES = 2048;

  private final DynamoDbClient client;
  private final String table;

  ConversationReads(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Reads conversations; memory grows with their rows, not with their messages.
   *
   * @param owners the conversations, {@link #MOST} at most, each with the users who are known to
   *     have rows of it; further ones are found by the index, the senders and the rows themselves
   * @param eachMessage told each message as it is read
   */
  Map<String, ConversationFacts> read(
      Map<String, Set<String>> owners, Consumer<Message> eachMessage) {
    Map<String, ConversationFacts> read = new LinkedHashMap<>();
    Deque<String> users = new ArrayDeque<>();
    owners.forEach(
        (group, known) -> {
          ConversationFacts facts = new ConversationFacts(group);
          read.put(group, facts);
          readMessages(facts, eachMessage);
          users.addAll(known);
          users.addAll(facts.senders());
        });
    for (String group : owners.keySet()) {
      // Eventually consistent: it only helps to find the owners.
      pages(group, Requests.indexedRows(table, group))
          .map(item -> Items.text(item, Keys.PK))
          .filter(Keys::isConversationRow)
          .forEach(pk -> users.add(Keys.uuid(pk)));
    }
    Set<String> asked = new HashSet<>();
    while (!users.isEmpty()) {
      String user = users.remove();
      if (!user.isEmpty() && asked.add(user)) {
        rows(user, read.keySet())
            .map(Items::row)
            .forEach(
                row -> {
                  read.get(row.groupUuid()).add(row);
                  users.add(row.other().uuid());
                });
      }
    }
    return read;
  }

  private void readMessages(ConversationFacts facts, Consumer<Message> eachMessage) {
    String pk = Keys.messages(facts.groupUuid());
    pages(pk, Requests.partition(table, pk).consistentRead(true).build())
        .map(Items::message)
        .forEach(
            message -> {
              facts.add(message);
              eachMessage.accept(message);
            });
  }

  /** A user's rows of some conversations. */
  private Stream<Map<String, AttributeValue>> rows(String user, Set<String> groups) {
    String pk = Keys.conversations(user);
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", AttributeValue.fromS(pk)));
    StringJoiner names = new StringJoiner(", ", Keys.GROUP + " IN (", ")");
    for (String group : groups) {
      String name = ":g" + values.size();
      values.put(name, AttributeValue.fromS(group));
      names.add(name);
    }
    return pages(
        pk,
        Requests.partition(table, pk)
            .filterExpression(names.toString())
            .expressionAttributeValues(values)
            .consistentRead(true)
            .build());
  }

  /** Every item, page by page as the stream is drawn; nothing can stand under a key too long. */
  private Stream<Map<String, AttributeValue>> pages(String key, QueryRequest request) {
    if (key.getBytes(StandardCharsets.UTF_8).length > MOST_KEY_BYTES) {
      return Stream.empty();
    }
    return client.queryPaginator(request).stream().flatMap(page -> page.items().stream());
  }
}
