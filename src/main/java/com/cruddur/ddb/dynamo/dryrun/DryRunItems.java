package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.dynamo.Keys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** What a dry run would have put and deleted in one table, laid over what the table answers. */
final class DryRunItems {
  /**
   * A key's planned state.
   *
   * @param item null when it would be deleted
   * @param standing of a deleted one: whether the table has an item there
   */
  record Planned(Map<String, AttributeValue> item, boolean standing) {}

  private record Key(String pk, String sk) {
    static Key of(Map<String, AttributeValue> item) {
      return new Key(item.get(Keys.PK).s(), item.get(Keys.SK).s());
    }
  }

  private final Map<String, NavigableMap<String, Planned>> partitions = new HashMap<>();
  private final Map<String, Set<Key>> groups = new HashMap<>();

  synchronized Optional<Planned> at(Map<String, AttributeValue> key) {
    return Optional.ofNullable(at(Key.of(key)));
  }

  private Planned at(Key key) {
    NavigableMap<String, Planned> partition = partitions.get(key.pk);
    return partition == null ? null : partition.get(key.sk);
  }

  synchronized void put(Map<String, AttributeValue> item) {
    set(Key.of(item), new Planned(item, false));
    AttributeValue group = item.get(Keys.GROUP);
    if (group != null && group.s() != null) {
      groups.computeIfAbsent(group.s(), g -> new LinkedHashSet<>()).add(Key.of(item));
    }
  }

  synchronized void delete(Map<String, AttributeValue> key, boolean standing) {
    set(Key.of(key), new Planned(null, standing));
  }

  private void set(Key key, Planned planned) {
    partitions
        .computeIfAbsent(key.pk, pk -> new TreeMap<>(Expression::compare))
        .put(key.sk, planned);
  }

  /** Every planned change, partition by partition, in order of the sort key. */
  synchronized List<DryRunRequests.Change> changes() {
    List<DryRunRequests.Change> changes = new ArrayList<>();
    partitions.forEach(
        (pk, partition) ->
            partition.forEach(
                (sk, planned) -> {
                  if (planned.item != null || planned.standing) {
                    String action = planned.item == null ? "delete" : "put";
                    changes.add(new DryRunRequests.Change(action, pk, sk));
                  }
                }));
    return changes;
  }

  /** A page of the table with the plan in it; never an empty one while there is more. */
  QueryResponse query(QueryRequest request, Function<QueryRequest, QueryResponse> table) {
    QueryRequest asked = request;
    while (true) {
      QueryResponse page = table.apply(asked);
      QueryResponse merged = merge(asked, page);
      if (!merged.items().isEmpty() || page.lastEvaluatedKey().isEmpty()) {
        return merged;
      }
      asked = asked.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
    }
  }

  private synchronized QueryResponse merge(QueryRequest request, QueryResponse page) {
    List<Map<String, AttributeValue>> items = new ArrayList<>(unshadowed(page.items()));
    boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
    Comparator<Map<String, AttributeValue>> order =
        Comparator.comparing(
            (Map<String, AttributeValue> item) -> item.get(Keys.SK).s(), Expression::compare);
    order = order.thenComparing(item -> item.get(Keys.PK).s(), Expression::compare);
    Comparator<Map<String, AttributeValue>> direction = forward ? order : order.reversed();
    planned(request)
        .filter(
            item ->
                request.exclusiveStartKey().isEmpty()
                    || direction.compare(item, request.exclusiveStartKey()) > 0)
        .filter(
            item ->
                page.lastEvaluatedKey().isEmpty()
                    || direction.compare(item, page.lastEvaluatedKey()) <= 0)
        .forEach(items::add);
    items.sort(direction);
    Map<String, AttributeValue> last = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    if (request.limit() != null && items.size() > request.limit()) {
      items = items.subList(0, request.limit());
      last = startKey(items.get(items.size() - 1), request.indexName() != null);
    }
    return page.toBuilder().items(items).count(items.size()).lastEvaluatedKey(last).build();
  }

  /** What would stand there and the request asks for. */
  private Stream<Map<String, AttributeValue>> planned(QueryRequest request) {
    Expression condition =
        Expression.of(
                request.keyConditionExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues())
            .orElseThrow();
    Optional<Expression> filter =
        Expression.of(
            request.filterExpression(),
            request.expressionAttributeNames(),
            request.expressionAttributeValues());
    Stream<Planned> candidates =
        condition
            .equalTo(Keys.PK)
            .map(pk -> partitions.getOrDefault(pk, new TreeMap<>()).values().stream())
            .orElseGet(
                () ->
                    groups
                        .getOrDefault(condition.equalTo(Keys.GROUP).orElseThrow(), Set.of())
                        .stream()
                        .map(this::at));
    return candidates
        .map(Planned::item)
        .filter(item -> item != null && condition.matches(item))
        .filter(item -> filter.isEmpty() || filter.get().matches(item));
  }

  private List<Map<String, AttributeValue>> unshadowed(List<Map<String, AttributeValue>> items) {
    return items.stream().filter(item -> at(Key.of(item)) == null).toList();
  }

  private static Map<String, AttributeValue> startKey(
      Map<String, AttributeValue> item, boolean index) {
    Map<String, AttributeValue> key =
        new HashMap<>(Map.of(Keys.PK, item.get(Keys.PK), Keys.SK, item.get(Keys.SK)));
    if (index) {
      key.put(Keys.GROUP, item.get(Keys.GROUP));
    }
    return key;
  }

  /** A page of a scan; what is planned comes with the last page of the first segment. */
  synchronized ScanResponse scan(ScanRequest request, ScanResponse page) {
    List<Map<String, AttributeValue>> items = new ArrayList<>(unshadowed(page.items()));
    boolean first = request.segment() == null || request.segment() == 0;
    if (first && page.lastEvaluatedKey().isEmpty()) {
      Optional<Expression> filter =
          Expression.of(
              request.filterExpression(),
              request.expressionAttributeNames(),
              request.expressionAttributeValues());
      partitions.values().stream()
          .map(NavigableMap::values)
          .flatMap(Collection::stream)
          .map(Planned::item)
          .filter(item -> item != null && (filter.isEmpty() || filter.get().matches(item)))
          .forEach(items::add);
    }
    return page.toBuilder().items(items).count(items.size()).build();
  }
}
