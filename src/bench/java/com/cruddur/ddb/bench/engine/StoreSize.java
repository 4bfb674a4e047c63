package com.cruddur.ddb.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a store takes on the disk once the work in the background is over.
 *
 * @param disk bytes of all files
 * @param items bytes of the items by AWS's rule
 */
record StoreSize(long disk, long items) {

  static StoreSize of(Path tables, MessagesTable table) throws IOException, InterruptedException {
    long last = -1;
    for (long size = sizeOf(tables); size != last; size = sizeOf(tables)) {
      last = size;
      Thread.sleep(3_000);
    }
    JsonNode description =
        new ObjectMapper().readTree(table.call("DescribeTable", "{\"TableName\":\"messages\"}"));
    return new StoreSize(last, description.get("Table").get("TableSizeBytes").longValue());
  }

  private static long sizeOf(Path tables) throws IOException {
    try (Stream<Path> files = Files.list(tables)) {
      long size = 0;
      for (Path file : files.toList()) {
        size += Files.exists(file) ? Files.size(file) : 0;
      }
      return size;
    }
  }

  double ratio() {
    return (double) disk / items;
  }
}
