/**
 * A DynamoDB for one machine, made to be read as a model of how DynamoDB works.
 *
 * <p>{@code item} is what is stored: items, values, keys as bytes. {@code expression} is the small
 * language of conditions and updates. {@code storage} keeps tables and indexes as ordered bytes,
 * one writer at a time, durably. {@code stream} keeps what changed. {@code shape} says what
 * requests look like; {@code operations} are the operations themselves, one by one as AWS's API
 * reference has them; {@code transfer} is exports and imports; {@code http} is the wire. {@link
 * com.cruddur.ddb.engine.Engine} puts them together.
 *
 * <p>It imports the JDK, Jackson and a store, nothing else of this program and nothing of AWS.
 */
package com.cruddur.ddb.engine;
