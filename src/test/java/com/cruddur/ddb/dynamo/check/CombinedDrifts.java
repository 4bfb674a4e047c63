package com.cruddur.ddb.dynamo.check;

import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.dynamo.check.DriftPlace.KEPT;
import static com.cruddur.ddb.dynamo.check.DriftPlace.T0;
import static com.cruddur.ddb.dynamo.check.DriftPlace.T1;
import static com.cruddur.ddb.dynamo.check.DriftPlace.s;
import static com.cruddur.ddb.dynamo.check.DriftPlace.with;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Several items that are not as they should be together, or are of a conversation of their own. */
final class CombinedDrifts {
  private static final String THIRD_GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700401";
  private static final String OLDER = "2026-03-18T10:00:00.000000+00:00";
  private static final String NEWER = "2026-03-19T10:00:03.000000+00:00";
  private static final String FAR = "2226-03-19T10:00:00.000000+00:00";
  private static final String STRANGER = "0e8a4c43-7a5c-4f0e-8f3d-999999999999";

  private CombinedDrifts() {}

  static List<PlantedDrift> all() {
    return List.of(
        of("a row's messages are gone", Kind.ORPHANED, p -> p.put(orphan(p, p.user, T1))),
        of(
            "two rows' messages are gone",
            Kind.ORPHANED,
            p -> {
              p.put(orphan(p, p.user, NEWER));
              p.put(orphan(p, p.other, NEWER));
            }),
        of("an orphan's key is no time", Kind.ORPHANED, p -> p.put(orphan(p, p.user, "zzz"))),
        of(
            "every message was deleted",
            Kind.ORPHANED,
            p -> {
              p.delete("MSG#" + GROUP, T0);
              p.delete("MSG#" + GROUP, T1);
            }),
        of("the newest message was deleted", Kind.AHEAD, p -> p.delete("MSG#" + GROUP, T1)),
        of(
            "the newest message was deleted, one row went back",
            Kind.AHEAD,
            p -> {
              p.delete("MSG#" + GROUP, T1);
              p.replace(p.row(T0, "hello"));
            }),
        of("the newest message was edited", Kind.WRONG_TEXT, p -> p.put(p.message(T1, "edited"))),
        of("both rows are stale", Kind.STALE, p -> both(p, T0, "hello")),
        of("both rows have another text", Kind.WRONG_TEXT, p -> both(p, T1, "another")),
        of("both rows are ahead", Kind.AHEAD, p -> both(p, NEWER, "later")),
        of(
            "both rows name their owners",
            Kind.WRONG_PARTICIPANT,
            p -> {
              p.change("user_uuid", s(p.user.uuid()));
              p.put(with(otherRow(p, T1, "hi"), "user_uuid", s(p.other.uuid())));
            }),
        of(
            "one row is missing, one is stale",
            Kind.MISSING,
            p -> {
              p.delete();
              p.delete("GRP#" + p.other.uuid(), T1);
              p.put(otherRow(p, T0, "hello"));
            }),
        of(
            "one row is missing, one names a stranger",
            Kind.WRONG_PARTICIPANT,
            p -> {
              p.delete();
              p.put(with(otherRow(p, T1, "hi"), "user_uuid", s(STRANGER)));
            }),
        of(
            "one row is missing, one has no name",
            Kind.WRONG_NAME,
            p -> {
              p.delete("GRP#" + p.other.uuid(), T1);
              p.change("user_display_name", s(""));
            }),
        of(
            "one row is twice, and both are stale",
            Kind.DUPLICATE,
            p -> {
              p.replace(p.row(T0, "hello"));
              Map<String, AttributeValue> older = p.row(OLDER, "h");
              older.remove(KEPT);
              p.put(with(older, "x_second", s("second")));
            }),
        of("an older row beside one ahead", Kind.DUPLICATE, p -> p.put(p.row(NEWER, "later"))),
        of(
            "a row stands twice at one moment",
            Kind.DUPLICATE,
            p -> p.put(p.row(Timestamps.tieBreak(T1, GROUP, 0), "hi"))),
        of(
            "a row stands twice at one moment, spelled otherwise",
            Kind.DUPLICATE,
            p -> p.put(p.row("2026-03-19T10:00:01Z", "hi"))),
        of(
            "a row stands twice, naming two users",
            Kind.DUPLICATE,
            p -> p.put(with(p.row(T0, "hello"), "user_uuid", s(LONDO.uuid())))),
        of(
            "a third one's row is stale",
            Kind.STALE,
            p -> p.put(with(p.row(T0, "hello"), "pk", s("GRP#" + LONDO.uuid())))),
        of(
            "a third one's row names nobody",
            Kind.WRONG_PARTICIPANT,
            p -> {
              Map<String, AttributeValue> third = p.row(T1, "hi");
              third.put("user_uuid", s(""));
              p.put(with(third, "pk", s("GRP#" + LONDO.uuid())));
            }),
        of(
            "a newer message with Z moved nothing",
            Kind.STALE,
            p -> p.put(p.message("2026-03-19T10:00:03Z", "newer"))),
        of(
            "a newer message without an offset moved nothing",
            Kind.STALE,
            p -> p.put(p.message("2026-03-19T10:00:03.000000", "newer"))),
        of(
            "a stranger wrote last",
            Kind.STRANGER,
            p -> p.put(with(p.message(NEWER, "who?"), "user_uuid", s(STRANGER)))),
        of(
            "rows stand at a message of the future",
            Kind.FUTURE,
            p -> {
              p.put(p.message(FAR, "future"));
              both(p, FAR, "future");
            }),
        of(
            "a stale row's key has no offset",
            Kind.STALE,
            p -> p.replace(p.row("2026-03-19T10:00:00.500000", "hello"))),
        of(
            "a stale row is of the year 1",
            Kind.STALE,
            p -> p.replace(p.row("0001-01-01T00:00:00.000000+00:00", "hello"))),
        of(
            "a stale row's key has nanoseconds",
            Kind.STALE,
            p -> p.replace(p.row("2026-03-19T10:00:00.123456789+00:00", "hello"))),
        of(
            "three messages have one uuid",
            Kind.DOUBLED_UUID,
            p -> {
              p.put(p.message("2026-03-19T10:00:00.300000+00:00", "one"));
              p.put(p.message("2026-03-19T10:00:00.400000+00:00", "two"));
              p.put(p.message("2026-03-19T10:00:00.500000+00:00", "three"));
            }),
        of(
            "two conversations stand at one microsecond",
            Kind.SAME_MICROSECOND,
            CombinedDrifts::sameMicrosecond),
        of(
            "a message's conversation is in capitals",
            Kind.CAPITALS,
            p -> p.put(with(p.message(T1, "x"), "pk", s("MSG#" + capitals(GROUP))))),
        of(
            "a row's conversation is in capitals",
            Kind.CAPITALS,
            p -> p.change("message_group_uuid", s(capitals(GROUP)))),
        of(
            "a row's name is a list",
            Kind.WRONG_TYPE,
            p -> p.change("user_display_name", AttributeValue.fromL(List.of(s("a"))))),
        of(
            "a message's text is a map",
            Kind.WRONG_TYPE,
            p ->
                p.put(
                    with(
                        p.message("2026-03-19T10:00:00.500000+00:00", "odd"),
                        "message",
                        AttributeValue.fromM(Map.of("a", s("b")))))),
        of(
            "a row's prefix is in small letters",
            Kind.UNKNOWN_ITEM,
            p -> p.put(with(p.row(T1, "hi"), "pk", s("grp#" + p.user.uuid())))));
  }

