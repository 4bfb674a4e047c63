package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.dynamo.ItemSize;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemPages;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.PendingPuts;
import com.google.common.collect.Iterators;
import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The items of a table, or of none, with what is planned laid over them. */
final class DryRunItemTable implements ItemTable {
  static final AwsErrorDetails TOO_LARGE =
      AwsErrorDetails.builder()
          .errorCode("ValidationException")
          .errorMessage("Item size has exceeded the maximum allowed size")
          .build();

  private static final ItemPages.Answer NOTHING = new ItemPages.Answer(List.of(), Map.of());

  private static final Comparator<Map<String, AttributeValue>> BY_SORT_KEY =
      Comparator.comparing(item -> Items.text(item, Keys.SK));

  /** Null for a table that would be new. */
  private final ItemTable table;

  private final DryRunItems planned;

  DryRunItemTable(ItemTable table, DryRunItems planned) {
    this.table = table;
    this.planned = planned;
  }

  @Override
  public ItemPages pages() {
    return over(table == null ? null : table.pages(), item -> true);
  }

  @Override
  public ItemPages indexPages() {
    return over(
        table == null ? null : table.indexPages(), item -> !Items.text(item, Keys.GROUP).isEmpty());
  }

  /** What is planned comes with the last page of the first segment. */
  private ItemPages over(ItemPages pages, Predicate<Map<String, AttributeValue>> wanted) {
    return (segment, after) -> {
      ItemPages.Answer page = pages == null ? NOTHING : pages.page(segment, after);
      List<Map<String, AttributeValue>> items =
          new ArrayList<>(planned.untouched(page.items().stream()).toList());
      if (segment.number() == 0 && page.next().isEmpty()) {
        planned.all().stream().filter(wanted).forEach(items::add);
      }
      return new ItemPages.Answer(items, page.next());
    };
  }

  /** Of what stands: no command reads conversations whole that it would write. */
  @Override
  public ItemPages pages(List<String> groups) {
    return table.pages(groups);
  }

  @Override
  public Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    Map<String, AttributeValue> there = planned.at(key);
    return there != null ? there : standing(key);
  }

  private Map<String, AttributeValue> standing(Map<String, AttributeValue> key) {
    return table == null ? Map.of() : table.item(Keys.of(key));
  }

  @Override
  public Stream<Map<String, AttributeValue>> messages(MessageQuery query) {
    List<Map<String, AttributeValue>> ours =
        planned.partition(Keys.messages(query.groupUuid())).stream()
            .filter(item -> isBetween(query, Items.text(item, Keys.SK)))
            .toList();
    return merged(
        table == null ? Stream.of() : table.messages(query),
        ours,
        query.oldestFirst() ? BY_SORT_KEY : BY_SORT_KEY.reversed());
  }

  static boolean isBetween(MessageQuery query, String sortKey) {
    return (query.since() == null || sortKey.compareTo(Timestamps.lowerBound(query.since())) >= 0)
        && (query.until() == null || sortKey.compareTo(Timestamps.upperBound(query.until())) <= 0);
  }

  @Override
  public Stream<Map<String, AttributeValue>> rows(String userUuid, Set<String> groups) {
    List<Map<String, AttributeValue>> ours =
        planned.partition(Keys.conversations(userUuid)).stream()
            .filter(item -> groups.contains(Items.text(item, Keys.GROUP)))
            .toList();
    return merged(table == null ? Stream.of() : table.rows(userUuid, groups), ours, BY_SORT_KEY);
  }

  @Override
  public Stream<Map<String, AttributeValue>> indexedRows(String groupUuid) {
    return merged(
        table == null ? Stream.of() : table.indexedRows(groupUuid),
        planned.ofGroup(groupUuid).stream().sorted(BY_SORT_KEY).toList(),
        BY_SORT_KEY);
  }

  private Stream<Map<String, AttributeValue>> merged(
      Stream<Map<String, AttributeValue>> theirs,
      List<Map<String, AttributeValue>> ours,
      Comparator<Map<String, AttributeValue>> order) {
    List<Map<String, AttributeValue>> ordered = ours.stream().sorted(order).toList();
    return Streams.stream(
        Iterators.mergeSorted(
            List.of(planned.untouched(theirs).iterator(), ordered.iterator()), order));
  }

  @Override
  public ItemReads reads() {
    ItemReads below = table == null ? null : table.reads();
    return new ItemReads() {
      @Override
      public boolean tableIsEmpty() {
        return below == null || below.tableIsEmpty();
      }

      @Override
      public List<Map<String, AttributeValue>> standing(List<Map<String, AttributeValue>> items) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        List<Map<String, AttributeValue>> others = new ArrayList<>();
        for (Map<String, AttributeValue> item : items) {
          Map<String, AttributeValue> there = planned.at(item);
          if (there == null) {
            others.add(item);
          } else if (!there.isEmpty()) {
            found.add(there);
          }
        }
        if (below != null && !others.isEmpty()) {
          found.addAll(below.standing(others));
        }
        return found;
      }

      @Override
      public void close() {
        if (below != null) {
          below.close();
        }
      }
    };
  }

  @Override
  public ItemSink sink(BiConsumer<Map<String, AttributeValue>, DynamoDbException> refused) {
    return new ItemSink() {
      @Override
      public void put(Map<String, AttributeValue> item) {
        try {
          DryRunItemTable.this.put(item, null);
        } catch (DynamoDbException e) {
          refused.accept(item, e);
        }
      }

      @Override
      public void put(Map<String, AttributeValue> item, PendingPuts group) {
        put(item);
      }

      @Override
      public void delete(Map<String, AttributeValue> key) {
        DryRunItemTable.this.delete(key, item(key));
      }

      @Override
      public void flush() {}

      @Override
      public void await(PendingPuts group) {}

      @Override
      public void close() {}
    };
  }

  /** Plans an item, as DynamoDB takes it or refuses it, where another one stands, or nothing. */
  void put(Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    requireFits(item);
    planned.put(item, before);
  }

  /** Plans that nothing stands where this item, or nothing, stands or is planned. */
  void delete(Map<String, AttributeValue> key, Map<String, AttributeValue> there) {
    planned.delete(key, planned.isPlanned(key) ? standing(key) : there);
  }

  void requireFits(Map<String, AttributeValue> item) {
    if (ItemSize.of(item) > ItemSize.MOST) {
      throw (DynamoDbException)
          DynamoDbException.builder()
              .message(TOO_LARGE.errorMessage())
              .statusCode(400)
              .awsErrorDetails(TOO_LARGE)
              .build();
    }
  }
}
