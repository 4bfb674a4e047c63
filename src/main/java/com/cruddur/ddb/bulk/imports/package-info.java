/**
 * Loads items as they are, from an export folder or from lines. {@link
 * com.cruddur.ddb.bulk.imports.Importer} checks each item before it is written, and of items with
 * one key lets the last one win.
 */
package com.cruddur.ddb.bulk.imports;
