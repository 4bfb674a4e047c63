package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What would stand on the keys that a dry run has changed. For any number of threads. */
final class DryRunItems {
  /**
   * A key's state.
   *
   * @param item what would stand there; empty for nothing
   * @param before what the table has there; empty for nothing, null when nobody has looked
   */
  private record Planned(Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    boolean changes() {
      return !item.equals(before);
    }
  }

  private final NavigableMap<String, NavigableMap<String, Planned>> partitions = new TreeMap<>();
  private final Map<String, Set<Map<String, AttributeValue>>> keysByGroup = new HashMap<>();

  /** What would stand under a key, empty for nothing; null when nothing is planned for it. */
  synchronized Map<String, AttributeValue> at(Map<String, AttributeValue> key) {
    Planned planned = planned(key);
    return planned == null ? null : planned.item;
  }

  private Planned planned(Map<String, AttributeValue> key) {
    return partitions.getOrDefault(pk(key), new TreeMap<>()).get(sk(key));
  }

  boolean isPlanned(Map<String, AttributeValue> item) {
    return at(item) != null;
  }

  /** An item would be put where this one stands; null when nobody has looked. */
  synchronized void put(Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    Planned earlier = planned(item);
    set(item, new Planned(item, earlier == null ? before : earlier.before));
    String group = Items.text(item, Keys.GROUP);
    if (!group.isEmpty()) {
      keysByGroup
          .computeIfAbsent(group, g -> new LinkedHashSet<>())
          .add(Keys.key(pk(item), sk(item)));
    }
  }

  /** Nothing would stand under a key, where the table has this; empty for nothing. */
  synchronized void delete(Map<String, AttributeValue> key, Map<String, AttributeValue> before) {
    set(key, new Planned(Map.of(), before));
  }

  private void set(Map<String, AttributeValue> key, Planned planned) {
    partitions.computeIfAbsent(pk(key), pk -> new TreeMap<>()).put(sk(key), planned);
  }

  /** The items that would be put under a partition key, in order of the sort key. */
  synchronized List<Map<String, AttributeValue>> partition(String pk) {
    return standing(partitions.getOrDefault(pk, new TreeMap<>()));
  }

  /** The items that would be put anywhere. */
  synchronized List<Map<String, AttributeValue>> all() {
    return partitions.values().stream().flatMap(p -> standing(p).stream()).toList();
  }

  /** The items that would be put with a conversation's uuid. */
  synchronized List<Map<String, AttributeValue>> ofGroup(String group) {
    return keysByGroup.getOrDefault(group, Set.of()).stream()
        .map(key -> planned(key).item)
        .filter(item -> Items.text(item, Keys.GROUP).equals(group))
        .toList();
  }

  private static List<Map<String, AttributeValue>> standing(Map<String, Planned> partition) {
    return partition.values().stream().map(Planned::item).filter(i -> !i.isEmpty()).toList();
  }

  /** Items of the table that stay as they are. */
  Stream<Map<String, AttributeValue>> untouched(Stream<Map<String, AttributeValue>> items) {
    return items.filter(item -> !isPlanned(item));
  }

  /** Every change, partition by partition, in order of the sort key. */
  synchronized List<DryRunPlan.Change> changes() {
    List<DryRunPlan.Change> changes = new ArrayList<>();
    partitions.forEach(
        (pk, partition) ->
            partition.forEach(
                (sk, planned) -> {
                  if (planned.changes()) {
                    String action = planned.item.isEmpty() ? "delete" : "put";
                    changes.add(new DryRunPlan.Change(action, pk, sk));
                  }
                }));
    return changes;
  }

  private static String pk(Map<String, AttributeValue> item) {
    return item.get(Keys.PK).s();
  }

  private static String sk(Map<String, AttributeValue> item) {
    return item.get(Keys.SK).s();
  }
}
