/**
 * What DynamoDB stores: items, their values, their keys, and the bytes and JSON of each.
 *
 * <p>An {@link com.cruddur.ddb.engine.item.Item} is an immutable map of names to {@link
 * com.cruddur.ddb.engine.item.AttributeValue}s of ten types. Numbers are kept in one canonical
 * text, with every digit; {@link com.cruddur.ddb.engine.item.Decimal} takes them apart. A value
 * reaches an item only through a constructor that refuses what AWS refuses, so that everything
 * stored is valid.
 *
 * <p>A {@link com.cruddur.ddb.engine.item.KeySchema} turns the key of an item into bytes that sort
 * as AWS sorts: by a hash of the partition, then the partition, then the sort key. With that a
 * query is a range of bytes and a segment of a scan is a range of hashes; nothing else in the
 * engine knows how keys compare.
 *
 * <p>Items have two forms outside memory: {@link com.cruddur.ddb.engine.item.ItemBytes} for the
 * store, {@link com.cruddur.ddb.engine.item.ItemJson} for the wire. Both stream. Reading JSON keeps
 * two kinds of error apart, because AWS does: the wrong shape stops at once, a value that is not
 * allowed waits until what AWS looks at earlier was looked at.
 *
 * <p>This is the lowest room of the engine: it knows no table, no request and no store.
 */
package com.cruddur.ddb.engine.item;
