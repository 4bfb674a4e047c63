package com.cruddur.ddb.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import momento.sdk.CacheClient;
import momento.sdk.requests.CollectionTtl;
import momento.sdk.responses.cache.GetBatchResponse;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import momento.sdk.responses.cache.dictionary.DictionaryFetchResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldResponse;

/**
 * The items behind cached pages: for each list a dictionary of pages and the lease they are served
 * under. Calls that need not wait for each other are sent at once.
 */
final class PageItems {
  /** So many lists are dropped without a look at them. */
  private static final int FEW = 4;

  private static final int BATCH = 100;

  private final CacheClient client;
  private final MomentoResponses replies;
  private final CacheSettings settings;
  private final String cache;
  private final Duration ttl;

  PageItems(CacheClient client, MomentoResponses replies, CacheSettings settings) {
    this.client = client;
    this.replies = replies;
    this.settings = settings;
    this.cache = settings.cacheName();
    this.ttl = settings.ttl();
  }

  /** What is there of one page: the list's lease and the page, which may be of an older lease. */
  record Found(Optional<String> lease, Optional<byte[]> page) {}

  Found find(String list, String field) {
    CompletableFuture<GetResponse> lease = client.get(cache, lease(list));
    CompletableFuture<DictionaryGetFieldResponse> page =
        client.dictionaryGetField(cache, list, field);
    return new Found(
        leaseOf(replies.await(lease, cache)),
        replies.await(page, cache) instanceof DictionaryGetFieldResponse.Hit hit
            ? Optional.of(hit.valueByteArray())
            : Optional.empty());
  }

  Optional<String> lease(String list, String fresh) {
    boolean stored =
        replies.await(writing().setIfNotExists(cache, leaseName(list), fresh, ttl), cache)
            instanceof SetIfNotExistsResponse.Stored;
    return stored ? Optional.of(fresh) : currentLease(list);
  }

  Optional<String> currentLease(String list) {
    return leaseOf(replies.awaitRepeatable(() -> client.get(cache, lease(list)), cache));
  }

  /** All pages of a list, of whatever lease. */
  Map<String, byte[]> pages(String list) {
    return replies.awaitRepeatable(() -> client.dictionaryFetch(cache, list), cache)
            instanceof DictionaryFetchResponse.Hit hit
        ? hit.valueMapStringByteArray()
        : Map.of();
  }

  /** The dictionary lives from its first page on, so that no page is older than the TTL. */
  void store(String list, String field, byte[] page) {
    CollectionTtl fromFirst = CollectionTtl.of(ttl).withNoRefreshTtlOnUpdates();
    replies.await(writing().dictionarySetField(cache, list, field, page, fromFirst), cache);
  }

  /**
   * Puts a text in the place of the lists' leases; of many lists, of those that have one: the lease
   * that a reader takes after this has looked is ended by the drop.
   */
  void replaceLeases(Collection<String> lists, String text, Duration lifetime) {
    all(
        fewOrLeased(lists),
        list -> writing().set(cache, lease(list), text.getBytes(UTF_8), lifetime));
  }

  /**
   * Ends the lists' leases, and with them every page. Of many lists few have one: a reader who
   * takes one after this has looked reads the table after it too, so there is nothing to end.
   */
  void drop(Collection<String> lists) {
    List<byte[]> keys =
        fewOrLeased(lists).stream()
            .flatMap(list -> List.of(lease(list), list.getBytes(UTF_8)).stream())
            .toList();
    all(keys, key -> writing().delete(cache, key));
  }

  private Collection<String> fewOrLeased(Collection<String> lists) {
    return lists.size() > FEW ? leased(List.copyOf(lists)) : lists;
  }

  /** Those of the lists that have a lease; all where the key may not read. */
  private List<String> leased(List<String> lists) {
    List<String> leased = new ArrayList<>();
    try {
      for (int from = 0; from < lists.size(); from += BATCH) {
        List<String> some = lists.subList(from, Math.min(from + BATCH, lists.size()));
        GetBatchResponse answer =
            replies.await(
                client.getBatch(cache, some.stream().map(PageItems::leaseName).toList()), cache);
        Map<String, GetResponse> found = ((GetBatchResponse.Success) answer).results();
        some.stream()
            .filter(list -> !(found.get(leaseName(list)) instanceof GetResponse.Miss))
            .forEach(leased::add);
      }
    } catch (CacheException e) {
      if (e.kind() != CacheException.Kind.NOT_ALLOWED) {
        throw e;
      }
      return lists;
    }
    return leased;
  }

  private CacheClient writing() {
    settings.requireWritable();
    return client;
  }

  private <K, R> void all(Collection<K> keys, Function<K, CompletableFuture<R>> call) {
    List<CompletableFuture<R>> calls = keys.stream().map(call).toList();
    calls.forEach(sent -> replies.await(sent, cache));
  }

  private static Optional<String> leaseOf(GetResponse answer) {
    return answer instanceof GetResponse.Hit hit
        ? Optional.of(hit.valueString())
        : Optional.empty();
  }

  static String leaseName(String list) {
    return list + "/lease";
  }

  private static byte[] lease(String list) {
    return leaseName(list).getBytes(UTF_8);
  }
}
