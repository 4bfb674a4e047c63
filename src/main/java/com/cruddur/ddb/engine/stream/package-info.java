/**
 * Streams: what changed in a table, in order, for a day.
 *
 * <p>A stream has shards. A shard takes the changes of a part of the keys; it is open for about
 * four hours, then closes, and others go on from it, its children. Within a shard records have the
 * order in which items changed. A reader reads a parent to its end before its children and so sees
 * every key's changes in order.
 *
 * <p>A record is appended in the same write that changes the item, so neither is ever there without
 * the other. {@link com.cruddur.ddb.engine.stream.Streams} keeps the state of each stream as a note
 * of the database; a stream that is turned off is closed and can be read until its last record is a
 * day old, also when its table is gone.
 */
package com.cruddur.ddb.engine.stream;
