package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.WorkerThreads;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

  private static final int THREADS = 8;

  private final ItemTable items;

  ConversationReads(ItemTable items) {
    this.items = items;
  }

  /**
   * Reads conversations; memory grows with their rows, not with their messages.
   *
   * @param owners the conversations, {@link #MOST} at most, each with the users who are known to
   *     have rows of it; further ones are found by the index, the senders and the rows themselves
   * @param eachMessage told each message as it is read, by one thread at a time
   */
  Map<String, ConversationFacts> read(
      Map<String, Set<String>> owners, Consumer<Message> eachMessage) {
    Map<String, ConversationFacts> read = new LinkedHashMap<>();
    owners.keySet().forEach(group -> read.put(group, new ConversationFacts(group)));
    ExecutorService threads = WorkerThreads.pool(THREADS, "check");
    try {
      Set<String> users = new LinkedHashSet<>();
      all(threads, read.values(), facts -> readMessages(facts, eachMessage)).forEach(users::addAll);
      all(threads, read.keySet(), this::indexedOwners).forEach(users::addAll);
      owners.values().forEach(users::addAll);
      Set<String> asked = new HashSet<>(Set.of(""));
      while (!users.isEmpty()) {
        List<String> now = users.stream().filter(asked::add).toList();
        users.clear();
        for (var rows : all(threads, now, user -> items.rows(user, read.keySet()).toList())) {
          for (Map<String, AttributeValue> item : rows) {
            ConversationRow row = Items.row(item);
            ConversationFacts facts = read.get(row.groupUuid());
            facts.add(row);
            facts.items().judge(item);
            users.add(row.other().uuid());
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return read;
  }

  /** Does something with each, several at once; what came of it in their order. */
  private static <T, R> List<R> all(
      ExecutorService threads, Collection<T> each, Function<T, R> task) {
    List<Future<R>> running =
        each.stream().map(one -> threads.submit(() -> task.apply(one))).toList();
    return running.stream().map(WorkerThreads::await).toList();
  }

  /** Returns the senders. */
  private Set<String> readMessages(ConversationFacts facts, Consumer<Message> eachMessage) {
    items
        .messages(
            new MessageQuery(facts.groupUuid(), ItemTable.WHOLE_PAGES, null, null, true, null)
                .consistently())
        .forEach(
            item -> {
              Message message = Items.message(item);
              facts.add(message);
              facts.items().judge(item);
              synchronized (eachMessage) {
                eachMessage.accept(message);
              }
            });
    return facts.senders();
  }

  /** Eventually consistent: it only helps to find the owners. */
  private List<String> indexedOwners(String group) {
    return items
        .indexedRows(group)
        .map(item -> Items.text(item, Keys.PK))
        .filter(Keys::isConversationRow)
        .map(Keys::uuid)
        .toList();
  }
}
