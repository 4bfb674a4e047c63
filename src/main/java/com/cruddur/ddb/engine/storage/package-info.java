/**
 * How tables are kept: bytes in order, changed by one writer at a time, all or nothing.
 *
 * <p>A {@link com.cruddur.ddb.engine.storage.Database} knows tables; below it a {@code Store} knows
 * numbered maps of bytes and journals. A table is a map from key to item; each index is a map from
 * the index key, followed by the table's key, to the item as the index projects it. So a query is a
 * range of one map, whatever it reads.
 *
 * <p>A write is a function that gets a {@link com.cruddur.ddb.engine.storage.Transaction}. It
 * reads, decides and changes; indexes, sizes and stream records follow by themselves. Its changes
 * go to the store as bytes, index entries included, when the function has returned: first to a log,
 * then to the maps. A function that throws changes nothing. Readers never wait for writers.
 */
package com.cruddur.ddb.engine.storage;
