package com.cruddur.ddb.cache;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fresh table with one conversation, a fresh cache in front of it, and what was told. */
final class CachedTable implements AutoCloseable {
  static final User A = new User(Uuids.derived("a"), "User a", "user-a");
  static final User B = new User(Uuids.derived("b"), "User b", "user-b");

  final MessageTable table = MessageTable.withoutStream();
  final String group = UUID.randomUUID().toString();
  final CacheSettings settings;
  final MomentoCache cache;
  final List<String> warnings = new CopyOnWriteArrayList<>();
  final List<String> details = new CopyOnWriteArrayList<>();
  final PageKeys lists = new PageKeys("test/" + table.name());

  CachedTable() {
    this(Duration.ofMinutes(10));
  }

  CachedTable(Duration ttl) {
    settings =
        new CacheSettings(
            TestStack.cachePort(), null, null, "cache-" + UUID.randomUUID(), ttl, false);
    // With a command's time limit: a busy machine may take longer than the 1.2 s that pages have.
    cache = MomentoCache.open(settings);
    cache.create(settings.cacheName());
    Message first =
        new Message(
            group, Timestamps.format(Instant.parse("2026-01-01T12:00:00Z")), uuid(), "first", A);
    table.put(first);
    table.put(ConversationRow.of(A.uuid(), B, first));
    table.put(ConversationRow.of(B.uuid(), A, first));
  }

  static String uuid() {
    return UUID.randomUUID().toString();
  }

  /** A reader of its own, as another process is. */
  CachedConversationStore reader() {
    return over(table.store(), true);
  }

  CachedConversationStore reader(ConversationStore store) {
    return over(store, true);
  }

  CachedConversationStore writer() {
    return over(table.store(), false);
  }

  CachedConversationStore over(ConversationStore store, boolean readThrough) {
    return new CachedConversationStore(
        store, new PageCache(() -> cache, log()), lists, readThrough);
  }

  PageCache.Log log() {
    return new PageCache.Log() {
      @Override
      public void warn(String line) {
        warnings.add(line);
      }

      @Override
      public void detail(String line) {
        details.add(line);
      }
    };
  }

  Chat chat(ConversationStore store) {
    return new Chat(
        store,
        reference -> Optional.empty(),
        new Reconciler(store, Backoff.jittered()),
        Clock.systemUTC(),
        CachedTable::uuid);
  }

  /** The newest messages. */
  MessageQuery query() {
    return new MessageQuery(group, 5, null, null, false, null);
  }

  static List<String> texts(Page<Message> page) {
    return page.items().stream().map(Message::text).toList();
  }

  List<String> hits() {
    return details.stream().filter(line -> line.startsWith("cache hit")).toList();
  }

  @Override
  public void close() {
    cache.delete(settings.cacheName());
    cache.close();
  }
}
