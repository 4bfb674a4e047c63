/**
 * DynamoDB's part of PartiQL, its language that looks like SQL: SELECT, INSERT, UPDATE and DELETE.
 *
 * <p>It is another way to write what expressions say, so a {@link
 * com.cruddur.ddb.engine.partiql.Statement} is made of the same conditions, updates and paths; the
 * room {@code operations} runs it as it runs the other requests. A statement is about one table
 * (and an index of it), knows no joins and no grouping, and that small a grammar is read by hand.
 */
package com.cruddur.ddb.engine.partiql;
