/**
 * Compares tables and exports item by item, in bounded memory. {@link
 * com.cruddur.ddb.bulk.diff.ItemDiff} takes the items of both sides in any order, sorts them by key
 * on disk, and then walks along both.
 */
package com.cruddur.ddb.bulk.diff;
