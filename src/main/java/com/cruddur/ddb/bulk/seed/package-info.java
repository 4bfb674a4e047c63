/**
 * Loads conversations. {@link com.cruddur.ddb.bulk.seed.Seeder} takes {@link
 * com.cruddur.ddb.bulk.SeedInput}s; a reader of one of the three formats hands records to a run,
 * the run checks them and gathers them into rounds of a few thousand messages, and a round is
 * written by several threads while the next one is read. So memory is that of two rounds, whatever
 * the size of the input.
 */
package com.cruddur.ddb.bulk.seed;
