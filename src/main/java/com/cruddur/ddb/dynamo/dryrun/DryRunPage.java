package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.PageTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Pages of a partition's list with what is planned in their place.
 *
 * @param tokens the list's
 * @param limit the most entries of a page
 * @param wanted which sort keys the list has
 */
record DryRunPage<T>(DryRunItems planned, PageTokens tokens, int limit, Predicate<String> wanted) {

  /** How an entry is made of an item, and what its sort key and its moment are. */
  record Entry<T>(
      Function<Map<String, AttributeValue>, T> of,
      Function<T, String> key,
      Function<T, Instant> moment) {}

  /**
   * A page; never an empty one while there is more.
   *
   * @param table gives the table's page behind a token
   */
  Page<T> read(String token, Entry<T> entry, Function<String, Page<T>> table) {
    String from = token;
    while (true) {
      Page<T> page = table.apply(from);
      Page<T> merged = merge(from, page, entry);
      if (!merged.items().isEmpty() || page.nextToken() == null) {
        return merged;
      }
      from = page.nextToken();
    }
  }

  private Page<T> merge(String token, Page<T> page, Entry<T> entry) {
    String pk = tokens.pk();
    Comparator<String> order =
        tokens.forward() ? Comparator.naturalOrder() : Comparator.reverseOrder();
    UnaryOperator<String> place = t -> tokens.startKey(t).get(Keys.SK).s();
    String after = token == null ? null : place.apply(token);
    String last = page.nextToken() == null ? null : place.apply(page.nextToken());
    List<T> all = new ArrayList<>();
    page.items().stream()
        .filter(t -> planned.at(Keys.key(pk, entry.key.apply(t))) == null)
        .forEach(all::add);
    planned.partition(pk).stream()
        .filter(
            item -> {
              String key = Items.text(item, Keys.SK);
              return wanted.test(key)
                  && (after == null || order.compare(key, after) > 0)
                  && (last == null || order.compare(key, last) <= 0);
            })
        .map(entry.of)
        .forEach(all::add);
    all.sort(Comparator.comparing(entry.key, order));
    String next = page.nextToken();
    if (all.size() > limit) {
      next = tokens.after(entry.key.apply(all.get(limit - 1)));
      all.subList(limit, all.size()).clear();
    }
    Comparator<T> time = Comparator.comparing(entry.moment).thenComparing(entry.key);
    all.sort(tokens.forward() ? time : time.reversed());
    return new Page<>(all, next);
  }
}
