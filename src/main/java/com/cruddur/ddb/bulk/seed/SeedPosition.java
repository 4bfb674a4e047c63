package com.cruddur.ddb.bulk.seed;

/**
 * How far the inputs of a seed were read.
 *
 * @param input which of them, in the order in which they are read; behind the last stand two passes
 *     over the lines that were put off
 * @param records how many records of it were handed over
 * @param line the last of its lines that was handed over, if it is read by lines
 * @param bytes how many bytes it has to the end of that line, unzipped
 * @param late how many lines were put off so far
 * @param lateBytes the length of the file that holds them
 */
record SeedPosition(int input, long records, long line, long bytes, long late, long lateBytes) {
  static final SeedPosition START = new SeedPosition(0, 0, 0, 0, 0, 0);
}
