package com.cruddur.ddb.bulk;

/**
 * How far a seed has come, over all kinds of records.
 *
 * @param file the input that is read
 * @param read records read
 * @param written records that changed the table
 * @param unchanged records that the table held already
 * @param rejected records that were not loaded
 */
public record SeedProgress(String file, long read, long written, long unchanged, long rejected) {}
