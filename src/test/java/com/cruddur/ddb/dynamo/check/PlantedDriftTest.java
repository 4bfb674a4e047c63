package com.cruddur.ddb.dynamo.check;

import static com.cruddur.ddb.FreshTable.GROUP;
import static com.cruddur.ddb.FreshTable.OTHER_GROUP;
import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.FreshTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.check.Check.Checked;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Each kind of drift, planted at either participant: found under its name, repaired or left with
 * the reason, no attribute of another program lost, and a second check finds only what was left.
 */
class PlantedDriftTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";
  private static final String KEPT = "x_kept";

  private static final UserDirectory USERS =
      reference ->
          Stream.of(ANDREW, BAYKO, LONDO)
              .filter(u -> u.uuid().equals(reference) || u.handle().equals(reference))
              .findFirst();

  /** A sound conversation whose items a drift changes. */
  private static final class Place {
    final FreshTable table = new FreshTable();
    final User user;
    final User other;

    Place(User user, User other) {
      this.user = user;
      this.other = other;
      table.start(GROUP, user, other, T0, "hello");
      table.put(GROUP, other, T1, "hi");
      table.reconciler().reconcile(GROUP);
      table.start(OTHER_GROUP, other, LONDO, "2026-03-19T09:00:00.000000+00:00", "elsewhere");
    }

    Map<String, AttributeValue> item(String pk, String sk, String... namesAndValues) {
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("pk", s(pk));
      item.put("sk", s(sk));
      item.put(KEPT, s("of " + pk + " " + sk));
      for (int i = 0; i < namesAndValues.length; i += 2) {
        item.put(namesAndValues[i], s(namesAndValues[i + 1]));
      }
      return item;
    }

    Map<String, AttributeValue> row(String sk, String text) {
      return item(
          "GRP#" + user.uuid(),
          sk,
          "message_group_uuid",
          GROUP,
          "message",
          text,
          "user_uuid",
          other.uuid(),
          "user_display_name",
          other.displayName(),
          "user_handle",
          other.handle());
    }

    Map<String, AttributeValue> message(String sk, String text) {
      return item(
          "MSG#" + GROUP,
          sk,
          "message_uuid",
          "5ae290ed-55d1-47a0-bc6d-fe2bc2700001",
          "message",
          text,
          "user_uuid",
          user.uuid(),
          "user_display_name",
          user.displayName(),
          "user_handle",
          user.handle());
    }

    void delete() {
      delete("GRP#" + user.uuid(), T1);
    }

    void delete(String pk, String sk) {
      table
          .client()
          .deleteItem(r -> r.tableName(table.name()).key(Map.of("pk", s(pk), "sk", s(sk))));
    }

    void put(Map<String, AttributeValue> item) {
      table.client().putItem(r -> r.tableName(table.name()).item(item));
    }

    /** The user's row is replaced by another one. */
    void replace(Map<String, AttributeValue> row) {
      delete();
      put(row);
    }

    /** The user's row, with an attribute changed; null takes it away. */
    void change(String name, AttributeValue value) {
      Map<String, AttributeValue> row = row(T1, "hi");
      row.put(name, value);
      row.values().removeIf(v -> v == null);
      put(row);
    }
  }

  private interface Plant {
    void in(Place place);
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  static Stream<Arguments> drifts() {
    List<Arguments> drifts = new ArrayList<>();
    add(drifts, "a row is missing", Kind.MISSING, Place::delete);
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
    return drifts.stream();
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    item.put(name, value);
    return item;
  }

  private static void add(List<Arguments> drifts, String name, Kind kind, Plant plant) {
    drifts.add(Arguments.of(name, kind, plant, ANDREW, BAYKO));
    drifts.add(Arguments.of(name + ", the other way round", kind, plant, BAYKO, ANDREW));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drifts")
  void isFoundUnderItsNameRepairedOrLeftWithTheReasonAndLosesNothing(
      String name, Kind kind, Plant plant, User user, User other) {
    Place place = new Place(user, other);
    try (FreshTable table = place.table) {
      plant.in(place);
      Set<String> kept = kept(table);

      assertThat(run(table, false)).extracting(c -> c.finding().kind()).contains(kind);

      List<Checked> repaired = run(table, true);
      assertThat(repaired.stream().filter(c -> !c.finding().note()))
          .allMatch(c -> c.outcome().matches("repaired|not repaired: .+"));
      assertThat(kept(table)).containsAll(kept);
      Set<Kind> left =
          repaired.stream().filter(Checked::open).map(c -> c.finding().kind()).collect(toSet());
      assertThat(run(table, false).stream().filter(Checked::open))
          .as("left: " + repaired)
          .allMatch(c -> left.contains(c.finding().kind()));
    }
  }

  private static <T> java.util.stream.Collector<T, ?, Set<T>> toSet() {
    return Collectors.toSet();
  }

  private static List<Checked> run(FreshTable table, boolean repair) {
    List<Checked> found = new ArrayList<>();
    CheckRepair repairing = new CheckRepair(table.store(), table.reconciler(), USERS);
    new Check(new DynamoDbItemTable(table.client(), table.name()), table.store(), USERS)
        .table(1, repair ? repairing : null, items -> {}, found::add);
    return found;
  }

  /** The values of what other programs added, and every value of another type than a string. */
  private static Set<String> kept(FreshTable table) {
    return table.client().scan(r -> r.tableName(table.name()).consistentRead(true)).items().stream()
        .flatMap(item -> item.entrySet().stream())
        .filter(e -> e.getKey().startsWith("x_") || odd(e).isPresent())
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(toSet());
  }

  /** What ddb itself is to write there may change. */
  private static Optional<AttributeValue> odd(Map.Entry<String, AttributeValue> attribute) {
    boolean replaced = Set.of("message", "user_uuid").contains(attribute.getKey());
    return replaced || attribute.getValue().s() != null
        ? Optional.empty()
        : Optional.of(attribute.getValue());
  }
}
