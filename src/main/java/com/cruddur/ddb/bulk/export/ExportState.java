package com.cruddur.ddb.bulk.export;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.dynamo.ItemJson;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How far each segment of an export is written, and how much that is. For several threads. */
final class ExportState {
  private final List<Map<String, AttributeValue>> after;
  private long items;
  private long bytes;

  /** Of a new export, or of one that goes on with its own segments. */
  ExportState(Checkpoint checkpoint, int segments) {
    after = new ArrayList<>();
    if (!checkpoint.resumed()) {
      for (int i = 0; i < segments; i++) {
        after.add(Map.of());
      }
      return;
    }
    JsonNode state = checkpoint.state();
    items = checkpoint.count(state, "items");
    bytes = checkpoint.count(state, "bytes");
    JsonNode keys = state.path("after");
    int number = keys.size();
    checkpoint.require(number > 0 && number <= ParallelScan.MOST_SEGMENTS, "after");
    for (JsonNode key : keys) {
      checkpoint.require(key.isNull() || key.isTextual(), "after");
      // Where nothing was written yet, nothing is lost by reading all of it.
      after.add(items == 0 ? Map.of() : key(checkpoint, key.asText(null)));
    }
  }

  /** For each segment the key after which it goes on; null when it is written to its end. */
  synchronized List<Map<String, AttributeValue>> after() {
    return new ArrayList<>(after);
  }

  /** Items of a segment are written. */
  synchronized void written(
      int segment, Map<String, AttributeValue> next, long moreItems, long moreBytes) {
    after.set(segment, next.isEmpty() ? null : next);
    items += moreItems;
    bytes += moreBytes;
  }

  synchronized long items() {
    return items;
  }

  synchronized long bytes() {
    return bytes;
  }

  /** What a checkpoint keeps of it. */
  synchronized void saveTo(Map<String, Object> fields) {
    fields.put("items", items);
    fields.put("bytes", bytes);
    List<String> keys = new ArrayList<>();
    after.forEach(key -> keys.add(text(key)));
    fields.put("after", keys);
  }

  private static String text(Map<String, AttributeValue> key) {
    if (key == null) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = ItemJson.FACTORY.createGenerator(text)) {
      ItemJson.write(json, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Map<String, AttributeValue> key(Checkpoint checkpoint, String text) {
    if (text == null) {
      return null;
    }
    try (JsonParser json = ItemJson.FACTORY.createParser(text)) {
      json.nextToken();
      return ItemJson.read(json);
    } catch (IOException e) {
      checkpoint.require(false, "after");
      throw new UncheckedIOException(e);
    }
  }
}
