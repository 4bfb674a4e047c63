package com.cruddur.ddb.engine.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream of a table as it is at a moment.
 *
 * @param label the time it was enabled, the end of its ARN
 * @param view NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY
 * @param keySchema of the table, as AWS writes it
 * @param created epoch milliseconds
 * @param enabled whether the table still writes to it
 * @param shards the oldest first
 */
public record StreamState(
    String arn,
    String label,
    String table,
    String view,
    JsonNode keySchema,
    long created,
    boolean enabled,
    List<Shard> shards) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public StreamState {
    shards = List.copyOf(shards);
  }

  StreamState with(boolean stillEnabled, List<Shard> others) {
    return new StreamState(arn, label, table, view, keySchema, created, stillEnabled, others);
  }

  /** The shard of an id, or null. */
  public Shard shard(String id) {
    return shards.stream().filter(shard -> shard.id().equals(id)).findFirst().orElse(null);
  }

  byte[] bytes() {
    ObjectNode json = JSON.createObjectNode();
    json.put("arn", arn).put("label", label).put("table", table).put("view", view);
    json.set("keySchema", keySchema);
    json.put("created", created).put("enabled", enabled);
    ArrayNode list = json.putArray("shards");
    for (Shard shard : shards) {
      list.addObject()
          .put("id", shard.id())
          .put("parent", shard.parent())
          .put("journal", shard.journal())
          .put("base", shard.base())
          .put("end", shard.end())
          .put("from", shard.fromHash())
          .put("to", shard.toHash())
          .put("opened", shard.opened());
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static StreamState of(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      List<Shard> shards = new ArrayList<>();
      for (JsonNode each : json.get("shards")) {
        shards.add(
            new Shard(
                each.get("id").textValue(),
                each.get("parent").textValue(),
                each.get("journal").intValue(),
                each.get("base").longValue(),
                each.get("end").longValue(),
                each.get("from").intValue(),
                each.get("to").intValue(),
                each.get("opened").longValue()));
      }
      return new StreamState(
          json.get("arn").textValue(),
          json.get("label").textValue(),
          json.get("table").textValue(),
          json.get("view").textValue(),
          json.get("keySchema"),
          json.get("created").longValue(),
          json.get("enabled").booleanValue(),
          shards);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
