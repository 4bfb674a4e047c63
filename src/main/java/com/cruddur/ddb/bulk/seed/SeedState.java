package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a seed must know to go on: how far it has read and what became of it, the users whom the
 * input has defined, and the conversations whose rows are not settled yet.
 */
final class SeedState {
  private SeedState() {}

  static void save(
      Checkpoint checkpoint,
      RecordCounters tally,
      SeedPosition at,
      Collection<User> users,
      Iterable<ConversationState> loads) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tally", tally.saved());
    fields.put("at", at);
    checkpoint.save(
        tally.read(),
        fields,
        line -> {
          for (User user : users) {
            line.write(Map.of("user", user));
          }
          for (ConversationState load : loads) {
            line.write(fields(load));
          }
        });
  }

  private static Map<String, Object> fields(ConversationState load) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("conversation", load.groupUuid);
    fields.put("record", load.record == null ? null : fields(load.record));
    fields.put("participants", load.participants);
    fields.put("changed", load.changed);
    // One that is refused for what stands in the table is found out again.
    fields.put("refusal", load.counted ? load.refusal() : null);
    return fields;
  }

  private static Map<String, Object> fields(Place record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", record.file());
    fields.put("line", record.line());
    fields.put("text", record.text());
    return fields;
  }

  /**
   * Where the run goes on.
   *
   * @param inputs how many it reads
   */
  static SeedPosition position(Checkpoint checkpoint, int inputs) {
    if (checkpoint.done() == 0) {
      // Nothing is lost by reading all of it.
      return SeedPosition.START;
    }
    JsonNode at = checkpoint.state().path("at");
    long late = checkpoint.count(at, "late");
    long last = inputs - 1L + (late > 0 ? NdjsonReader.LATE_TYPES.size() : 0);
    checkpoint.require(checkpoint.count(at, "input") <= last, "input");
    return new SeedPosition(
        at.path("input").asInt(),
        checkpoint.count(at, "records"),
        checkpoint.count(at, "line"),
        checkpoint.count(at, "bytes"),
        late,
        checkpoint.count(at, "lateBytes"));
  }

  static void load(Checkpoint checkpoint, SeedUsers users, Consumer<ConversationState> loads)
      throws IOException {
    checkpoint.forEach(
        record -> {
          checkpoint.require(record != null, "a line of it");
          if (record.has("user")) {
            User user = user(checkpoint, record.get("user"));
            users.add(user.uuid(), user.displayName(), user.handle());
          } else {
            loads.accept(load(checkpoint, record));
          }
        });
  }

  private static User user(Checkpoint checkpoint, JsonNode user) {
    checkpoint.require(Uuids.isUuid(user.path("uuid").asText()), "uuid");
    return new User(
        user.path("uuid").asText(),
        user.path("displayName").asText(),
        user.path("handle").asText());
  }

  private static ConversationState load(Checkpoint checkpoint, JsonNode saved) {
    JsonNode at = saved.path("record");
    String text = at.path("text").asText(null);
    Place record =
        at.isObject()
            ? new Place(at.path("file").asText(), at.path("line").asLong(), () -> text)
            : null;
    String group = saved.path("conversation").asText();
    checkpoint.require(Uuids.isUuid(group), "conversation");
    if (saved.path("refusal").isTextual()) {
      return ConversationState.refused(group, record, saved.path("refusal").asText());
    }
    List<User> participants =
        saved.path("participants").valueStream().map(one -> user(checkpoint, one)).toList();
    ConversationState load = new ConversationState(group, record, participants);
    load.changed = saved.path("changed").asBoolean();
    return load;
  }
}
