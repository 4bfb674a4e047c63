package com.cruddur.ddb.dynamo.check;

import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.dynamo.check.DriftPlace.KEPT;
import static com.cruddur.ddb.dynamo.check.DriftPlace.T0;
import static com.cruddur.ddb.dynamo.check.DriftPlace.T1;
import static com.cruddur.ddb.dynamo.check.DriftPlace.n;
import static com.cruddur.ddb.dynamo.check.DriftPlace.s;
import static com.cruddur.ddb.dynamo.check.DriftPlace.with;

import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A single item that is not as it should be. */
final class SingleDrifts {
  private SingleDrifts() {}

  static List<PlantedDrift> all() {
    List<PlantedDrift> drifts = new ArrayList<>();
    add(drifts, "a row is missing", Kind.MISSING, DriftPlace::delete);
    add(
        drifts,
        "both rows are missing",
        Kind.MISSING,
        p -> {
          p.delete();
          p.delete("GRP#" + p.other.uuid(), T1);
        });
    add(drifts, "a row is stale", Kind.STALE, p -> p.replace(p.row(T0, "hello")));
    add(
        drifts,
        "a stale row has a handle that is a number",
        Kind.STALE,
        p -> p.replace(with(p.row(T0, "hello"), "user_handle", n("42"))));
    add(
        drifts,
        "a stale row has a set for a name",
        Kind.STALE,
        p ->
            p.replace(
                with(
                    p.row(T0, "hello"), "user_display_name", AttributeValue.fromSs(List.of("x")))));
    for (String key :
        List.of(
            "2026-03-19T10:00:01Z",
            "2026-03-19T10:00:01.000000z",
            "2026-03-19T12:00:01+02:00",
            "2026-03-19T05:00:01.000000-05:00",
            "2026-03-19T10:00:01,000000+00:00",
            "2026-03-19 10:00:01.000000+00:00")) {
      add(drifts, "a row's key is " + key, Kind.TIMESTAMP, p -> p.replace(p.row(key, "hi")));
    }
    for (String key : List.of("zzz", "2026-13-45T99:00:00", "1773914401")) {
      add(
          drifts,
          "a row's key is no time: " + key,
          Kind.TIMESTAMP,
          p -> p.replace(p.row(key, "hi")));
    }
    add(
        drifts,
        "a row's key has no offset",
        Kind.NO_OFFSET,
        p -> p.replace(p.row("2026-03-19T10:00:01.000000", "hi")));
    add(drifts, "an older row stands beside", Kind.DUPLICATE, p -> p.put(p.row(T0, "hello")));
    add(drifts, "an unreadable row stands beside", Kind.DUPLICATE, p -> p.put(p.row("zzz", "x")));
    add(
        drifts,
        "two older rows stand beside",
        Kind.DUPLICATE,
        p -> {
          p.put(p.row(T0, "hello"));
          Map<String, AttributeValue> third = p.row("2026-03-18T10:00:00.000000+00:00", "h");
          third.remove(KEPT);
          p.put(with(third, "x_second", s("second")));
        });
    add(drifts, "a row has another text", Kind.WRONG_TEXT, p -> p.put(p.row(T1, "another")));
    add(drifts, "a row has an empty text", Kind.WRONG_TEXT, p -> p.put(p.row(T1, "")));
    add(drifts, "a row's text is a number", Kind.WRONG_TEXT, p -> p.change("message", n("7")));
    add(drifts, "a row has no text", Kind.WRONG_TEXT, p -> p.change("message", null));
    add(
        drifts,
        "a row names a stranger",
        Kind.WRONG_PARTICIPANT,
        p -> p.change("user_uuid", s("0e8a4c43-7a5c-4f0e-8f3d-999999999999")));
    add(
        drifts,
        "a row names its owner",
        Kind.WRONG_PARTICIPANT,
        p -> p.change("user_uuid", s(p.user.uuid())));
    add(drifts, "a row names nobody", Kind.WRONG_PARTICIPANT, p -> p.change("user_uuid", s("")));
    add(drifts, "a row lacks the other", Kind.WRONG_PARTICIPANT, p -> p.change("user_uuid", null));
    add(drifts, "a row names a number", Kind.WRONG_PARTICIPANT, p -> p.change("user_uuid", n("5")));
    add(drifts, "a name is empty", Kind.WRONG_NAME, p -> p.change("user_display_name", s("")));
    add(drifts, "a name is missing", Kind.WRONG_NAME, p -> p.change("user_display_name", null));
    add(drifts, "a handle is empty", Kind.WRONG_NAME, p -> p.change("user_handle", s(" ")));
    add(drifts, "a handle is missing", Kind.WRONG_NAME, p -> p.change("user_handle", null));
    add(drifts, "a name is wrong", Kind.WRONG_NAME, p -> p.change("user_display_name", s("Eve")));
    add(drifts, "a handle is wrong", Kind.WRONG_NAME, p -> p.change("user_handle", s("eve")));
    add(drifts, "a handle is a number", Kind.WRONG_TYPE, p -> p.change("user_handle", n("42")));
    add(
        drifts,
        "a row is ahead",
        Kind.AHEAD,
        p -> p.replace(p.row("2026-03-19T11:00:00.000000+00:00", "later")));
    add(
        drifts,
        "a row has no conversation",
        Kind.UNKNOWN_ITEM,
        p -> p.put(p.item("GRP#" + p.user.uuid(), "2026", "message", "x")));
    add(
        drifts,
        "a row's conversation is a binary",
        Kind.UNKNOWN_ITEM,
        p -> p.put(p.item("GRP#", T0, "message_group_uuid", GROUP)));
    add(drifts, "a row is nobody's", Kind.UNKNOWN_ITEM, p -> p.put(p.item("GRP#", "x")));
    add(drifts, "a message is of nothing", Kind.UNKNOWN_ITEM, p -> p.put(p.item("MSG#", T0)));
    add(drifts, "an item is another's", Kind.UNKNOWN_ITEM, p -> p.put(p.item("USER#1", "x")));
    add(drifts, "an item has no prefix", Kind.UNKNOWN_ITEM, p -> p.put(p.item("1", "x")));
    for (String key :
        List.of(
            "2026-03-19T10:00:02Z",
            "2026-03-19T12:00:02.000000+02:00",
            "2026-03-19T05:00:02.000000-05:00",
            "2026-03-19 10:00:00.500000")) {
      add(drifts, "a message's key is " + key, Kind.TIMESTAMP, p -> p.put(p.message(key, "odd")));
    }
    add(
        drifts,
        "a message's key is no time",
        Kind.TIMESTAMP,
        p -> p.put(p.message("yesterday", "odd")));
    add(
        drifts,
        "a message's key has no offset",
        Kind.NO_OFFSET,
        p -> p.put(p.message("2026-03-19T10:00:00.123456", "naive")));
    add(
        drifts,
        "a message is of the future",
        Kind.FUTURE,
        p -> p.put(p.message("2226-03-19T10:00:00.000000+00:00", "future")));
    for (String name : List.of("message", "message_uuid", "user_uuid", "user_handle")) {
      add(
          drifts,
          "a message's " + name + " is a number",
          Kind.WRONG_TYPE,
          p -> p.put(with(p.message("2026-03-19T10:00:00.500000+00:00", "odd"), name, n("1"))));
    }
    add(
        drifts,
        "a newer message moved nothing",
        Kind.STALE,
        p -> p.put(p.message("2026-03-19T10:00:03.000000+00:00", "newer")));
    add(
        drifts,
        "a stranger wrote",
        Kind.STRANGER,
        p ->
            p.put(
                with(
                    p.message("2026-03-19T10:00:00.500000+00:00", "who?"),
                    "user_uuid",
                    s("0e8a4c43-7a5c-4f0e-8f3d-999999999999"))));
    add(
        drifts,
        "two messages have one uuid",
        Kind.DOUBLED_UUID,
        p -> {
          p.put(p.message("2026-03-19T10:00:00.300000+00:00", "one"));
          p.put(p.message("2026-03-19T10:00:00.400000+00:00", "two"));
        });
    add(
        drifts,
        "a row's owner is in capitals",
        Kind.CAPITALS,
        p ->
            p.put(with(p.row(T1, "hi"), "pk", s("GRP#" + p.user.uuid().toUpperCase(Locale.ROOT)))));
    return drifts;
  }

  private static void add(
      List<PlantedDrift> drifts, String name, Kind kind, Consumer<DriftPlace> plant) {
    drifts.add(new PlantedDrift(name, kind, plant));
  }
}
