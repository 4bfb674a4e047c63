package com.cruddur.ddb.dynamo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.check.JoinedConversation.RowPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Files of an export that are checked one by one show, joined, what they show as a whole. */
final class JoinedConversationTest {
  private static final List<String> KEYS =
      List.of(
          "2026-03-19T10:00:00.000000+00:00",
          "2026-03-19T10:00:00.000000Z",
          "2026-03-19T11:00:00.000000+00:00",
          "2026-03-19T13:00:00.000000+02:00",
          "2026-03-19T12:00:00",
          "2126-03-19T12:00:00.000000+00:00",
          "yesterday");

  private final Set<Finding.Kind> seen = EnumSet.noneOf(Finding.Kind.class);

  @Test
  void partsInTheOrderOfReadingTellWhatTheWholeTells() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Map<String, AttributeValue>> items = items(random);
      List<List<Map<String, AttributeValue>>> files = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        files.add(new ArrayList<>());
      }
      items.forEach(item -> files.get(random.nextInt(4)).add(item));
      List<Map<String, AttributeValue>> inOrder = files.stream().flatMap(List::stream).toList();
      List<Finding> whole = whole(inOrder, FactsByConversation.MEMORY);
      assertThat(joined(files)).as("seed " + seed).containsExactlyInAnyOrderElementsOf(whole);
      long memory = seed % 20 == 0 ? 1 : 4_000;
      assertThat(whole(inOrder, memory)).as("on disk, seed " + seed).isEqualTo(whole);
    }
    assertThat(seen).as("or the test is too weak").containsAll(EnumSet.allOf(Finding.Kind.class));
  }

  private List<Finding> whole(List<Map<String, AttributeValue>> items, long memory) {
    List<Finding> found = new ArrayList<>();
    try (ExportCheck check = new ExportCheck(checked -> found.add(checked.finding()), memory)) {
      items.forEach(check::add);
      items.forEach(check::compareUuid);
      check.end();
    }
    found.forEach(finding -> seen.add(finding.kind()));
    return found;
  }

  private static List<Finding> joined(List<List<Map<String, AttributeValue>>> files) {
    List<Finding> found = new ArrayList<>();
    Map<String, JoinedConversation> conversations = new TreeMap<>();
    for (List<Map<String, AttributeValue>> file : files) {
      ExportCheck check = new ExportCheck(checked -> found.add(checked.finding()));
      file.forEach(check::add);
      check
          .parts()
          .forEach(
              part ->
                  conversations
                      .computeIfAbsent(part.groupUuid(), JoinedConversation::new)
                      .add(part));
    }
    Stream<Map<String, AttributeValue>> again = files.stream().flatMap(List::stream);
    again
        .filter(item -> item.get("pk").s().matches("MSG#.+"))
        .map(Items::message)
        .filter(message -> conversations.get(message.groupUuid()).suspectsTwins())
        .forEach(message -> conversations.get(message.groupUuid()).compareUuid(message));
    Map<String, List<RowPlace>> places = new HashMap<>();
    for (JoinedConversation one : conversations.values()) {
      found.addAll(one.findings(Instant.now()));
      found.addAll(one.twins());
      for (RowPlace row : one.rows()) {
        places.computeIfAbsent(row.place(), place -> new ArrayList<>()).add(row);
      }
    }
    places.values().forEach(rows -> found.addAll(JoinedConversation.sameMicrosecond(rows)));
    return found;
  }

  /** Items of three conversations of which anything may be wrong; no key is there twice. */
  private static List<Map<String, AttributeValue>> items(Random random) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    int users = random.nextInt(8) == 0 ? 40 : 3;
    for (int i = random.nextInt(60); i > 0; i--) {
      String group = List.of("a", "b", "B", "").get(random.nextInt(16) == 0 ? 3 : i % 3);
      boolean message = random.nextInt(3) > 0;
      String user = "u" + random.nextInt(users);
      String pk = message ? "MSG#" + group : random.nextInt(20) == 0 ? "GRP#" : "GRP#" + user;
      String sk = KEYS.get(random.nextInt(KEYS.size()));
      if (!keys.add(pk + " " + sk)) {
        continue;
      }
      Map<String, AttributeValue> item = new HashMap<>();
      put(item, "pk", random.nextInt(30) == 0 ? "else" : pk);
      put(item, "sk", sk);
      put(item, message ? "message_uuid" : "message_group_uuid", message ? "m" + i % 9 : group);
      put(item, "message", "text " + random.nextInt(2));
      put(item, "user_uuid", random.nextInt(9) == 0 ? "" : "u" + random.nextInt(users));
      put(item, "user_display_name", random.nextInt(9) == 0 ? "" : "Name");
      put(item, "user_handle", "handle" + random.nextInt(2));
      if (random.nextInt(20) == 0) {
        item.put("message", AttributeValue.fromN("1"));
      }
      items.add(item);
    }
    return items;
  }

  private static void put(Map<String, AttributeValue> item, String name, String value) {
    item.put(name, AttributeValue.fromS(value));
  }
}
