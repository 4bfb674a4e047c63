package com.cruddur.ddb.dynamo.check;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  private static final UserDirectory USERS =
      reference ->
          Stream.of(ANDREW, BAYKO, LONDO)
              .filter(u -> u.uuid().equals(reference) || u.handle().equals(reference))
              .findFirst();

  static Stream<Arguments> drifts() {
    return Stream.concat(SingleDrifts.all().stream(), CombinedDrifts.all().stream())
        .flatMap(
            drift ->
                Stream.of(
                    Arguments.of(drift.name(), drift, ANDREW, BAYKO),
                    Arguments.of(drift.name() + ", the other way round", drift, BAYKO, ANDREW)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drifts")
  void isFoundUnderItsNameRepairedOrLeftWithTheReasonAndLosesNothing(
      String name, PlantedDrift drift, User user, User other) {
    DriftPlace place = new DriftPlace(user, other);
    try (MessageTable table = place.table) {
      drift.plant().accept(place);
      Set<String> kept = kept(table);

      List<Checked> found = run(table, false);
      assertThat(found).extracting(c -> c.finding().kind()).contains(drift.kind());
      assertThat(run(check(table, 1), table, false)).as("with all on disk").isEqualTo(found);
      for (Set<Finding> single : List.of(ofConversation(table), ofSuspect(table))) {
        assertThat(single).containsAll(ofGroup(found));
      }

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

  private static List<Checked> run(MessageTable table, boolean repair) {
    return run(check(table), table, repair);
  }

  private static List<Checked> run(Check check, MessageTable table, boolean repair) {
    List<Checked> found = new ArrayList<>();
    CheckRepair repairing = new CheckRepair(table.store(), table.reconciler(), USERS);
    check.table(1, repair ? repairing : null, items -> {}, found::add);
    return found;
  }

  private static Check check(MessageTable table) {
    return check(table, FactsByConversation.MEMORY);
  }

  private static Check check(MessageTable table, long memory) {
    return new Check(
        new DynamoDbItemTable(MessageTable.ownClient(), table.name()),
        table.store(),
        USERS,
        memory);
  }

  private static Set<Finding> ofConversation(MessageTable table) {
    List<Checked> found = new ArrayList<>();
    check(table).conversation(MessageTable.GROUP, null, found::add);
    return ofGroup(found);
  }

  private static Set<Finding> ofSuspect(MessageTable table) {
    List<Checked> found = new ArrayList<>();
    Set<String> users = Set.of(ANDREW.uuid(), BAYKO.uuid(), LONDO.uuid());
    check(table)
        .conversations(Map.of(MessageTable.GROUP, users).entrySet(), null, read -> {}, found::add);
    return ofGroup(found);
  }

  private static Set<Finding> ofGroup(List<Checked> found) {
    return found.stream()
        .map(Checked::finding)
        .filter(f -> f.groupUuid().equals(MessageTable.GROUP) && !f.note())
        .collect(toSet());
  }

  /**
   * What nobody may lose: messages whole, but for the key that a repair may spell otherwise, other
   * programs' items whole, and of rows all that others added and every value of an odd type.
   */
  private static Set<String> kept(MessageTable table) {
    return table.items().stream().flatMap(PlantedDriftTest::kept).collect(toSet());
  }

  private static Stream<String> kept(Map<String, AttributeValue> item) {
    String pk = Items.text(item, Keys.PK);
    if (Keys.isConversationRow(pk)) {
      return item.entrySet().stream()
          .filter(e -> e.getKey().startsWith("x_") || odd(e).isPresent())
          .map(e -> e.getKey() + "=" + e.getValue());
    }
    Map<String, AttributeValue> whole = new TreeMap<>(item);
    if (Keys.isMessage(pk)) {
      whole.remove(Keys.SK);
    }
    return Stream.of(whole.toString());
  }

  /** What ddb itself is to write there may change. */
  private static Optional<AttributeValue> odd(Map.Entry<String, AttributeValue> attribute) {
    boolean replaced = Set.of("message", "user_uuid").contains(attribute.getKey());
    return replaced || attribute.getValue().s() != null
        ? Optional.empty()
        : Optional.of(attribute.getValue());
  }
}
