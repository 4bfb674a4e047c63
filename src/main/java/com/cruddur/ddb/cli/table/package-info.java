/**
 * The commands that work on the table as a whole: its schema, its items, its rows against its
 * messages, and what it holds.
 */
package com.cruddur.ddb.cli.table;
