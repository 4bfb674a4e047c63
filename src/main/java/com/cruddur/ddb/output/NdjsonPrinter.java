package com.cruddur.ddb.output;

import java.util.Map;

/** One compact JSON object a line. */
final class NdjsonPrinter implements RecordPrinter {
  private final PipeWriter out;
  private final Token token = new Token();

  NdjsonPrinter(PipeWriter out) {
    this.out = out;
  }

  @Override
  public void print(Map<String, ?> record) {
    // {"message":"hello","handle":"andrewbrown"}
    out.write(JsonText.compact(record) + "\n");
  }

  @Override
  public void nextToken(String value) {
    token.set(value);
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
