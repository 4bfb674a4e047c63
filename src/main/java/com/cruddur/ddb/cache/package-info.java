/**
 * All that speaks to Momento: caches, items and tokens for the {@code cache} commands, and the
 * read-through of the two read patterns.
 *
 * <p>{@link com.cruddur.ddb.cache.CacheSettings} says which service is meant: the local server of
 * the embedded stack, or Momento by a key. {@link com.cruddur.ddb.cache.MomentoCache} is the one
 * client; it answers with hits, misses and {@link com.cruddur.ddb.cache.CacheException}, never with
 * types of the SDK. Whoever does not open one loads no class of Momento or gRPC, which cost a
 * command about half a second.
 *
 * <p>{@link com.cruddur.ddb.cache.CachedConversationStore} puts cached pages in front of a
 * conversation store. What is cached of a conversation, or of a user's list, is one dictionary with
 * one field for each page shape, and one lease:
 *
 * <ul>
 *   <li>a reader takes the lease (a random text, made if there is none) <i>before</i> it reads the
 *       table, strongly consistent, and stores the page together with it;
 *   <li>a page is served only while its lease is the current one;
 *   <li>a writer closes the lease before it writes (nothing is stored meanwhile) and deletes lease
 *       and dictionary after it. A lease that is gone never comes back.
 * </ul>
 *
 * <p>So a page that a slow reader stores after a write is dead on arrival: its lease ended with the
 * write. {@link com.cruddur.ddb.cache.PageCache} is this protocol; docs/decisions.md has the
 * reasoning. A cache that fails costs one short wait and one warning, and the table answers.
 */
package com.cruddur.ddb.cache;
