package com.cruddur.ddb.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.cache.MomentoClients.TimeLimit;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import momento.sdk.CacheClient;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.exceptions.SdkException;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.control.CacheInfo;
import momento.sdk.responses.cache.control.CacheListResponse;
import momento.sdk.responses.cache.ttl.ItemGetTtlResponse;
import momento.sdk.responses.cache.ttl.UpdateTtlResponse;

/**
 * The caches of a Momento service and the items in them. Every call waits for its answer, for a
 * bounded time, and throws {@link CacheException} when there is none. Keys are text, values bytes.
 * Thread-safe. Close it: an open client keeps the process alive.
 */
public final class MomentoCache implements CacheWrites, AutoCloseable {
  private final CacheSettings settings;
  private final CacheClient client;
  private final MomentoResponses replies;

  private MomentoCache(CacheSettings settings, TimeLimit timeLimit) {
    this.settings = settings;
    this.replies = new MomentoResponses(new CacheErrors(settings), timeLimit);
    this.client = replies.of(() -> MomentoClients.cacheClient(settings));
  }

  /**
   * A client that waits as long as a person would who asked for the cache.
   *
   * @throws CacheException when there is no usable key; nothing is sent yet
   */
  public static MomentoCache open(CacheSettings settings) {
    return new MomentoCache(settings, TimeLimit.COMMAND);
  }

  /**
   * A client for reads and writes that the cache only helps: it waits 1.2 s and tries once. Reading
   * through a cache writes to it.
   */
  public static MomentoCache openForPages(CacheSettings settings) {
    return new MomentoCache(settings, TimeLimit.BYSTANDER);
  }

  public CacheSettings settings() {
    return settings;
  }

  @Override
  public boolean create(String name) {
    Object answer = replies.answer(writing().createCache(CacheNames.require(name)));
    if (answer instanceof SdkException e
        && e.getErrorCode() == MomentoErrorCode.ALREADY_EXISTS_ERROR) {
      return false;
    }
    replies.check(answer, name);
    return true;
  }

  /** The names of all caches, in order. */
  public List<String> names() {
    Object answer = replies.await(client.listCaches(), null);
    return ((CacheListResponse.Success) answer)
        .getCaches().stream().map(CacheInfo::name).sorted(Comparator.naturalOrder()).toList();
  }

  @Override
  public void delete(String name) {
    replies.await(writing().deleteCache(CacheNames.require(name)), name);
  }

  @Override
  public void flush(String name) {
    replies.await(writing().flushCache(CacheNames.require(name)), name);
  }

  public CacheResult<byte[]> get(String cache, String key) {
    return replies.lookup(
        () -> client.get(cache, bytes(key)),
        cache,
        GetResponse.Hit.class,
        GetResponse.Hit::valueByteArray);
  }

  @Override
  public void set(String cache, String key, byte[] value, Duration ttl) {
    replies.awaitRepeatable(() -> writing().set(cache, bytes(key), value, ttl), cache);
  }

  @Override
  public void evict(String cache, String key) {
    replies.awaitRepeatable(() -> writing().delete(cache, bytes(key)), cache);
  }

  @Override
  public long increment(String cache, String key, long by, Duration ttl) {
    Object answer = replies.await(writing().increment(cache, bytes(key), by, ttl), cache);
    int low = ((IncrementResponse.Success) answer).valueNumber();
    // The SDK cuts the sum to 32 bits. The item itself has all of them, and whatever others added
    // meanwhile is the small difference of the low halves.
    return get(cache, key)
        .orThrow()
        .map(text -> Long.parseLong(new String(text, UTF_8)))
        .map(now -> now - ((int) now.longValue() - low))
        .orElse((long) low);
  }

  /** How long an item still lives. */
  public CacheResult<Duration> ttl(String cache, String key) {
    return replies.lookup(
        () -> client.itemGetTtl(cache, bytes(key)),
        cache,
        ItemGetTtlResponse.Hit.class,
        ItemGetTtlResponse.Hit::remainingTtl);
  }

  @Override
  public boolean setTtl(String cache, String key, Duration ttl) {
    return replies.await(writing().updateTtl(cache, bytes(key), ttl), cache)
        instanceof UpdateTtlResponse.Set;
  }

  /**
   * A new access token for one cache.
   *
   * @param validFor 1 s to 1 h
   */
  public CacheToken token(TokenScope scope, Duration validFor) {
    CacheNames.require(scope.cache());
    CacheTokens tokens = new CacheTokens(settings);
    return replies.await(
        CompletableFuture.supplyAsync(() -> tokens.issue(scope, validFor)), scope.cache());
  }

  /** What cached pages need. */
  PageItems pages() {
    return new PageItems(client, replies, settings);
  }

  /** The client for calls that change something. */
  private CacheClient writing() {
    settings.requireWritable();
    return client;
  }

  @Override
  public void close() {
    client.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
