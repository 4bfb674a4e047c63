/**
 * Loads many records at once. It imports the domain, DynamoDB and a JSON parser; it prints nothing
 * and knows no command line: what it has to say goes to consumers that the caller gives.
 *
 * <p>{@link com.cruddur.ddb.bulk.Seeder} loads conversations from {@link
 * com.cruddur.ddb.bulk.SeedInput}s. A reader of one of the three formats hands records to a run,
 * the run checks them and gathers them into rounds of a few thousand messages, and a round is
 * written by several threads while the next one is read. So memory is that of two rounds, whatever
 * the size of the input.
 *
 * <p>Whatever cannot be loaded is a {@link com.cruddur.ddb.bulk.Reject} with file, line and reason,
 * and the {@link com.cruddur.ddb.bulk.SeedAccount} at the end proves that nothing else was left
 * out.
 */
package com.cruddur.ddb.bulk;
