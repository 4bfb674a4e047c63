package com.cruddur.ddb.cache;

import com.cruddur.ddb.cache.PageCodec.Stored;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.Uuids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Compares what is cached of a conversation with the table. */
public final class CacheCheck {
  private final MomentoCache cache;
  private final PageItems items;
  private final PageKeys lists;
  private final ConversationStore table;

  /**
   * A check.
   *
   * @param table the store itself, not one that reads through the cache
   */
  public CacheCheck(MomentoCache cache, PageKeys lists, ConversationStore table) {
    this.cache = cache;
    this.items = cache.pages();
    this.lists = lists;
    this.table = table;
  }

  /** How a cached page stands to the table. */
  public enum State {
    /** It shows what the table has. */
    SAME,
    /** It shows something else: the table was changed by a program that does not drop pages. */
    DIFFERS,
    /** A leftover of before a write, which is never served. */
    UNUSED
  }

  /**
   * A page that is cached.
   *
   * @param userUuid whose list of conversations it is of; null for the conversation's messages
   * @param field the page's query
   * @param entries messages or rows on it
   * @param ttl how long it may still be served; zero when it is not
   */
  public record CachedPage(String userUuid, String field, int entries, Duration ttl, State state) {}

  /**
   * Every cached page of a conversation's messages and of its participants' lists.
   *
   * @throws NotFoundException when the conversation is neither cached nor in the table
   */
  public List<CachedPage> conversation(String groupUuid) {
    Uuids.require("the conversation", groupUuid);
    List<CachedPage> found =
        new ArrayList<>(
            compare(
                null,
                lists.messages(groupUuid),
                PageCodec.messages(groupUuid),
                field -> PageShape.messages(groupUuid, field).map(table::messages)));
    List<String> users =
        table.indexedRows(groupUuid).stream()
            .flatMap(row -> Stream.of(row.ownerUuid(), row.other().uuid()))
            .filter(Uuids::isUuid)
            .distinct()
            .toList();
    if (users.isEmpty() && found.isEmpty() && table.newestMessage(groupUuid).isEmpty()) {
      throw new NotFoundException(
          "conversation " + groupUuid + " does not exist",
          "See 'ddb list-conversations USER' for a user's conversations.");
    }
    for (String user : users) {
      found.addAll(
          compare(
              user,
              lists.conversations(user),
              PageCodec.conversations(user),
              field -> PageShape.conversations(user, field).map(table::conversations)));
    }
    return found;
  }

  /**
   * A page as it is stored.
   *
   * @param field the page's query
   * @param value what is stored, as JSON
   * @param ttl how long the list's pages may still be served
   */
  public record StoredPage(String field, String value, Duration ttl) {}

  /** What is cached of a conversation's messages; the table is not asked. */
  public List<StoredPage> storedOfConversation(String groupUuid) {
    return stored(lists.messages(groupUuid));
  }

  /** What is cached of a user's list of conversations; the table is not asked. */
  public List<StoredPage> storedOfUser(String userUuid) {
    return stored(lists.conversations(userUuid));
  }

  private List<StoredPage> stored(String list) {
    Duration left = ttl(list);
    List<StoredPage> pages = new ArrayList<>();
    items
        .pages(list)
        .forEach(
            (field, bytes) ->
                pages.add(new StoredPage(field, new String(bytes, StandardCharsets.UTF_8), left)));
    return pages;
  }

  /**
   * The cached pages of one list.
   *
   * @param read the table's page of a field; empty when the field is none of ours
   */
  private <T> List<CachedPage> compare(
      String user, String list, PageCodec<T> codec, Function<String, Optional<Page<T>>> read) {
    Optional<String> lease = items.currentLease(list);
    List<CachedPage> found = new ArrayList<>();
    items
        .pages(list)
        .forEach(
            (field, bytes) -> {
              Optional<Stored<T>> stored = codec.decode(bytes);
              State state =
                  stored.map(Stored::lease).equals(lease)
                      ? stored
                          .flatMap(page -> compare(list, page, codec, read.apply(field)))
                          .orElse(State.UNUSED)
                      : State.UNUSED;
              int entries = stored.map(page -> page.page().items().size()).orElse(0);
              Duration ttl = state == State.UNUSED ? Duration.ZERO : ttl(list);
              found.add(new CachedPage(user, field, entries, ttl, state));
            });
    return found;
  }

  /** Empty when the page ceased to be served meanwhile. */
  private <T> Optional<State> compare(
      String list, Stored<T> stored, PageCodec<T> codec, Optional<Page<T>> fresh) {
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    // As they are written: extra attributes of rows are not cached.
    byte[] cached = codec.encode("", stored.page());
    if (Arrays.equals(cached, codec.encode("", fresh.get()))) {
      return Optional.of(State.SAME);
    }
    // The table was read after the page: only a page that is served still is a stale one.
    return items.currentLease(list).filter(stored.lease()::equals).map(lease -> State.DIFFERS);
  }

  /** A page is served until its dictionary or its lease expires. */
  private Duration ttl(String list) {
    return Stream.of(list, PageItems.leaseName(list))
        .map(key -> cache.ttl(cache.settings().cacheName(), key).orThrow().orElse(Duration.ZERO))
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