  private static PlantedDrift of(String name, Kind kind, Consumer<DriftPlace> plant) {
    return new PlantedDrift(name, kind, plant);
  }

  private static String capitals(String uuid) {
    return uuid.toUpperCase(Locale.ROOT);
  }

  /** A row that goes, so nothing is to be kept of it. */
  private static Map<String, AttributeValue> orphan(DriftPlace place, User owner, String key) {
    Map<String, AttributeValue> row = new HashMap<>(place.row(key, "gone"));
    row.remove(KEPT);
    row.put("pk", s("GRP#" + owner.uuid()));
    // Beside the user's own row of that moment.
    row.put("sk", s(key.equals(T1) ? Timestamps.tieBreak(T1, THIRD_GROUP, 0) : key));
    return with(row, "message_group_uuid", s(THIRD_GROUP));
  }

  private static Map<String, AttributeValue> otherRow(DriftPlace p, String key, String text) {
    Map<String, AttributeValue> row = p.row(key, text);
    row.put("pk", s("GRP#" + p.other.uuid()));
    row.put("user_uuid", s(p.user.uuid()));
    row.put("user_display_name", s(p.user.displayName()));
    return with(row, "user_handle", s(p.user.handle()));
  }

  private static void both(DriftPlace place, String key, String text) {
    place.replace(place.row(key, text));
    place.delete("GRP#" + place.other.uuid(), T1);
    place.put(otherRow(place, key, text));
  }

  private static void sameMicrosecond(DriftPlace place) {
    Message same = new Message(THIRD_GROUP, T1, "5ae290ed-55d1-47a0-bc6d-fe2bc2700009", "x", LONDO);
    place.table.put(same);
    place.table.put(ConversationRow.of(LONDO.uuid(), place.user, same));
    Map<String, AttributeValue> row = place.row(Timestamps.tieBreak(T1, THIRD_GROUP, 0), "x");
    row.put("message_group_uuid", s(THIRD_GROUP));
    row.put("user_uuid", s(LONDO.uuid()));
    row.put("user_display_name", s(LONDO.displayName()));
    place.put(with(row, "user_handle", s(LONDO.handle())));
  }
}
