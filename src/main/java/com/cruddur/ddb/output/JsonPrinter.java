package com.cruddur.ddb.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** One document, {@code {"items":[…],"next_token":null}}, whose items are written as they come. */
final class JsonPrinter implements RecordPrinter {
  private final PipeWriter out;
  private final JsonGenerator json;
  private final Token token = new Token();
  private boolean started;
  private boolean closed;

  JsonPrinter(PipeWriter out) {
    this.out = out;
    try {
      json = JsonText.prettyGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void print(Map<String, ?> record) {
    try {
      start();
      //     {
      //       "message": "hello",
      //       "handle": "andrewbrown"
      //     },
      JsonText.write(json, record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void nextToken(String value) {
    token.set(value);
  }

  @Override
  public void flush() {
    try {
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      start();
      //   ],
      json.writeEndArray();
      //   "next_token": null
      json.writeStringField("next_token", token.value());
      // }
      json.writeEndObject();
      json.writeRaw('\n');
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }

  private void start() throws IOException {
    if (!started) {
      started = true;
      // {
      json.writeStartObject();
      //   "items": [
      json.writeArrayFieldStart("items");
    }
  }
}
