package com.cruddur.ddb.bulk;

/**
 * A record that was not loaded.
 *
 * @param file the input's name
 * @param line where the record begins, 1 for the first line
 * @param reason why, in one line
 * @param record the record itself, as a line of the same kind of input; null when it is not one, or
 *     too long
 */
public record Reject(String file, long line, String reason, String record) {}
