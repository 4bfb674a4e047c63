package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters;
import com.cruddur.ddb.chat.User;
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

  static SeedPosition position(JsonNode state) {
    JsonNode at = state.path("at");
    return new SeedPosition(
        at.path("input").asInt(),
        at.path("records").asLong(),
        at.path("line").asLong(),
        at.path("bytes").asLong(),
        at.path("late").asLong(),
        at.path("lateBytes").asLong());
  }

  static void load(Checkpoint checkpoint, SeedUsers users, Consumer<ConversationState> loads)
      throws IOException {
    checkpoint.forEach(
        record -> {
          if (record.has("user")) {
            User user = user(record.get("user"));
            users.add(user.uuid(), user.displayName(), user.handle());
          } else {
            loads.accept(load(record));
          }
        });
  }

  private static User user(JsonNode user) {
    return new User(
        user.path("uuid").asText(),
        user.path("displayName").asText(),
        user.path("handle").asText());
  }

  private static ConversationState load(JsonNode saved) {
    JsonNode at = saved.path("record");
    String text = at.path("text").asText(null);
    Place record =
        at.isObject()
            ? new Place(at.path("file").asText(), at.path("line").asLong(), () -> text)
            : null;
    String group = saved.path("conversation").asText();
    if (saved.path("refusal").isTextual()) {
      return ConversationState.refused(group, record, saved.path("refusal").asText());
    }
    List<User> participants =
        saved.path("participants").valueStream().map(SeedState::user).toList();
    ConversationState load = new ConversationState(group, record, participants);
    load.changed = saved.path("changed").asBoolean();
    return load;
  }
}
